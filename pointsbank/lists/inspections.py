"""Every inspection of a household, and how far it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import inspections
from pointsbank.labels.inspection_state import INSPECTION_STATE
from pointsbank.labels.inspection_verdict import INSPECTION_VERDICT
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the inspections, of some groups alone for who inspects there."""
    return inspections.inspections_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose household it is, and who looked at it."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="inspected_by")


LIST = List(
    name="inspections",
    title="巡查",
    about="每户每次巡查：评为哪一级，几处问题，限哪天整改，复查了没有。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="verdict", title="评级", kind=word_of(INSPECTION_VERDICT), sort="verdict", place="number"),
        Column(key="faults", title="问题", kind=COUNT, sort="faults"),
        Column(key="due_on", title="整改期限", kind=DAY, place="sub"),
        Column(key="state", title="状态", kind=word_of(INSPECTION_STATE), sort="state", place="sub"),
        Column(key="inspected_at", title="巡查时间", kind=MOMENT, sort="inspected_at", place="sub"),
        Column(key="by", title="检查员", paper=None),
        Column(key="words", title="说明", paper=None, on_screen=False),
        Column(key="id", title="巡查号", paper=None, on_screen=False),
    ),
    order=("-inspected_at", "-id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("verdict", "评级", "verdict", labels=INSPECTION_VERDICT),
        OneOf("state", "状态", "state", labels=INSPECTION_STATE),
        Days("first", "从", "inspected_on"),
        Days("until", "到", "inspected_on", until=True),
    ),
    opens=("one_inspection", {"inspection": "id"}),
    by_group=True,
    empty="还没有巡查：请在“巡查”页开始一轮。",
)
