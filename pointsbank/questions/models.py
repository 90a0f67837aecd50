"""The tables of questions: what was asked, and each answer with what hangs of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.labels.question_way import QUESTION_WAY
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON
from pointsbank.naming import by_words, with_columns
from pointsbank.questions.row_guards import GUARDS as GUARDS
from pointsbank.questions.states import STATUSES
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class QuestionRow(VillageTable, table=True):
    """What somebody asked; without a participant it was somebody who gives no name.

    `words` as they were said: they may name anybody, never hang, and are erased with the household.
    """

    __tablename__ = "question"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        one_of("kind", QUESTION_KIND.codes),
        one_of("way", QUESTION_WAY.codes),
        one_of("role", ANSWERING_ROLE.codes),
        one_of("status", STATUSES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("words <> ''", name="words_given"),
        CheckConstraint("due_on > asked_on", name="due_later"),
        CheckConstraint("way <> 'card' or participant_id is not null", name="card_of_somebody"),
        CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at is not null)"
            " and (withdrawn_at is null) = (withdrawn_by is null)",
            name="withdrawn_recorded",
        ),
        index("number", name="uq_question_number", unique=True),
        index("status", "due_on", name="ix_question_village_id_status"),
        index("participant_id", "asked_at", name="ix_question_village_id_participant_id"),
        index("asked_at", "id", name="ix_question_village_id_asked_at"),
    )

    id: str = Field(primary_key=True)
    number: int
    kind: str
    participant_id: str | None = None
    words: str
    way: str
    role: str
    status: str = "open"
    due_on: date
    asked_on: date
    asked_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: str | None = None


class QuestionAnswerRow(VillageTable, table=True):
    """One answer; the last one stands. `question_words`: the question as it hangs, empty where none does."""

    __tablename__ = "question_answer"
    __table_args__ = (
        references("question", question_id="id"),
        one_of("role", ANSWERING_ROLE.codes),
        one_of("reason", UNPUBLISHED_REASON.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("words <> ''", name="words_given"),
        CheckConstraint("published = (question_words <> '')", name="question_shown"),
        CheckConstraint("published = (reason is null)", name="reason_given"),
        CheckConstraint("shown_until > answered_on", name="shown_until"),
        index("shown_until", "answered_at", name="ix_question_answer_village_id_shown_until"),
    )

    question_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    question_words: str = ""
    words: str
    published: bool
    reason: str | None = None
    role: str
    shown_until: date
    answered_on: date
    answered_at: datetime = Field(sa_type=UtcDateTime)
    answered_by: str


WITNESSES = declare(
    Witnessed(
        table="question",
        kinds=("question_asked", "question_passed_on", "question_answered", "question_withdrawn"),
        named_by={
            "question_asked": with_columns(
                by_words(
                    id="question",
                    number="number",
                    kind="asked_as",
                    participant_id="participant",
                    way="way",
                    role="role",
                    due_on="due_on",
                    recorded_by="actor",
                ),
                status="open",
                withdrawn_by=None,
            ),
            "question_passed_on": by_words(id="question", role="role"),
            "question_answered": by_words(id="question", status="status"),
            "question_withdrawn": by_words(id="question", status="status", withdrawn_by="actor"),
        },
    ),
    Witnessed(
        table="question_answer",
        kinds=("question_answered",),
        named_by={
            "question_answered": by_words(
                question_id="question",
                number="answer",
                published="published",
                reason="reason",
                role="role",
                shown_until="shown_until",
                answered_by="actor",
            )
        },
    ),
)
