"""Draws sheets of cards: A4, ten to a sheet, crop marks, and a rule of 100 mm in the margin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.units import mm

from pointsbank import printing
from pointsbank.printing import (
    BOLD,
    GREY,
    HAIR,
    INK,
    MISSING,
    QUIET,
    RED,
    REGULAR,
    WHITE,
    FontSet,
    Paper,
    Passage,
    card_path,
    fits,
    fitted,
    size_in,
)
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.cards.plate import draw_back, draw_plate
from pointsbank.sheets.cards.values import CardBack, CardFace, Cards, Words

RULE = 100.0
"""Millimetres of the rule in the margin."""

SMALLEST_ON_CARD = 6.2
"""Points. A card is held in the hand, 40 cm from the eyes: capitals of 1.6 mm are read there. At 9 points a
name of sixty characters would not stand beside a code that an old phone reads."""

_SHEET = (210.0, 297.0)
_CARD = (90.0, 54.0)
_CORNER = (15.0, 13.5)
_CODE = 34.0
_EDGE = 5.5
# Below the crop marks, and far enough from the edge for printers that leave 4 mm white.
_RULE_LEFT, _RULE_TOP = 55.0, 291.8


@dataclass(frozen=True, slots=True)
class Layout:
    """How cards stand on a sheet: in the middle of its width, so that fronts and backs meet; in mm."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    draw: Callable[[Paper, float, float, CardFace], None]

    @property
    def a_sheet(self) -> int:
        """Cards on one sheet."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return where the top left corner of the card in a place is, counted in rows from 0."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.width, self.top + row * self.height


def draw(cards: Cards, case: FontSet, out: BinaryIO) -> int:
    """Write the sheets for these cards, each followed by the backs of its cards where these are asked for.

    Raises:
        CodeTooLong: the content of a card does not fit its code; nothing is written.
    """
    if not all(fits(face.content) for face in cards.faces):
        raise printing.problems.CodeTooLong()
    layout = PLATES if cards.plates else CARDS
    paper = Paper(
        out, case, width=_SHEET[0], height=_SHEET[1], title=Words.CARD, exact=True, smallest=SMALLEST_ON_CARD
    )
    # A sheet that was begun has its first places used up.
    places: list[CardFace | None] = [None] * (cards.first - 1) + list(cards.faces)
    starts = range(0, max(len(places), 1), layout.a_sheet)
    for page, start in enumerate(starts, start=1):
        on_sheet = places[start : start + layout.a_sheet]
        _sheet(paper, layout, on_sheet)
        _margin(paper, cards.batch, page, len(starts))
        paper.turn()
        if cards.back is not None:
            _backs(paper, layout, on_sheet, cards.back)
            paper.turn()
    paper.finish()
    return len(starts) * (1 if cards.back is None else 2)


def _sheet(paper: Paper, layout: Layout, faces: Sequence[CardFace | None]) -> None:
    paper.stamp("marks", 0, 0, lambda: _crop_marks(paper, layout))
    for place, face in enumerate(faces):
        if face is not None:
            layout.draw(paper, *layout.corner(place), face)


def _backs(paper: Paper, layout: Layout, faces: Sequence[CardFace | None], back: CardBack) -> None:
    """Draw the backs: turned over its long edge, the paper has its columns the other way round."""
    paper.stamp("marks", 0, 0, lambda: _crop_marks(paper, layout))
    for place, face in enumerate(faces):
        if face is not None:
            left, top = layout.corner(place)
            left = _SHEET[0] - left - layout.width
            paper.stamp(
                ("back", back), left, top, lambda: draw_back(paper, layout.width, layout.height, back)
            )


def _crop_marks(paper: Paper, layout: Layout) -> None:
    """Marks in the margins for the cutter, and a faint cross where four cards meet for scissors."""
    across = [layout.left + column * layout.width for column in range(layout.columns + 1)]
    down = [layout.top + row * layout.height for row in range(layout.rows + 1)]
    above = [(x, y - 7, x, y - 2) for x in across for y in (down[0], down[-1] + 9)]
    beside = [(x - 7, y, x - 2, y) for y in down for x in (across[0], across[-1] + 9)]
    paper.lines(above + beside, ink=INK, thickness=0.1)
    inside = [(x, y) for y in down[1:-1] for x in across[1:-1]]
    crosses = [line for x, y in inside for line in ((x - 2, y, x + 2, y), (x, y - 2, x, y + 2))]
    paper.lines(crosses, ink=HAIR, thickness=0.1)


def _margin(paper: Paper, batch: int, page: int, pages: int) -> None:
    """What is cut off: which batch and page this is, and a rule that shows if it was printed at 100 %."""
    which = CommonWords.PAGE.format(page=page, pages=pages)
    named = f"{Words.BATCH.format(batch=batch)} {which}" if batch else which
    paper.text(_CORNER[0], _RULE_TOP + 1, named, size=7, ink=GREY, fit=_RULE_LEFT - _CORNER[0] - 4)
    right = _RULE_LEFT + RULE
    ends = [(x, _RULE_TOP - 1.2, x, _RULE_TOP + 1.2) for x in (_RULE_LEFT, right)]
    paper.lines([(_RULE_LEFT, _RULE_TOP, right, _RULE_TOP), *ends], ink=INK, thickness=0.2)
    paper.text(right + 3, _RULE_TOP + 1, Words.RULE, size=7, ink=GREY, fit=_SHEET[0] - right - 10)


def _card(paper: Paper, left: float, top: float, face: CardFace) -> None:
    drawn = card_path(face.content)
    quiet = QUIET * _CODE / drawn[0]
    code = left + _CARD[0] - _CODE - max(quiet, 4)
    x = left + _EDGE
    width = code - quiet - x
    alike = (face.village, face.second, face.phone, drawn[0])
    paper.stamp(alike, x, top, lambda: _common(paper, face, width, code - x))
    _household(paper, x, top, face, width)
    _code_and_group(paper, x, top + 33, face, width)
    paper.code(code, top + max(quiet, 4), _CODE, drawn)
    paper.text(code + _CODE, top + 48.7, face.number, size=12, weight=BOLD, align=1, fit=_CODE - 7)


def _code_and_group(paper: Paper, x: float, y: float, face: CardFace, width: float) -> None:
    """The 户号, which tells two 王*国 of one group apart, and the group in what room is left."""
    if face.code:
        label = paper.text(x, y, Words.CODE, size=8.5, ink=GREY) + 1
        wide = paper.text(x + label, y, face.code, size=10, weight=BOLD, fit=width * 0.6)
        x, width = x + label + wide + 3, width - label - wide - 3
    # Two lines of 7.5 points are read by who holds the card; one of 5 by nobody.
    if paper.case.width(face.group, REGULAR, 7.5) > width * mm:
        lines = Passage(paper.case, face.group, width=width, size=7.5, ink=GREY, lines=2, leading=1.15)
        lines.draw(paper, x, y - 4.7)
    else:
        paper.text(x, y, face.group, size=10, ink=GREY, fit=width)


def _household(paper: Paper, x: float, top: float, face: CardFace, width: float) -> None:
    """The name in one large line, or in smaller ones where it is long, below whatever stands above."""
    name, size, high = face.household, 13.0, 14.0
    if _shown(face.second):
        size, high = 10.5, 10.6
    if one_line := size_in(paper.case, name, width=width, size=20, weight=BOLD, smallest=size):
        paper.text(x, top + 26.2, name, size=one_line, weight=BOLD, fit=width)
        return
    # Who holds a card reads small print, but not half a name: sixty characters find room.
    try:
        lines = fitted(
            paper.case, name, width=width, height=high, size=size, smallest=SMALLEST_ON_CARD, weight=BOLD
        )
    except printing.problems.TextTooLong:
        # One name must not stop a thousand cards; its 户号 stands below.
        lines = Passage(
            paper.case, name, width=width, size=SMALLEST_ON_CARD, lines=4, weight=BOLD, leading=1.2
        )
    lines.draw(paper, x, top + 27.9 - lines.height)


def _shown(second: str) -> str:
    """A heading of which a character is missing is none."""
    return "" if MISSING in second else second


def _second_heading(paper: Paper, second: str, width: float) -> None:
    """The heading in another language in one line, or in two smaller ones where it is long."""
    if not second:
        return
    if paper.case.width(second, BOLD, 8.5) <= 1.25 * width * mm:
        paper.text(0, 16.4, second, size=8.5, weight=BOLD, ink=RED, fit=width)
        return
    # Words are kept whole at a line's end, which takes some of two lines' room.
    size = SMALLEST_ON_CARD
    lines = Passage(paper.case, second, width=width, size=size, lines=2, weight=BOLD, ink=RED, leading=1.15)
    lines.draw(paper, 0, 12.1)


def _common(paper: Paper, face: CardFace, width: float, code: float) -> None:
    """What all cards of a village have alike: what it is, where to bring it when found, whom to call."""
    paper.box(0, 5.5, 15.5, 6.4, RED, radius=1.1)
    paper.text(7.75, 10.1, Words.CARD, size=11, weight=BOLD, ink=WHITE, align=0.5)
    paper.text(17.6, 10.1, face.village, size=11.5, weight=BOLD, ink=RED, fit=width - 17.6, lines=2)
    _second_heading(paper, _shown(face.second), width)
    paper.line(0, 39.6, width - 2, 39.6, ink=HAIR, thickness=0.15)
    paper.text(0, 44.2, Words.FOUND, size=8.5, weight=BOLD, fit=width)
    last = f"{CommonWords.PHONE} {face.phone}" if face.phone else Words.SHOW
    paper.text(0, 48.7, last, size=8, ink=GREY, fit=width)
    paper.text(code, 48.7, Words.NUMBER, size=7.5, ink=GREY)


CARDS = Layout(2, 5, *_CARD, *_CORNER, draw=_card)
PLATES = Layout(2, 2, 92.0, 132.0, 13.0, 13.5, draw=draw_plate)
