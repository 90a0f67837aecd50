"""Sheets of household cards: A4, ten a sheet, cut along the crop marks."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from reportlab.lib.units import mm

from pointsbank.printing import words
from pointsbank.printing.fonts import BOLD, Fonts
from pointsbank.printing.paper import GREY, HAIR, INK, PALE, RED, WHITE, Paper, Passage
from pointsbank.printing.qr import QUIET, CodeTooLong, card_path, fits
from pointsbank.printing.values import CardFace

A_SHEET = 10
"""Cards on one A4 sheet: two across, five down."""

_SHEET = (210.0, 297.0)
_CARD = (90.0, 54.0)
_CORNER = (15.0, 13.5)
_CODE = 34.0
_EDGE = 5.5
_ACROSS = [_CORNER[0] + column * _CARD[0] for column in range(3)]
_DOWN = [_CORNER[1] + row * _CARD[1] for row in range(6)]


def cards_pdf(faces: Sequence[CardFace], *, fonts: Fonts, out: BinaryIO) -> int:
    """Write the sheets for these cards and say how many; writes nothing if a name or code cannot be drawn."""
    if not all(fits(face.content) for face in faces):
        raise CodeTooLong()
    with fonts.opened(_words(faces)) as case:
        paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=words.CARD)
        starts = range(0, max(len(faces), 1), A_SHEET)
        for start in starts:
            _sheet(paper, faces[start : start + A_SHEET])
            paper.turn()
        paper.finish()
    return len(starts)


def _words(faces: Sequence[CardFace]) -> Iterator[str]:
    yield words.EVERY_WORD
    for face in faces:
        yield from (face.village, face.household, face.group, face.number, face.phone)


def _sheet(paper: Paper, faces: Sequence[CardFace]) -> None:
    paper.stamp("marks", 0, 0, lambda: _crop_marks(paper))
    for place, face in enumerate(faces):
        row, column = divmod(place, 2)
        _card(paper, _CORNER[0] + column * _CARD[0], _CORNER[1] + row * _CARD[1], face)


def _crop_marks(paper: Paper) -> None:
    """Marks in the margins for the cutter, and a faint cross where four cards meet for scissors."""
    paper.lines(_MARKS, ink=INK, line=0.1)
    paper.lines(_CROSSES, ink=HAIR, line=0.1)


def _marks() -> list[tuple[float, float, float, float]]:
    right, bottom = _ACROSS[-1], _DOWN[-1]
    above = [(x, y - 7, x, y - 2) for x in _ACROSS for y in (_CORNER[1], bottom + 9)]
    beside = [(x - 7, y, x - 2, y) for y in _DOWN for x in (_CORNER[0], right + 9)]
    return above + beside


def _crosses() -> list[tuple[float, float, float, float]]:
    x = _ACROSS[1]
    return [line for y in _DOWN[1:-1] for line in ((x - 2, y, x + 2, y), (x, y - 2, x, y + 2))]


def _card(paper: Paper, left: float, top: float, face: CardFace) -> None:
    drawn = card_path(face.content)
    quiet = QUIET * _CODE / drawn[0]
    code = left + _CARD[0] - _CODE - max(quiet, 4)
    x = left + _EDGE
    width = code - quiet - x
    alike = (face.village, face.phone, drawn[0])
    paper.stamp(alike, x, top, lambda: _common(paper, face, width, code - x))
    _household(paper, x, top, face.household, width)
    paper.text(x, top + 33, face.group, size=10, ink=GREY, fit=width)
    paper.code(code, top + max(quiet, 4), _CODE, drawn)
    _number(paper, code + _CODE / 2, top + 48.7, face.number)


def _household(paper: Paper, x: float, top: float, name: str, width: float) -> None:
    """The name in one large line, or in two smaller ones where it is long."""
    if paper.case.width(name, BOLD, 20) <= 2.5 * width * mm:
        paper.text(x, top + 26.2, name, size=20, weight=BOLD, fit=width)
        return
    lines = Passage.cut(paper.case, name, width=width, size=13, lines=2, weight=BOLD)
    lines.draw(paper, x, top + 27.9 - lines.height)


def _common(paper: Paper, face: CardFace, width: float, code: float) -> None:
    """What all cards of a village have alike: what it is, where to bring it when found, whom to call."""
    paper.box(0, 5.5, 15.5, 6.4, RED, radius=1.1)
    paper.text(7.75, 10.1, words.CARD, size=11, weight=BOLD, ink=WHITE, align=0.5)
    paper.text(17.6, 10.1, face.village, size=11.5, weight=BOLD, ink=RED, fit=width - 17.6)
    paper.line(0, 39.6, width - 2, 39.6, ink=HAIR, line=0.15)
    paper.text(0, 44.2, words.CARD_FOUND, size=8.5, weight=BOLD, fit=width)
    last = f"{words.CARD_PHONE} {face.phone}" if face.phone else words.CARD_SHOW
    paper.text(0, 48.7, last, size=8, ink=GREY, fit=width)
    paper.text(code, 48.7, words.CARD_NUMBER, size=7.5, ink=PALE)


def _number(paper: Paper, middle: float, y: float, number: str) -> None:
    # A number that comes in groups keeps them; one in a single piece is cut into fours for the eye.
    cut = [number[start : start + 4] for start in range(0, len(number), 4)]
    groups = number if " " in number else " ".join(cut)
    paper.text(middle + _CODE / 2, y, groups, size=12, weight=BOLD, align=1, fit=_CODE - 7)


_MARKS = _marks()
_CROSSES = _crosses()
