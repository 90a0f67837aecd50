"""Draws an official document into the frame of `printing.official`."""

from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.units import mm

from pointsbank.printing import official
from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.official import BODY_SIZE, LEFT, ROW, ROWS, SHEET, TOP, WIDE, Official
from pointsbank.printing.paper import GREY, INK, PALE, RED, Paper
from pointsbank.printing.table import Field, draw_tables

_INDENT = 2 * official.CELL
_ISSUER_SIZE = 36.0
_BASELINE = ROW * 0.72
_FIRST_ROW = 10
"""Rows above the title: the issuer, the number and the red line."""
_SPREAD = official.CELL * mm - BODY_SIZE
"""Points between characters, so that 28 of them fill a line."""
_SIGNED_WIDE = 110.0
_SEAL = 20.0
_CLOSE = 6
_PAGE = "— {page} —"
_FIELD = Field(LEFT, WIDE, TOP, TOP + official.HIGH)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text field; `middle`: it is centred; `full`: it is drawn out to the right edge."""

    words: str
    x: float = LEFT
    size: float = BODY_SIZE
    weight: int = REGULAR
    middle: bool = False
    full: bool = False


def draw_official(value: Official, case: FontSet, out: BinaryIO, *, title: str) -> int:
    """Write a document and return its number of pages; `title`: what viewers call it."""
    paper = Paper(out, case, width=SHEET[0], height=SHEET[1], title=title)
    lines = _lines(value, case)
    close = _CLOSE + (len(value.signers) and len(value.signers) + 1)
    pages = official.page_lines(len(lines), first=ROWS - _FIRST_ROW, other=ROWS, close=close)
    _head(paper, value)
    for page, (start, end) in enumerate(pages, start=1):
        row = _FIRST_ROW if page == 1 else 0
        for line in lines[start:end]:
            _draw_line(paper, line, row)
            row += 1
        if page == len(pages):
            _sign(paper, value, row)
        _turn(paper, page)
    count = len(pages)
    if value.tables:
        count += _attachments(paper, value, count + 1)
    paper.finish()
    return count


def _lines(value: Official, case: FontSet) -> list[_Line]:
    """Return the lines of title, addressee, body and the sentence of the attachments."""
    lines: list[_Line] = []
    allowance = WIDE * mm
    for words in official.broken(
        value.title,
        lambda text: case.width(text, BOLD, official.TITLE_SIZE),
        allowance - 4 * official.CELL * mm,
    ):
        lines.append(_Line(words, size=official.TITLE_SIZE, weight=BOLD, middle=True))
    lines.append(_Line(""))
    if value.addressee:
        lines += _paragraph(value.addressee, case, indent=0)
    for words in value.body:
        lines += _paragraph(words, case, indent=_INDENT)
    if value.attached:
        lines += [_Line(""), *_paragraph(value.attached, case, indent=_INDENT)]
    return lines


def _paragraph(words: str, case: FontSet, *, indent: float) -> list[_Line]:
    def measure(text: str) -> float:
        return float(case.width(text, REGULAR, BODY_SIZE) + _SPREAD * len(text))

    # A hundredth of a point: 28 characters come to the width but for what floats leave.
    broken = official.broken(words, measure, WIDE * mm + 0.01, indent=indent * mm)
    last = len(broken) - 1
    return [
        _Line(each, x=LEFT + (indent if place == 0 else 0), full=place < last)
        for place, each in enumerate(broken)
    ]


def _draw_line(paper: Paper, line: _Line, row: int) -> None:
    y = TOP + row * ROW + _BASELINE
    if line.middle:
        paper.text(SHEET[0] / 2, y, line.words, size=line.size, weight=line.weight, align=0.5, fit=WIDE)
        return
    spread = _SPREAD
    if line.full and len(line.words) > 1:
        natural = paper.case.width(line.words, line.weight, line.size)
        spread = ((LEFT + WIDE - line.x) * mm - natural) / (len(line.words) - 1)
    paper.text(line.x, y, line.words, size=line.size, weight=line.weight, spread=spread)


def _head(paper: Paper, value: Official) -> None:
    """Draw the issuer in red, the number's blank, and the red line."""
    middle = SHEET[0] / 2
    # A character of a face stands about nine tenths of its size above the line.
    y = TOP + official.ISSUER_BELOW + _ISSUER_SIZE * 0.88 / mm
    paper.text(middle, y, value.issuer, size=_ISSUER_SIZE, weight=BOLD, ink=RED, align=0.5, fit=WIDE)
    y = TOP + _FIRST_ROW * ROW - 2 * ROW - official.LINE_BELOW
    paper.text(middle, y, value.number, size=BODY_SIZE, align=0.5, fit=WIDE)
    y += official.LINE_BELOW
    paper.line(LEFT, y, LEFT + WIDE, y, ink=RED, thickness=0.7)


def _sign(paper: Paper, value: Official, row: int) -> None:
    """Draw who issues it above its date, at the right, with the seal's place over both; then who signs."""
    case = paper.case
    right = LEFT + WIDE - official.DATE_INDENT * official.CELL
    wide = case.width(value.dated, REGULAR, BODY_SIZE) / mm
    signed = min(case.width(value.signed_by, REGULAR, BODY_SIZE) / mm, _SIGNED_WIDE)
    middle = min(right - wide / 2, LEFT + WIDE - signed / 2)
    top = TOP + (row + 3) * ROW
    paper.ring(middle, top - _SEAL + 2, radius=_SEAL, thickness=0.25, ink=PALE)
    paper.text(middle, top - _SEAL + 8, value.seal, size=9, ink=GREY, align=0.5)
    y = top - ROW + _BASELINE
    paper.text(middle, y, value.signed_by, size=BODY_SIZE, align=0.5, fit=_SIGNED_WIDE, upward=True)
    paper.text(middle, top + _BASELINE, value.dated, size=BODY_SIZE, align=0.5)
    for place, office in enumerate(value.signers):
        y = TOP + (row + _CLOSE + place) * ROW + _BASELINE
        used = paper.text(LEFT + _INDENT, y, office, size=BODY_SIZE, fit=WIDE / 2)
        start = max(LEFT + _INDENT + used + 3, LEFT + WIDE * 0.55)
        paper.line(start, y + 1.2, LEFT + WIDE, y + 1.2, ink=INK, thickness=0.2)


def _turn(paper: Paper, page: int) -> None:
    """Draw the page's number at the outer foot, one character in, and end the page."""
    y = TOP + official.HIGH + official.NUMBER_BELOW + official.NUMBER_SIZE * 0.88 / mm
    at_right = page % 2 == 1
    x = LEFT + WIDE - official.CELL if at_right else LEFT + official.CELL
    words = _PAGE.format(page=page)
    paper.text(x, y, words, size=official.NUMBER_SIZE, align=1 if at_right else 0)
    paper.turn()


def _attachments(paper: Paper, value: Official, page: int) -> int:
    """Draw the tables on pages of their own, the first of which begins with the word for attachments."""
    first = page

    def turn() -> None:
        nonlocal page
        _turn(paper, page)
        page += 1

    paper.text(LEFT, TOP + _BASELINE, value.attachment, size=BODY_SIZE, weight=BOLD)
    draw_tables(paper, value.tables, _FIELD, TOP + 1.5 * ROW, turn)
    turn()
    return page - first
