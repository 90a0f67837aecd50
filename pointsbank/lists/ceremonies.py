"""Every wedding or funeral that was announced, what an elder counted, and how it stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import ceremonies
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.labels.ceremony_status import CEREMONY_STATUS
from pointsbank.labels.elder_kind import ELDER_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects what was announced, of some groups alone for who leads them."""
    return ceremonies.ceremonies_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose it is, and who wrote it down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="announced_by")


LIST = List(
    name="ceremonies",
    title="红白事报备",
    about="哪一户哪天办什么事，计划多少桌、多少车，谁看过，评议会怎么定。只在村里用，不张贴。",
    permission=Permission.CEREMONY_VIEW,
    columns=(
        Column(key="number", title="编号", kind=COUNT, sort="number"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", on_screen=False),
        Column(key="kind", title="事由", kind=word_of(CEREMONY_KIND), sort="kind", place="sub"),
        Column(key="held_on", title="日期", kind=DAY, sort="held_on", place="sub"),
        Column(key="last_on", title="结束", kind=DAY, on_screen=False),
        Column(key="tables", title="桌数", kind=COUNT),
        Column(key="cars", title="车数", kind=COUNT),
        Column(key="gift", title="礼金", kind=COUNT, on_screen=False),
        Column(key="signed_on", title="签承诺书", kind=DAY),
        # On paper nothing of who kept to it and who did not: what is printed may hang.
        Column(
            key="status",
            title="状态",
            kind=word_of(CEREMONY_STATUS),
            sort="status",
            place="number",
            paper=None,
        ),
        Column(key="late", title="报得晚", kind=YES, paper=None, on_screen=False),
        Column(key="seen_tables", title="实际桌数", kind=COUNT, paper=None, on_screen=False),
        Column(key="seen_cars", title="实际车数", kind=COUNT, paper=None, on_screen=False),
        Column(key="seen_days", title="实际天数", kind=COUNT, paper=None, on_screen=False),
        Column(key="elder_kind", title="看的人", kind=word_of(ELDER_KIND), paper=None, on_screen=False),
        Column(key="elder_name", title="看的人姓名", paper=None, on_screen=False),
        Column(key="place", title="地点", paper=None, on_screen=False),
        Column(key="words", title="说明", paper=None, on_screen=False),
        Column(key="announced_at", title="登记时间", kind=MOMENT, sort="announced_at", on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="id", title="报备号", paper=None, on_screen=False),
    ),
    order=("-held_on", "-id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("kind", "事由", "kind", labels=CEREMONY_KIND),
        OneOf("status", "状态", "status", labels=CEREMONY_STATUS),
        Days("first", "从", "held_on"),
        Days("until", "到", "held_on", until=True),
    ),
    opens=("one_ceremony", {"ceremony": "id"}),
    by_group=True,
    empty="还没有报备：请在“红白事报备”页登记一次。",
)
