"""What everybody holds, as the table with which another installation could begin."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import roster
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import POINTS
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the roster with what each holds."""
    return roster.roster_query(village=asked.village, query=asked.filters.get("q", ""), groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the names that may hang, and an empty remark."""
    add_participants(session, asked, rows, key="id")
    for row in rows:
        row["note"] = ""


LIST = List(
    name="balances",
    title="积分余额",
    about="每户现有的积分和荣誉；新装的程序可以当期初积分导入。",
    permission=Permission.ROSTER_VIEW,
    columns=(
        Column(key="code", title="户号", sort="sort_key", place="sub"),
        Column(key="name", title="户主", sort="name", place="main", paper="paper_name"),
        Column(key="group", title="小组", sort="group", place="sub"),
        Column(key="points", title="积分", kind=POINTS, sort="points", place="number", total=True),
        Column(key="honour", title="荣誉", kind=POINTS, sort="honour", total=True, place="sub"),
        Column(key="note", title="说明", paper=None),
    ),
    kept=True,
    order=("hit", "sort_key"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("q", FINDER_WORDS, "id"),
        OfGroup("group", "小组", "group_id"),
        OneOf("kind", "类别", "kind", labels=PARTICIPANT_KIND),
    ),
    imports=roster.BALANCE_COLUMNS,
    opens=("roster_file", {"code": "code"}),
    empty="花名册还是空的：请在“导入”页上传花名册，或在“花名册”页逐户加入。",
    by_group=True,
)
