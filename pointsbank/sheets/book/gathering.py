"""Turns the book of a span into what is printed of it."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import dates, reports
from pointsbank.printing import PrintedTable
from pointsbank.reports import Book, Form, Table
from pointsbank.sheets.base import place_name
from pointsbank.sheets.book.values import BookSheet, Words

_DAY = 3
"""Least share of the width for a day, so that none is broken."""


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    span: str = "",
    official: bool = False,
) -> BookSheet:
    """Return the book of a span, of the last closed month where none is named.

    Raises:
        SpanInvalid: there is no such span.
        VillageUnknown: there is no such village.
    """
    wanted = span or reports.usual_span(session, village=village, at=at)
    return printed(reports.book(session, village=village, span=wanted, at=at), official=official)


def printed(found: Book, *, official: bool = False) -> BookSheet:
    """Return a book as a value of the sheet."""
    return BookSheet(
        village=place_name(found.village),
        span=found.span.words,
        code=found.span.code,
        made_on=dates.day_in_words(dates.day_of(found.made_at)),
        tables=tuple(map(_table, found.tables)),
        offices=reports.OFFICES,
        standing="" if found.is_whole else str(Words.PARTIAL),
        year=str(dates.day_of(found.made_at).year),
        official=official,
    )


def _table(table: Table) -> PrintedTable:
    columns = table.part.columns
    return PrintedTable(
        title=table.part.title,
        about=table.about,
        columns=tuple(one.title for one in columns),
        wides=tuple(max(one.wide, _DAY if one.form == Form.DAY else 1) for one in columns),
        numbers=tuple(place for place, one in enumerate(columns) if one.is_number),
        rows=table.words,
    )


def example(households: int) -> BookSheet:
    """Return the book of a quarter in which one entry in four households was objected to."""
    months = tuple((f"2026年{number}月", str(households), "3", "120") for number in (7, 8, 9))
    objections = tuple(("评分", "2026-09-02", "2026-09-09", "成立") for _ in range(households // 4))
    return BookSheet(
        village=place_name("茶源村"),
        span="2026年第三季度",
        code="2026-Q3",
        made_on="2026年10月8日",
        tables=(
            PrintedTable(
                "积分发放和兑换",
                f"发放{3 * households}分，扣9分；兑换360分。",
                ("月份", "发放（分）", "扣（分）", "兑换（分）"),
                (2, 2, 2, 2),
                (1, 2, 3),
                (*months, ("合计", str(3 * households), "9", "360")),
            ),
            PrintedTable(
                "异议和答复",
                f"异议{households // 4}件。" if objections else "没有人提异议。",
                ("对什么", "提出", "答复期限", "结果"),
                (2, 2, 2, 3),
                (),
                objections,
            ),
        ),
        offices=reports.OFFICES,
        standing="",
        year="2026",
    )
