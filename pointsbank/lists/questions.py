"""Every question that was asked, who answers it, and how it was answered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import questions
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.labels.question_status import QUESTION_STATUS
from pointsbank.labels.question_way import QUESTION_WAY
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects what was asked."""
    return questions.questions_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose question it is, who wrote it down, and who answered."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="recorded_by", answerer="answered_by")


LIST = List(
    name="questions",
    title="村民提问",
    about="每条点题、疑问、建议，由谁在哪天以前答复，怎样答复的。原话和提问的户只在村里看，不张贴。",
    permission=Permission.QUESTION_VIEW,
    columns=(
        Column(key="number", title="编号", kind=COUNT, sort="number"),
        Column(key="kind", title="种类", kind=word_of(QUESTION_KIND), sort="kind", place="sub"),
        # On paper nothing of who asked, nor in which words: what is printed may hang.
        Column(key="words", title="原话", place="main", paper=None),
        Column(key="code", title="户号", paper=None, on_screen=False),
        Column(key="name", title="户主", paper=None, on_screen=False),
        Column(key="group", title="小组", paper=None, on_screen=False),
        Column(key="way", title="怎样提的", kind=word_of(QUESTION_WAY), on_screen=False),
        Column(key="role", title="由谁答复", kind=word_of(ANSWERING_ROLE), sort="role", place="sub"),
        Column(key="due_on", title="答复期限", kind=DAY, sort="due_on", place="sub"),
        Column(key="status", title="状态", kind=word_of(QUESTION_STATUS), sort="status", place="number"),
        Column(key="question_words", title="公开的问题", on_screen=False, paper=None),
        Column(key="answer", title="答复", on_screen=False, paper=None),
        Column(key="answer_number", title="第几次答复", kind=COUNT, on_screen=False),
        Column(
            key="reason", title="不公开的原因", kind=word_of(UNPUBLISHED_REASON), on_screen=False, paper=None
        ),
        Column(key="shown_until", title="公开到", kind=DAY, sort="shown_until", on_screen=False),
        Column(key="answered_at", title="答复时间", kind=MOMENT, on_screen=False),
        Column(key="answerer", title="答复人", paper=None, on_screen=False),
        Column(key="asked_at", title="登记时间", kind=MOMENT, sort="asked_at", on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="id", title="提问号", paper=None, on_screen=False),
    ),
    order=("-asked_at", "-id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("kind", "种类", "kind", labels=QUESTION_KIND),
        OneOf("status", "状态", "status", labels=QUESTION_STATUS),
        OneOf("role", "由谁答复", "role", labels=ANSWERING_ROLE),
        Days("due", "期限到", "due_on", until=True),
    ),
    opens=("one_question", {"question": "id"}),
    empty="还没有提问：请在“点题公开”页登记一条。",
)
