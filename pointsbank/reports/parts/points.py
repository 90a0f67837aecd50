"""Points month by month: what was issued and taken off, what was redeemed; a closed month as its poster."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import boards, dates, market
from pointsbank.points import show
from pointsbank.reports.part import Asked, Column, Form, Part, Value, sum_of

ISSUED, TAKEN, REDEEMED, REDEMPTIONS, PIECES = range(1, 6)


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each month that has begun."""
    this = dates.month_of(dates.day_of(asked.at))
    return [_row(session, asked.village, month) for month in asked.span.months if month <= this]


def _row(session: Session, village: str, month: str) -> tuple[Value, ...]:
    """Return one month: a closed one is frozen, an open one as its scores stand."""
    lines = boards.standing(session, village=village, month=month)
    sold = market.sales(session, village=village, first=dates.first_day(month), last=dates.last_day(month))
    return (
        dates.month_in_words(month),
        sum(one.plus for one in lines),
        sum(one.minus for one in lines),
        sold.total,
        sold.redemptions,
        sold.pieces,
    )


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 发放1200分，扣35分；兑换310分、62次、90件."""
    return (
        f"发放{show(sum_of(rows, ISSUED))}分，扣{show(sum_of(rows, TAKEN))}分；"
        f"兑换{show(sum_of(rows, REDEEMED))}分、{sum_of(rows, REDEMPTIONS)}次、{sum_of(rows, PIECES)}件。"
    )


PART = Part(
    name="points",
    title="积分发放和兑换",
    position=10,
    columns=(
        Column("月份"),
        Column("发放（分）", Form.POINTS, total=True),
        Column("扣（分）", Form.POINTS, total=True),
        Column("兑换（分）", Form.POINTS, total=True),
        Column("兑换（次）", Form.COUNT, total=True),
        Column("件数", Form.COUNT, total=True),
    ),
    gather=_rows,
    empty="这段时间还没有开始。",
    about=_about,
)
