"""The frame of an official document (公文), after GB/T 9704-2012: its measures, parts and broken lines.

A4; the text field begins 37 mm below the top edge and 28 mm from the left one and is 156 mm by 225 mm; 22
lines a page, 28 characters a line, in 3号 (16 points); the title in 2号 (22), page numbers in 4号 (14).
Who puts a document into this style fills an `Official` and calls `printing.draw_official`; nobody measures
anything a second time.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pointsbank.printing.table import PrintedTable

SHEET = (210.0, 297.0)
TOP, LEFT, WIDE, HIGH = 37.0, 28.0, 156.0, 225.0
ROWS, COLUMNS = 22, 28
TITLE_SIZE, BODY_SIZE, NUMBER_SIZE = 22.0, 16.0, 14.0
ROW = HIGH / ROWS
"""Millimetres from one line to the next."""
CELL = WIDE / COLUMNS
"""Millimetres from one character to the next."""
ISSUER_BELOW = 35.0
"""Millimetres from the top of the text field to the top of the issuer's name."""
LINE_BELOW = 4.0
"""Millimetres from the document's number to the red line."""
NUMBER_BELOW = 7.0
"""Millimetres from the bottom of the text field to the page's number."""
DATE_INDENT = 4
"""Characters that stay empty at the right of the date, below the seal."""

_ALONG = 2

# What begins no line, and what ends none (GB/T 15834-2011, 5.1).
_NEVER_FIRST = frozenset("，。、；：？！”’）》〉】〕」』…—％%·")
_NEVER_LAST = frozenset("“‘（《〈【〔「『")
# A number, a word and what belongs to it are never parted.
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[.,:/%+\-][0-9A-Za-z]+)*[%％]?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says, part by part in the order of the standard; what is empty is left out.

    Attributes:
        issuer: whose document it is (发文机关标志).
        number: of the document (发文字号), a blank to be written in by hand.
        addressee: to whom it goes (主送机关), with its colon.
        body: paragraphs.
        attached: the sentence that names the attachments.
        signers: offices that sign, each on a line left blank.
        seal: what stands in the seal's place.
        attachment: the word above the attachments, which begin on a page of their own.
    """

    issuer: str
    number: str
    title: str
    addressee: str
    body: tuple[str, ...]
    attached: str
    signed_by: str
    dated: str
    seal: str
    signers: tuple[str, ...] = ()
    attachment: str = ""
    tables: tuple[PrintedTable, ...] = ()


def units(words: str) -> Iterator[str]:
    """Yield the parts of a text between which a line may end.

    Example:
        >>> list(units("共1,149户（详见附件）。"))
        ['共', '1,149', '户', '（详', '见', '附', '件）。']
    """
    kept = ""
    for token in _WHOLE.findall(words):
        opens = bool(kept) and kept[-1] in _NEVER_LAST
        if kept and not opens and token[0] not in _NEVER_FIRST:
            yield kept
            kept = ""
        kept += token
    if kept:
        yield kept


def broken(words: str, measure: Callable[[str], float], allowance: float, *, indent: float = 0) -> list[str]:
    """Return the lines of a paragraph: none begins with a mark that closes, numbers stay whole.

    Args:
        measure: how wide a text is; `allowance` is in the same unit.
        indent: so much of the first line is empty.

    Example:
        >>> broken("甲乙丙丁，戊己", lambda text: len(text), 4)
        ['甲乙丙', '丁，戊己']
        >>> broken("甲乙丙12345", lambda text: len(text), 4)
        ['甲乙丙', '1234', '5']
    """
    lines, line, space = list[str](), "", allowance - indent
    for unit in units(words):
        if measure(line + unit) <= space:
            line += unit
            continue
        if line:
            lines.append(line)
            line, space = "", allowance
        while measure(unit) > space:
            # Longer than a line by itself, as a row of digits without an end.
            fits = next(
                count for count in range(len(unit), 0, -1) if count == 1 or measure(unit[:count]) <= space
            )
            lines.append(unit[:fits])
            unit, space = unit[fits:], allowance
        line = unit
    return [*lines, line] if line or not lines else lines


def page_lines(count: int, *, first: int, other: int, close: int) -> list[tuple[int, int]]:
    """Return the first line of each page and the one behind its last; the last page has room for who signs.

    Where the lines would fit but for that space, two go along: nobody seals an empty page, and the first
    page keeps what it can of the text.

    Args:
        first, other: lines of the first page and of each other one. close: lines that the last page keeps.

    Example:
        >>> page_lines(4, first=12, other=22, close=6), page_lines(9, first=12, other=22, close=6)
        ([(0, 4)], [(0, 7), (7, 9)])
        >>> page_lines(30, first=12, other=22, close=6)
        [(0, 12), (12, 28), (28, 30)]
    """
    pages = list[tuple[int, int]]()
    start = 0
    while True:
        space = other if pages else first
        if count - start <= space - close:
            return [*pages, (start, count)]
        end = min(start + space, max(count - _ALONG, start + 1))
        pages.append((start, end))
        start = end
