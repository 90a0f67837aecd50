"""The scores of one meeting, the last entered first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.score_state import COUNTS_NO_MORE, SCORE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, POINTS, SIGNED, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the scores of the meeting; raises MeetingUnknown."""
    meeting = scoring.meeting(
        session, village=asked.village, meeting_id=asked.named["meeting"], or_day_book=True
    )
    return scoring.scores_query(village=asked.village, meeting=meeting.id, groups=asked.groups)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return scoring.scores_light(village=asked.village, meeting=asked.named["meeting"], groups=asked.groups)


def _less(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement of those that were posted back."""
    return scoring.scores_taken_back(
        village=asked.village, meeting=asked.named["meeting"], groups=asked.groups
    )


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose score it is, and who entered it."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="entered_by")


LIST = List(
    name="meeting_scores",
    title="一次评议会的评分",
    about="一次评议会录入的每条评分，最近录入的在前。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="number", title="序号", kind=COUNT, sort="number"),
        Column(key="code", title="户号", sort="code_order", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="title", title="条目", sort="title", place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on", place="sub"),
        Column(key="quantity", title="数量", kind=POINTS),
        Column(
            key="counted_points",
            title="计分",
            kind=SIGNED,
            sort="counted_points",
            place="number",
            total=True,
            void=COUNTS_NO_MORE,
        ),
        Column(key="late", title="补录", kind=YES),
        Column(key="status", title="状态", kind=word_of(SCORE_STATE), sort="status", place="sub"),
        Column(key="note", title="说明", paper=None, place="sub"),
        Column(key="remark", title="备注", paper=None, place="sub"),
        Column(key="by", title="登记人", paper=None),
    ),
    kept=True,
    order=("-number",),
    statement=_query,
    light=_light,
    less=_less,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id", of_one=True),
        Search("q", "条目", "title"),
        OneOf("kind", "方向", "direction", labels=DIRECTION),
        OneOf("status", "状态", "status", labels=SCORE_STATE),
    ),
    opens=("one_score", {"score": "id"}),
    needs={"meeting": "评议会的编号"},
    empty="还没有评分。",
    by_group=True,
)
