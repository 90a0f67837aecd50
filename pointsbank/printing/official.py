"""The frame of an official document (公文), after GB/T 9704-2012: its measures, parts and broken lines.

A4; the text field begins 37 mm below the top edge and 28 mm from the left one and is 156 mm by 225 mm; 22
lines a page, 28 characters a line, in 3号 (16 points); the title in 2号 (22), page numbers in 4号 (14).
Who puts a document into this style fills an `Official` and calls `printing.draw_official`; nobody measures
anything a second time.
"""

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


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says, part by part in the order of the standard; what is empty is left out.

    Attributes:
        issuer: whose document it is (发文机关标志).
        number: of the document (发文字号), a blank to be written in by hand.
        addressee: to whom it goes (主送机关), with its colon.
        body: paragraphs.
        signers: who signs, each on a line left blank; `in_pairs`: two stand beside each other.
        seal: what stands in the seal's place.
        attachment: the word for attachments (附件), with which they are named below the text and headed.
        tables: the attachments: numbered where there is more than one, each beginning on a page of its own.
    """

    issuer: str
    number: str
    title: str
    addressee: str
    body: tuple[str, ...]
    signed_by: str
    dated: str
    seal: str
    signers: tuple[str, ...] = ()
    in_pairs: bool = False
    attachment: str = ""
    tables: tuple[PrintedTable, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands before each attachment's name where they are listed: nothing before a single one."""
        count = len(self.tables)
        return ("",) if count == 1 else tuple(f"{number}. " for number in range(1, count + 1))

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above each attachment: 附件, or 附件1, 附件2 …"""
        count = len(self.tables)
        numbers = ("",) if count == 1 else range(1, count + 1)
        return tuple(f"{self.attachment}{number}" for number in numbers)


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
