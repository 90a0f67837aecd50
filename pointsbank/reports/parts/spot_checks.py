"""Spot checks: of how many entries dice drew how many, and what two people found."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, spot_checks
from pointsbank.labels.spot_check_status import SPOT_CHECK_STATUS
from pointsbank.reports.part import Asked, Column, Form, Part, Value, sum_of


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each month that was drawn from, the earliest first."""
    every = spot_checks.spot_checks(session, village=asked.village)
    return [
        (
            dates.month_in_words(one.month),
            one.population,
            one.size,
            SPOT_CHECK_STATUS.name(one.status),
            one.result,
        )
        for one in sorted(every, key=lambda one: one.month)
        if one.month in asked.span.months
    ]


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 抽查2个月，共抽40条."""
    return f"抽查{len(rows)}个月，共抽{sum_of(rows, 2)}条。"


PART = Part(
    name="spot_checks",
    title="掷骰抽查",
    position=70,
    columns=(
        Column("月份"),
        Column("条目", Form.COUNT),
        Column("抽查（条）", Form.COUNT, total=True),
        Column("状态"),
        Column("结果", wide=8),
    ),
    gather=_rows,
    empty="没有抽查。",
    about=_about,
)
