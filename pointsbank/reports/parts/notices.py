"""Notices: what was published, from when to when it hung, and whether it was posted."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import dates, publicity
from pointsbank.labels.notice_state import NOTICE_STATE
from pointsbank.publicity import Notice
from pointsbank.reports.part import Asked, Column, Form, Part, Value


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each notice published in the span, the earliest first."""
    every = publicity.notices(session, village=asked.village)
    some = sorted((one for one in every if one.published_on in asked.span), key=lambda one: one.published_at)
    return [(one.title, one.published_on, one.hung_on, one.ends_on, _state(one, asked)) for one in some]


def _state(one: Notice, asked: Asked) -> str:
    """Return how far a notice is on the day of asking."""
    waits = one.standing == "open" and one.over_on(dates.day_of(asked.at))
    return NOTICE_STATE.name("over" if waits else one.standing)


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 公示4份，其中3份已张贴."""
    return f"公示{len(rows)}份，其中{sum(one[2] is not None for one in rows)}份已张贴。"


PART = Part(
    name="notices",
    title="公示",
    position=30,
    columns=(
        Column("公示", wide=5),
        Column("发布", Form.DAY),
        Column("张贴", Form.DAY),
        Column("到期", Form.DAY),
        Column("状态"),
    ),
    gather=_rows,
    empty="没有公示。",
    about=_about,
)
