"""The entries of one notice, each with the name that hangs; withdrawn ones hang nowhere."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.score_state import COUNTS_NO_MORE, SCORE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import DAY, SIGNED, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission

NOT_SHOWN = "不上墙"


def _meetings(session: Session, asked: Asked) -> Sequence[str]:
    """Return the meetings, or day books, whose scores hang on the notice; raises NoticeUnknown."""
    notice = publicity.notice_by_id(session, village=asked.village, notice_id=asked.named["notice"])
    return publicity.meetings_of(session, village=asked.village, notice=notice.id, meeting=notice.meeting)


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the entries; raises NoticeUnknown."""
    entries = scoring.scores_query(village=asked.village, meeting=_meetings(session, asked))
    return entries.where(entries.selected_columns["status"] != scoring.WITHDRAWN)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    entries = scoring.scores_light(village=asked.village, meeting=_meetings(session, asked))
    return scoring.standing_in_notices(entries, village=asked.village)


def _less(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement of those that were posted back."""
    return scoring.scores_taken_back(village=asked.village, meeting=_meetings(session, asked))


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose entry it is, and name and item as they hang."""
    add_participants(session, asked, rows, key="participant_id")
    meeting, ids = rows[0]["meeting_id"] if rows else "", [row["id"] for row in rows]
    named = publicity.names_on_notice(session, village=asked.village, meeting=meeting, scores=ids)
    for row in rows:
        name = named.get(row["id"])
        row["wall_name"] = str(name) if name is not None else NOT_SHOWN
        row["wall_title"] = row["title"] if name is not None else f"条目{row['item_code']}"


LIST = List(
    name="notice_entries",
    title="一份公示的条目",
    about="一份公示上的每一条，墙上写作什么名字；打在纸上的，姓名已经遮住。",
    permission=Permission.NOTICE_VIEW,
    columns=(
        Column(key="code", title="户号", sort="code_order", place="sub", paper=None),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="title", title="条目", sort="title", place="sub", paper="wall_title"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on", place="sub"),
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
        Column(key="wall_name", title="墙上写作", place="sub", paper=None),
    ),
    kept=True,
    order=("number",),
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
    needs={"notice": "公示的编号"},
    empty="这份公示没有条目。",
)
