"""The months that were closed, each with the code of its poster."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, proof
from pointsbank.reports.part import Asked, Column, Form, Part, Value


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each month that has begun; one that is not closed has no code."""
    sealed = {one.month: one for one in proof.anchors(session, village=asked.village)}
    this = dates.month_of(dates.day_of(asked.at))
    return [
        (
            dates.month_in_words(month),
            dates.day_of(sealed[month].made_at) if month in sealed else None,
            sealed[month].digits if month in sealed else "还没有月结",
        )
        for month in asked.span.months
        if month <= this
    ]


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 3个月里已月结2个月."""
    return f"{len(rows)}个月里已月结{sum(one[1] is not None for one in rows)}个月，存证码在月结海报上也有。"


PART = Part(
    name="months",
    title="月结和存证码",
    position=90,
    columns=(Column("月份"), Column("月结", Form.DAY), Column("存证码", wide=6)),
    gather=_rows,
    empty="这段时间还没有开始。",
    about=_about,
)
