"""Every score of every meeting, with what became of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.score_source import SCORE_SOURCE
from pointsbank.labels.score_state import COUNTS_NO_MORE, SCORE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, Month, OneOf
from pointsbank.lists.kinds import DAY, POINTS, SIGNED, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the scores."""
    return scoring.scores_query(village=asked.village)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return scoring.scores_light(village=asked.village)


def _less(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement of those that were posted back."""
    return scoring.scores_taken_back(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose score it is, and who entered it."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="entered_by")


LIST = List(
    name="scores",
    title="评分",
    about="每次评议会的每条评分，和它走到了哪一步。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="code", title="户号", sort="code_order", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="item_code", title="编号", sort="item_code"),
        Column(key="title", title="条目", sort="title", place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on", place="sub"),
        Column(key="quantity", title="数量", kind=POINTS),
        Column(key="points", title="分值", kind=SIGNED, sort="points"),
        Column(
            key="counted_points",
            title="计分",
            kind=SIGNED,
            sort="counted_points",
            place="number",
            total=True,
            void=COUNTS_NO_MORE,
        ),
        Column(key="counted_in", title="计入月份", sort="counted_in"),
        Column(key="late", title="补录", kind=YES),
        Column(key="status", title="状态", kind=word_of(SCORE_STATE), sort="status"),
        Column(key="source", title="来自", kind=word_of(SCORE_SOURCE), sort="source"),
        Column(key="by", title="录入人", paper=None),
        Column(key="note", title="说明", paper=None),
    ),
    kept=True,
    order=("-entered_at", "-id"),
    statement=_query,
    light=_light,
    less=_less,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        Month("month", "计入月份", "counted_in"),
        OneOf("status", "状态", "status", labels=SCORE_STATE),
        OneOf("kind", "方向", "direction", labels=DIRECTION),
        OneOf("source", "来自", "source", labels=SCORE_SOURCE),
        Days("first", "从", "occurred_on"),
        Days("until", "到", "occurred_on", until=True),
    ),
    opens=("one_score", {"score": "id"}),
    empty="还没有评分：请在“评议会”页开一次会。",
)
