"""Every title of every household: who was nominated, and how it stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import titles
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects titles."""
    return titles.titles_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose it is, and who wrote it down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="recorded_by")


LIST = List(
    name="titles",
    title="称号名单",
    about="哪一户什么称号，谁提名，现在到哪一步。只在村里用；公开的名单看公开栏和荣誉册。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="number", title="编号", kind=COUNT, sort="number"),
        Column(key="title", title="称号", place="sub", sort="title"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="person", title="个人", paper=None, place="sub"),
        Column(key="group", title="小组"),
        Column(key="nominated_by", title="谁提名", kind=word_of(TITLE_NOMINATOR), on_screen=False),
        Column(key="nominator", title="提名人", paper=None, on_screen=False),
        Column(key="nominated_on", title="提名日期", kind=DAY, sort="nominated_on"),
        # On paper nothing of whose plate is off: what is printed may hang.
        Column(
            key="state", title="状态", kind=word_of(TITLE_STATE), sort="state", place="number", paper=None
        ),
        Column(key="since", title="从哪天起", kind=DAY, sort="since", paper=None),
        Column(key="until_on", title="到哪天", kind=DAY, sort="until_on", paper=None),
        Column(key="reason", title="事迹", paper=None, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="id", title="称号号", paper=None, on_screen=False),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("state", "状态", "state", labels=TITLE_STATE),
        Days("first", "从", "nominated_on"),
        Days("until", "到", "nominated_on", until=True),
    ),
    opens=("one_title", {"title": "id"}),
    empty="还没有提名：请在“称号”页提名。",
)
