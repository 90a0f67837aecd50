"""Who was given which base points, when, and what was taken back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.redeemable import REDEEMABLE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days
from pointsbank.lists.kinds import COUNT, MOMENT, POINTS, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects what was given, of some groups alone for who leads them."""
    return scoring.base_grants_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose they are, and put period and what became of them into words."""
    add_participants(session, asked, rows, key="participant_id")
    for row in rows:
        row["words"] = scoring.period_in_words(row["period"])
        row["can_be_spent"] = "yes" if row["redeemable"] else None


LIST = List(
    name="base_grants",
    title="基础分",
    about="哪一户哪一期发了多少基础分，期满收回了多少。",
    permission=Permission.FILE_VIEW,
    columns=(
        Column(key="code", title="户号", sort="code_order", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="title", title="条目", sort="title", place="sub"),
        Column(key="words", title="哪一期", sort="period", place="sub"),
        Column(key="amount", title="发放", kind=POINTS, sort="amount", place="number"),
        Column(key="can_be_spent", title="可兑换", kind=word_of(REDEEMABLE)),
        Column(key="given_at", title="发放时间", kind=MOMENT, sort="given_at", place="sub"),
        Column(key="ended_at", title="收回时间", kind=MOMENT),
        Column(key="taken_honour", title="收回荣誉", kind=POINTS),
        Column(key="taken_points", title="收回积分", kind=POINTS),
        Column(key="log_index", title="账本编号", kind=COUNT),
    ),
    order=("-log_index",),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        Days("first", "从", "given_at", moments=True),
        Days("until", "到", "given_at", until=True, moments=True),
    ),
    opens=("roster_file", {"code": "code"}),
    by_group=True,
    empty="还没有发放过基础分：细则里有基础分的条目，施行以后由程序按期发放。",
)
