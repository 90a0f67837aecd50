"""Draws an official document into the frame of `printing.official`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from reportlab.lib.units import mm

from pointsbank.printing import official
from pointsbank.printing.breaking import lines_of
from pointsbank.printing.fonts import FontSet, printable
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.official import BODY_SIZE, LEFT, ROW, ROWS, SHEET, TOP, WIDE, Official
from pointsbank.printing.paper import GREY, INK, PALE, RED, Paper
from pointsbank.printing.table import Field, PrintedTable, draw_tables

_INDENT = 2 * official.CELL
_ISSUER_SIZE = 36.0
_BASELINE = ROW * 0.72
_FIRST_ROW = 10
"""Rows above the title: the issuer, the number and the red line."""
_SPREAD = official.CELL * mm - BODY_SIZE
"""Points between characters, so that 28 of them fill a line."""
_SIGNED_WIDE = 110.0
_WIDEST = 0.09 * BODY_SIZE
"""Points by which a gap may grow; from a tenth of the size on readers of the PDF see a space."""
_SEAL = 20.0
_CLOSE = 6
_NAME_ROW = 2
"""The row of an attachment's name below its number, counted from 0."""
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


class _Pages:
    """The pages of one document: which one is drawn on, and its row that is written next."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.page, self.row = paper, 1, 0

    def turn(self) -> None:
        """Draw the page's number at the outer foot, one character in, and end the page."""
        y = TOP + official.HIGH + official.NUMBER_BELOW + official.NUMBER_SIZE * 0.88 / mm
        at_right = self.page % 2 == 1
        x = LEFT + WIDE - official.CELL if at_right else LEFT + official.CELL
        words = _PAGE.format(page=self.page)
        self.paper.text(x, y, words, size=official.NUMBER_SIZE, align=1 if at_right else 0)
        self.paper.turn()
        self.page, self.row = self.page + 1, 0

    @property
    def base(self) -> float:
        """Where the letters of the row stand, in mm."""
        return TOP + self.row * ROW + _BASELINE


def draw_official(value: Official, case: FontSet, out: BinaryIO, *, title: str) -> int:
    """Write a document and return its number of pages; `title`: what viewers call it."""
    paper = Paper(out, case, width=SHEET[0], height=SHEET[1], title=title)
    pages, lines = _Pages(paper), _lines(value, case)
    signing = _signing_rows(value)
    # Who signs goes on on a further page where they are many; the first of them stand with the text.
    close = _CLOSE + min(len(signing), ROWS - _CLOSE - 4)
    cut = official.page_lines(len(lines), first=ROWS - _FIRST_ROW, other=ROWS, close=close)
    _head(paper, value)
    pages.row = _FIRST_ROW
    for place, (start, end) in enumerate(cut):
        if place:
            pages.turn()
        for line in lines[start:end]:
            _draw_line(pages, line)
            pages.row += 1
    _seal(pages, value)
    pages.row += _CLOSE
    for row in signing:
        if pages.row >= ROWS:
            pages.turn()
        _draw_signers(pages, row, wide=WIDE / 2 if value.in_pairs else WIDE)
        pages.row += 1
    pages.turn()
    for heading, table in zip(value.headings, value.tables, strict=True):
        _attach(pages, heading, table)
    paper.finish()
    return pages.page - 1


def _signing_rows(value: Official) -> list[Sequence[str]]:
    step = 2 if value.in_pairs else 1
    return [value.signers[at : at + step] for at in range(0, len(value.signers), step)]


def _lines(value: Official, case: FontSet) -> list[_Line]:
    """Return the lines of title, addressee, body and the names of the attachments."""
    lines = [*_titled(value.title, case), _Line("")]
    if value.addressee:
        lines += _paragraph(value.addressee, case)
    for words in value.body:
        lines += _paragraph(words, case, indent=_INDENT)
    return lines + (_attached(value, case) if value.tables else [])


def _titled(title: str, case: FontSet) -> list[_Line]:
    """Return the lines of a title, in the middle with two characters free at each side."""

    def measure(text: str) -> float:
        return case.width(text, BOLD, official.TITLE_SIZE)

    width = (WIDE - 4 * official.CELL) * mm
    words = printable(title)
    lines = lines_of(words, width=width, measure=measure)
    # Lines of about one length, as the standard has it: the narrowest setting that takes no line more.
    narrowest = next(
        narrow
        for narrow in (width * share / 20 for share in range(8, 21))
        if len(lines_of(words, width=narrow, measure=measure)) <= len(lines)
    )
    return [
        _Line(one.text, size=official.TITLE_SIZE, weight=BOLD, middle=True)
        for one in lines_of(words, width=narrowest, measure=measure)
    ]


