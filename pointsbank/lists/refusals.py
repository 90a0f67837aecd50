"""What was refused at the counter: when, to whom, and why."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import errors, market
from pointsbank.labels.attempt_kind import ATTEMPT_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import MOMENT, word_of
from pointsbank.lists.named import FINDER_WORDS, Clerk, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects what was refused."""
    return market.attempts_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose card it was where it was known, who stood at the till, and the reason in words."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="made_by")
    for row in rows:
        row["sentence"] = errors.sentence_of(row["reason"])


LIST = List(
    name="refusals",
    title="被拒绝的兑换",
    about="柜台上没有办成的扫卡和兑换，和没有办成的原因。",
    permission=Permission.SALES_VIEW,
    columns=(
        Column(key="made_at", title="时间", kind=MOMENT, sort="made_at", place="sub"),
        Column(key="kind", title="种类", kind=word_of(ATTEMPT_KIND), sort="kind", place="sub"),
        Column(key="sentence", title="原因", sort="reason", place="main"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", paper="paper_name"),
        Column(key="by", title="店员", sort="made_by"),
    ),
    kept=True,
    order=("-made_at", "id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("kind", "种类", "kind", labels=ATTEMPT_KIND),
        Clerk("clerk", "店员", "made_by"),
        Days("first", "从", "made_at", moments=True),
        Days("until", "到", "made_at", until=True, moments=True),
    ),
    empty="柜台上还没有拒绝过谁。",
)
