"""Every fault that inspections found, whether it was put right, and what a meeting made of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import inspections
from pointsbank.labels.fault_status import FAULT_STATUS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import DAY, POINTS, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the faults, of some groups alone for who inspects there."""
    return inspections.faults_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add at whose household it was found."""
    add_participants(session, asked, rows, key="participant_id")


LIST = List(
    name="inspection_faults",
    title="巡查问题",
    about="巡查发现的每处问题：整改了没有，评议会怎么定。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="item_code", title="编号", sort="item_code"),
        Column(key="item_title", title="条目", sort="item_title", place="sub"),
        Column(key="quantity", title="数量", kind=POINTS),
        Column(key="inspected_on", title="巡查日期", kind=DAY, sort="inspected_on", place="sub"),
        Column(key="due_on", title="整改期限", kind=DAY, sort="due_on", place="sub"),
        Column(key="status", title="状态", kind=word_of(FAULT_STATUS), sort="status", place="number"),
    ),
    order=("-inspected_at", "id", "number"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("status", "状态", "status", labels=FAULT_STATUS),
        Days("first", "从", "inspected_on"),
        Days("until", "到", "inspected_on", until=True),
    ),
    opens=("one_inspection", {"inspection": "id"}),
    by_group=True,
    empty="还没有发现问题。",
)