def _attached(value: Official, case: FontSet) -> list[_Line]:
    """Return the names of the attachments: one row free above, no mark behind, names below each other."""
    measure = _measure(case)
    word = f"{value.attachment}："
    lines = [_Line("")]
    for place, (mark, table) in enumerate(zip(value.marks, value.tables, strict=True)):
        before = LEFT + _INDENT + (measure(word) / mm if place else 0)
        lead = mark if place else word + mark
        x = before + measure(lead) / mm
        names = lines_of(printable(table.title), width=(LEFT + WIDE - x) * mm, measure=measure)
        lines.append(_Line(lead + names[0].text, x=before))
        lines += [_Line(one.text, x=x) for one in names[1:]]
    return lines


def _measure(case: FontSet) -> Callable[[str], float]:
    return lambda text: case.width(text, REGULAR, BODY_SIZE) + _SPREAD * len(text)


def _paragraph(words: str, case: FontSet, *, indent: float = 0) -> list[_Line]:
    # A hundredth of a point: 28 characters come to the width but for what floats leave.
    width = WIDE * mm + 0.01
    broken = lines_of(printable(words), width=width, measure=_measure(case), indent=indent * mm)
    last = len(broken) - 1
    return [
        _Line(each.text, x=LEFT + (indent if place == 0 else 0), full=place < last)
        for place, each in enumerate(broken)
    ]


def _draw_line(pages: _Pages, line: _Line) -> None:
    paper = pages.paper
    if line.middle:
        middle = SHEET[0] / 2
        paper.text(middle, pages.base, line.words, size=line.size, weight=line.weight, align=0.5, fit=WIDE)
        return
    spread = _SPREAD
    if line.full and len(line.words) > 1:
        natural = paper.case.width(line.words, line.weight, line.size)
        full = ((LEFT + WIDE - line.x) * mm - natural) / (len(line.words) - 1)
        spread = full if full <= _WIDEST else _SPREAD
    paper.text(line.x, pages.base, line.words, size=line.size, weight=line.weight, spread=spread)


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


def _seal(pages: _Pages, value: Official) -> None:
    """Draw who issues it above its date, at the right, the seal's place over both and near the text."""
    paper, case = pages.paper, pages.paper.case
    right = LEFT + WIDE - official.DATE_INDENT * official.CELL
    wide = case.width(value.dated, REGULAR, BODY_SIZE) / mm
    signed = min(case.width(value.signed_by, REGULAR, BODY_SIZE) / mm, _SIGNED_WIDE)
    middle = min(right - wide / 2, LEFT + WIDE - signed / 2)
    top = TOP + (pages.row + 3) * ROW
    ring = TOP + (pages.row + 0.9) * ROW
    paper.ring(middle, ring, radius=_SEAL, thickness=0.25, ink=PALE)
    paper.text(middle, ring + 8, value.seal, size=9, ink=GREY, align=0.5)
    y = top - ROW + _BASELINE
    paper.text(middle, y, value.signed_by, size=BODY_SIZE, align=0.5, fit=_SIGNED_WIDE, upward=True)
    paper.text(middle, top + _BASELINE, value.dated, size=BODY_SIZE, align=0.5)


def _draw_signers(pages: _Pages, row: Sequence[str], *, wide: float) -> None:
    """Draw who signs, each before a line left blank."""
    paper, y = pages.paper, pages.base
    for place, words in enumerate(row):
        left = LEFT + place * wide + (_INDENT if wide == WIDE else 0)
        used = paper.text(left, y, words, size=BODY_SIZE, fit=WIDE / 2 if wide == WIDE else wide * 0.55)
        start = max(left + used + 3, LEFT + place * wide + wide * (0.55 if wide == WIDE else 0.3))
        paper.line(
            start,
            y + 1.2,
            LEFT + (place + 1) * wide - (0 if wide == WIDE else 4),
            y + 1.2,
            ink=INK,
            thickness=0.2,
        )


def _attach(pages: _Pages, heading: str, table: PrintedTable) -> None:
    """Draw a table on pages of its own: its number at the top left, its name in the middle below."""
    pages.paper.text(LEFT, pages.base, heading, size=BODY_SIZE, weight=BOLD)
    pages.row = _NAME_ROW
    for line in _titled(table.title, pages.paper.case):
        _draw_line(pages, line)
        pages.row += 1
    draw_tables(pages.paper, [replace(table, title="")], _FIELD, TOP + (pages.row + 0.4) * ROW, pages.turn)
    pages.turn()
