"""Objections to scores and listings, and how they were answered: nobody's name and nobody's words."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import boards, dates, publicity
from pointsbank.labels.objection_remedy import OBJECTION_REMEDY
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.objections import Objection
from pointsbank.reports.part import Asked, Column, Form, Part, Value

ANSWERED = 3


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each objection raised in the span, the earliest first."""
    scores = publicity.objections(session, village=asked.village)
    listings = boards.listing_objections(session, village=asked.village)
    every = [*(("评分", one, one.remedy) for one in scores), *(("上榜", one, "") for one in listings)]
    some = sorted((one for one in every if one[1].raised_on in asked.span), key=lambda one: one[1].raised_on)
    return [_row(*one) for one in some]


def _row(about: str, one: Objection, remedy: str) -> tuple[Value, ...]:
    """Return one objection."""
    answered = dates.day_of(one.decided_at) if one.decided_at else None
    return (
        about,
        one.raised_on,
        one.due_on,
        answered,
        OBJECTION_STATUS.name(one.status),
        OBJECTION_REMEDY.name(remedy) if remedy else "",
        "是" if answered is not None and answered > one.due_on else "",
    )


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 异议5件，已答复4件，成立2件."""
    answered = sum(one[ANSWERED] is not None for one in rows)
    upheld = sum(one[4] == OBJECTION_STATUS.name("upheld") for one in rows)
    return f"异议{len(rows)}件，已答复{answered}件，成立{upheld}件。"


PART = Part(
    name="objections",
    title="异议和答复",
    position=40,
    columns=(
        Column("对什么"),
        Column("提出", Form.DAY),
        Column("答复期限", Form.DAY),
        Column("答复", Form.DAY),
        Column("结果"),
        Column("怎样改的"),
        Column("超期"),
    ),
    gather=_rows,
    empty="没有人提异议。",
    about=_about,
)
