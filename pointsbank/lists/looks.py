"""Who opened whose file, and when: every look at a household is written down."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import staff
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days
from pointsbank.lists.kinds import MOMENT
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the looks."""
    return staff.accesses_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose file it was, and who looked."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="staff_id")


LIST = List(
    name="looks",
    title="查看记录",
    about="谁在何时打开过哪一户的档案。",
    permission=Permission.STAFF_EVENTS_VIEW,
    columns=(
        Column(key="looked_at", title="时间", kind=MOMENT, sort="looked_at", place="sub"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", paper="paper_name", place="main"),
        Column(key="by", title="谁看的", place="sub"),
    ),
    kept=True,
    by_reading=True,
    order=("-looked_at", "id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        Days("first", "从", "looked_at", moments=True),
        Days("until", "到", "looked_at", until=True, moments=True),
    ),
    empty="还没有人打开过档案。",
)
