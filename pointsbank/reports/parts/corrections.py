"""Corrections: what was put right of scores, and how far that is; the reasons stay in the village."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, scoring
from pointsbank.labels.correction_state import CORRECTION_STATE
from pointsbank.reports.part import Asked, Column, Form, Part, Value

STATE = 3


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each correction made in the span, the earliest first."""
    every = scoring.corrections(session, village=asked.village)
    today = dates.day_of(asked.at)
    return [
        (
            dates.day_of(one.corrected_at),
            "撤销" if one.struck else f"改成第{one.version}版",
            one.hung_on,
            CORRECTION_STATE.name(one.status_on(today)),
        )
        for one in reversed(every)
        if dates.day_of(one.corrected_at) in asked.span
    ]


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 更正3件：已入账2件、更正公示中1件."""
    states = Counter(str(one[STATE]) for one in rows)
    return f"更正{len(rows)}件：{'、'.join(f'{state}{count}件' for state, count in states.items())}。"


PART = Part(
    name="corrections",
    title="更正",
    position=50,
    columns=(
        Column("日期", Form.DAY),
        Column("怎样改的"),
        Column("张贴", Form.DAY),
        Column("状态"),
    ),
    gather=_rows,
    empty="没有更正。",
    about=_about,
)
