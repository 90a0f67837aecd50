"""The village's indices month by month: frozen with a closed month, as they stand in an open one."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, indices
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.reports.part import Asked, Column, Form, Part, Value


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each index of each month that has begun."""
    this = dates.month_of(dates.day_of(asked.at))
    months = [month for month in asked.span.months if month <= this]
    return [
        (
            dates.month_in_words(one.month),
            VILLAGE_INDEX.name(one.kind),
            one.value,
            one.subjects,
            one.affected,
            one.faults,
            "已定" if one.is_frozen else "本月未完",
        )
        for one in indices.figures(session, village=asked.village, months=months)
    ]


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 共3项，其中3项已随月结定下."""
    return f"共{len(rows)}项，其中{sum(one[-1] == '已定' for one in rows)}项已随月结定下。"


PART = Part(
    name="indices",
    title="指数",
    position=80,
    columns=(
        Column("月份"),
        Column("指数", wide=3),
        Column("得数", Form.POINTS),
        Column("应看（户、处）", Form.COUNT),
        Column("有问题的", Form.COUNT),
        Column("问题（处）", Form.COUNT),
        Column("状态"),
    ),
    gather=_rows,
    empty="村里没有定指数办法。",
    about=_about,
)
