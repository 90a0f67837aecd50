"""What the ledger moved month by month, of every kind: scores, sales, gifts, base points, what was undone."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, ledger
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.reports.part import Asked, Column, Form, Part, Value, sum_of

ENTRIES = 2


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each kind of each month in which there was one, by the day it happened on."""
    rows: list[tuple[Value, ...]] = []
    for month in asked.span.months:
        days = {"first": dates.first_day(month), "last": dates.last_day(month)}
        moved = ledger.moved_in(session, village=asked.village, **days)
        rows += [
            (
                dates.month_in_words(month),
                TRANSACTION_KIND.name(kind),
                moved[kind].entries,
                moved[kind].points,
                moved[kind].honour,
            )
            for kind in TRANSACTION_KIND.codes
            if kind in moved
        ]
    return rows


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 账本共记18986笔，按发生日期."""
    return f"账本共记{sum_of(rows, ENTRIES)}笔，按发生日期；撤销和更正的也在里面。"


PART = Part(
    name="moved",
    title="账本变动",
    position=15,
    columns=(
        Column("月份"),
        Column("种类"),
        Column("笔数", Form.COUNT, total=True),
        Column("可用积分（分）", Form.POINTS),
        Column("荣誉积分（分）", Form.POINTS),
    ),
    gather=_rows,
    empty="账本没有变动。",
    about=_about,
)
