"""Benefits of titles: what, until when, given or not and why."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import titles
from pointsbank.labels.benefit_state import BENEFIT_STATE
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects benefits."""
    return titles.benefits_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose it is."""
    add_participants(session, asked, rows, key="participant_id")


LIST = List(
    name="title_benefits",
    title="礼遇",
    about="有称号的户各有哪些礼遇，给了没有，到哪天。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="number", title="编号", kind=COUNT, sort="number"),
        Column(key="title", title="称号", place="sub", sort="title"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="person", title="个人", paper=None, place="sub"),
        Column(key="group", title="小组", on_screen=False),
        Column(key="benefit", title="第几项", kind=COUNT, on_screen=False),
        Column(key="what", title="礼遇", place="sub"),
        Column(key="given", title="给了没有", kind=word_of(BENEFIT_STATE), sort="given", place="number"),
        Column(key="day", title="哪天给的", kind=DAY, sort="day"),
        Column(key="until_on", title="到哪天", kind=DAY, sort="until_on"),
        Column(key="words", title="没有给的原因", paper=None),
        Column(key="state", title="称号状态", kind=word_of(TITLE_STATE), paper=None, on_screen=False),
        Column(key="id", title="称号号", paper=None, on_screen=False),
    ),
    order=("-number", "benefit"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("given", "给了没有", "given", labels=BENEFIT_STATE),
    ),
    opens=("one_title", {"title": "id"}),
    empty="还没有礼遇：办法里写了礼遇的称号授牌以后，这里列出来。",
)
