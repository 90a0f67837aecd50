"""A notice of scores in the style of an official document (公文): its entries attached as a table."""

from collections.abc import Iterator
from typing import BinaryIO

from pointsbank.dates import day_in_words
from pointsbank.printing import FontSet, Official, PrintedTable, draw_official
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.notice import frame
from pointsbank.sheets.notice.entry_rows import cells_of
from pointsbank.sheets.notice.values import Notice, Words

_WIDES = (2, 5, 4, 7, 4, 3, 5)


def draw(notice: Notice, case: FontSet, out: BinaryIO, *, intro: str) -> int:
    """Write the notice and return its number of pages."""
    return draw_official(official(notice, intro=intro), case, out, title=notice.title)


def official(notice: Notice, *, intro: str) -> Official:
    """Return a notice part by part, in the order of the standard."""
    hung = Words.HUNG_BY_HAND if notice.hung_on is None else ""
    count = Words.COUNT.format(count=len(notice.entries))
    more = Words.UNPUBLISHED.format(count=notice.unpublished) if notice.unpublished else ""
    objecting = f"{CommonWords.OBJECTION}：{notice.objection_channel}"
    hotline = f"{CommonWords.HOTLINE}：{notice.hotline}" if notice.hotline else ""
    period = f"{CommonWords.PUBLICITY}：{frame.span_in_words(notice)}{hung}"
    body = (intro, f"{count}{more}。", f"{period}。", objecting, hotline)
    return Official(
        issuer=notice.issued_by,
        number=CommonWords.NUMBER.format(year=notice.published_on.year),
        title=notice.title,
        addressee=str(Words.EVERYBODY),
        body=tuple(filter(None, body)),
        signed_by=notice.issued_by,
        dated=day_in_words(notice.published_on),
        seal=str(CommonWords.SEAL),
        attachment=str(CommonWords.ATTACHMENT),
        tables=(_table(notice),) if notice.entries else (),
    )


def _table(notice: Notice) -> PrintedTable:
    columns = tuple(Words.COLUMNS.split())
    rows = tuple(_rows(notice.entries))
    return PrintedTable(str(Words.DETAIL), Words.COUNT.format(count=len(rows)), columns, _WIDES, (5,), rows)


def _rows(entries: tuple[PublicEntry, ...]) -> Iterator[tuple[str, ...]]:
    """Yield each entry as the columns have it."""
    for number, one in enumerate(entries, start=1):
        yield (str(number), *cells_of(one))
