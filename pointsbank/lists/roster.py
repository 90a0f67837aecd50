"""The roster: who holds points, where they belong, and what they hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import roster
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.labels.shown_status import SHOWN_STATUS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import COUNT, POINTS, word_of
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the roster."""
    return roster.roster_query(village=asked.village, query=asked.filters.get("q", ""), groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the names that may hang."""
    add_participants(session, asked, rows, key="id")


LIST = List(
    name="roster",
    title="花名册",
    about="各户和其他积分主体，连同现有积分；可以改好再导入。",
    permission=Permission.ROSTER_VIEW,
    columns=(
        Column(key="code", title="户号", sort="sort_key", place="sub"),
        Column(key="name", title="户主", sort="name", place="main", paper="paper_name"),
        Column(key="group", title="小组", sort="group", place="sub"),
        Column(key="people", title="人口", kind=COUNT, sort="people", total=True),
        Column(key="kind", title="类别", kind=word_of(PARTICIPANT_KIND), sort="kind", place="sub"),
        # As in a file, of which every look is written down: for who looks after the roster.
        Column(key="address", title="地址", paper=None, permission=Permission.ROSTER_CHANGE),
        Column(key="points", title="积分", kind=POINTS, sort="points", place="number", total=True),
        Column(key="honour", title="荣誉", kind=POINTS, sort="honour", total=True),
        Column(key="status", title="状态", kind=word_of(SHOWN_STATUS), sort="status"),
    ),
    kept=True,
    order=("hit", "sort_key"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("q", FINDER_WORDS, "id"),
        OfGroup("group", "小组", "group_id"),
        OneOf("kind", "类别", "kind", labels=PARTICIPANT_KIND),
        OneOf("status", "状态", "status", labels=SHOWN_STATUS),
    ),
    imports=roster.ROSTER_COLUMNS,
    opens=("roster_file", {"code": "code"}),
    empty="花名册还是空的：请在“导入”页上传花名册，或在“花名册”页逐户加入。",
    by_group=True,
)
