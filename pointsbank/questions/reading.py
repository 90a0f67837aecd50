"""Finding questions: one with its answers, a household's, and those that wait for a role."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.database import execute
from pointsbank.errors import NotFound
from pointsbank.prepared import chunks
from pointsbank.questions.models import QuestionAnswerRow, QuestionRow
from pointsbank.questions.states import OPEN


class QuestionUnknown(NotFound):
    """There is no such question, or it is none of this person's business."""

    code = "question_unknown"
    sentence = "没有找到这条提问，请从“点题公开”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked; `code`, `name` and `group` are empty for who gave no name.

    `role`: who answers, a code of `labels.answering_role`, by `due_on`.
    """

    id: str
    number: int
    kind: str
    participant_id: str | None
    code: str
    name: str
    group: str
    words: str
    way: str
    role: str
    status: str
    due_on: date
    asked_on: date
    asked_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None

    def overdue_on(self, day: date) -> bool:
        """Return whether the answer is late on this day."""
        return self.status == OPEN and day > self.due_on


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what hangs of it until `shown_until`; `reason`: why nothing does."""

    number: int
    question_words: str
    words: str
    published: bool
    reason: str | None
    role: str
    shown_until: date
    answered_on: date
    answered_at: datetime
    answered_by: str


def question(session: Session, *, village: str, question_id: str, participant: str | None = None) -> Question:
    """Return one question.

    Args:
        participant: only a question of this household (id) is there; None for all of the village.

    Raises:
        QuestionUnknown: there is none.

    Example:
        questions.question(session, village="chayuan", question_id=id).status  # "open"
    """
    return view(session, question_row(session, village, question_id, participant=participant))


def question_row(
    session: Session,
    village: str,
    question_id: str,
    *,
    participant: str | None = None,
    lock: bool = False,
) -> QuestionRow:
    """Return the row of a question, locked where that is asked for.

    Raises:
        QuestionUnknown: as `question`.
    """
    # PostgreSQL compares no text that holds a NUL.
    storable = "\x00" not in question_id
    key = (village, question_id)
    row = session.get(QuestionRow, key, with_for_update=lock, populate_existing=lock) if storable else None
    if row is None or participant not in (None, row.participant_id):
        raise QuestionUnknown()
    return row


def answers(session: Session, *, village: str, question_id: str) -> list[Answer]:
    """Return how a question was answered, in order; the last one stands.

    Example:
        questions.answers(session, village="chayuan", question_id=id)[-1].words  # "用在清运上"
    """
    row = QuestionAnswerRow
    mine = select(row).where(row.in_village(village), col(row.question_id) == question_id)
    return [one.into(Answer) for one in session.exec(mine.order_by(col(row.number)))]


_ASKED = tuple(field.name for field in fields(Question) if field.name not in ("code", "name", "group"))
_MINE = (
    select_columns(*(col(getattr(QuestionRow, name)) for name in _ASKED))
    .where(
        QuestionRow.in_village(bindparam("village")),
        col(QuestionRow.participant_id) == bindparam("participant"),
    )
    .order_by(col(QuestionRow.asked_at).desc(), col(QuestionRow.number).desc())
    .limit(bindparam("maximum", type_=BigInteger))
)
_TO_THEM = (
    select_columns(col(QuestionAnswerRow.question_id), *QuestionAnswerRow.columns_of(Answer))
    .where(
        QuestionAnswerRow.in_village(bindparam("village")),
        col(QuestionAnswerRow.question_id).in_(bindparam("ids", expanding=True)),
    )
    .order_by(col(QuestionAnswerRow.number))
)
_ALL = 2**31


def of_participant(
    session: Session, *, village: str, participant: str, limit: int = _ALL
) -> list[tuple[Question, Answer | None]]:
    """Return what a participant (id) asked, each with the answer that stands, the latest first.

    Args:
        limit: how many, >= 1.

    Example:
        questions.of_participant(session, village="chayuan", participant=wang.id)[0][0].kind  # "doubt"
    """
    mine = {"village": village, "participant": participant, "maximum": limit}
    rows = [dict(zip(_ASKED, one, strict=True)) for one in execute(session, _MINE, mine)]
    if not rows:
        return []
    who = roster.by_ids(session, village=village, ids=[participant])[participant]
    theirs: dict[str, Any] = {"code": who.code, "name": who.name, "group": who.group}
    last: dict[str, Answer] = {}
    for some in chunks([one["id"] for one in rows]):
        asked = {"village": village, "ids": some}
        given: list[Any] = list(execute(session, _TO_THEM, asked))
        last |= {one[0]: Answer(*one[1:]) for one in given}
    return [(Question(**one, **theirs), last.get(one["id"])) for one in rows]


def waiting(session: Session, *, village: str, role: str | None = None) -> list[Question]:
    """Return what waits for an answer, that which is due first before.

    Args:
        role: only what this role answers, a code of `labels.answering_role`.

    Example:
        questions.waiting(session, village="chayuan", role="committee")[0].due_on  # date(2026, 9, 10)
    """
    row = QuestionRow
    wanted = [row.in_village(village), col(row.status) == OPEN]
    if role is not None:
        wanted.append(col(row.role) == role)
    found = session.exec(select(row).where(*wanted).order_by(col(row.due_on), col(row.number)))
    return [view(session, one) for one in found.all()]


def view(session: Session, row: QuestionRow) -> Question:
    """Return a row with whose question it is."""
    whose = row.participant_id
    people = roster.by_ids(session, village=row.village_id, ids={whose}) if whose else {}
    person = people.get(whose or "")
    return row.into(
        Question,
        code=person.code if person else "",
        name=person.name if person else "",
        group=person.group if person else "",
    )
