"""The tables of publicity: notices, what is said against their entries, and who may be named."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank import objections
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.objections import AnswerColumns, ObjectionColumns, answer_rules, objection_rules
from pointsbank.village_tables import VillageTable, index, references, references_village, unique
from pointsbank.witness import Witnessed, declare


class NoticeRow(VillageTable, table=True):
    """The result of one meeting, on display for everybody to see and to object to.

    Its days, `days` of them, begin with the first recorded hanging of its paper; until then it has no last
    day. One from before hangings were recorded has neither `days` nor `hung_on`: the day on which it was
    published counts as the day of its hanging.
    """

    __tablename__ = "notice"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        unique("meeting_id"),
        CheckConstraint("status IN ('open', 'settled')", name="status"),
        CheckConstraint("ends_on > published_on", name="hangs_a_day"),
        CheckConstraint("days between 1 and 60", name="days"),
        CheckConstraint("hung_on >= published_on AND ends_on > hung_on", name="hung_after_its_meeting"),
        CheckConstraint(
            "(days IS NULL AND hung_on IS NULL AND ends_on IS NOT NULL)"
            " OR (days IS NOT NULL AND (hung_on IS NULL) = (ends_on IS NULL))",
            name="ends_once_it_hangs",
        ),
        CheckConstraint("status = 'open' OR ends_on IS NOT NULL", name="settled_once_it_hung"),
        CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
        CheckConstraint("(settled_at IS NULL) = (settled_on IS NULL)", name="settled_on_a_day"),
        CheckConstraint("settled_on > ends_on", name="settled_after_the_end"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    meeting_id: str
    title: str
    published_on: date
    published_at: datetime = Field(sa_type=UtcDateTime)
    published_by: str
    days: int | None = None
    hung_on: date | None = None
    ends_on: date | None = None
    status: str = "open"
    settled_on: date | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str | None = None


class GatheredRow(VillageTable, table=True):
    """A day book (柜台登记) whose entries hang on a notice that gathers several; written once."""

    __tablename__ = "gathered_day_book"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        references("notice", notice_id="id"),
        index("notice_id", name="ix_gathered_day_book_village_id_notice_id"),
    )

    meeting_id: str = Field(primary_key=True)
    notice_id: str


class HangingRow(VillageTable, table=True):
    """A place where the paper of a notice was hung, and the day: written once, the first begins its days."""

    __tablename__ = "hanging"
    __table_args__ = (
        references("notice", notice_id="id"),
        unique("notice_id", "place"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("place <> ''", name="place_given"),
        CheckConstraint("hung_on <= recorded_on", name="hung_by_then"),
    )

    notice_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    hung_on: date
    recorded_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class ScoreObjectionRow(ObjectionColumns, table=True):
    """What is said against one score on a notice."""

    __tablename__ = "score_objection"
    __table_args__ = (
        *objection_rules("score"),
        references("notice", notice_id="id"),
        index("notice_id", name="ix_score_objection_notice"),
    )

    notice_id: str


class ScoreObjectionAnswerRow(AnswerColumns, table=True):
    """The written answer to it."""

    __tablename__ = "score_objection_answer"
    __table_args__ = answer_rules("score_objection")


class MissingDeedRow(VillageTable, table=True):
    """A deed that an objection found missing, until a meeting makes up for it by the score `score_id`."""

    __tablename__ = "missing_deed"
    __table_args__ = (
        references("score_objection_answer", objection_id="objection_id"),
        references("participant", participant_id="id"),
        references("score", score_id="id"),
        CheckConstraint("quantity >= 0 AND points >= 0", name="measures"),
        index("score_id", name="ix_missing_deed_score_id"),
    )

    objection_id: str = Field(primary_key=True)
    participant_id: str
    item_code: str
    occurred_on: date
    quantity: int | None = Field(default=None, sa_type=BigInteger)
    points: int | None = Field(default=None, sa_type=BigInteger)
    score_id: str | None = None


class ConsentRow(VillageTable, table=True):
    """How a household asked to be shown in public; while none is on record its name is masked."""

    __tablename__ = "consent"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("shown_as IN ('named', 'numbered')", name="shown_as"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_later"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        index("participant_id", name="uq_consent_in_force", unique=True, where="withdrawn_at IS NULL"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    shown_as: str
    given_by: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_AS_NOTED = " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
    for column in ("objection_id", "participant_id", "item_code", "occurred_on", "quantity", "points")
)

_OF_AN_OPEN_NOTICE = (
    "EXISTS (SELECT 1 FROM notice WHERE notice.village_id = NEW.village_id AND notice.id = NEW.notice_id"
    " AND notice.status = 'open' AND notice.published_on <= NEW.hung_on)"
)

GUARDS = (
    Guard("notice", "UPDATE", unless="OLD.status = 'open'"),
    Guard("notice", "DELETE"),
    Guard("hanging", "INSERT", unless=_OF_AN_OPEN_NOTICE),
    *append_only("hanging"),
    *append_only("gathered_day_book"),
    *objections.guards("score_objection", "notice_id"),
    Guard("missing_deed", "UPDATE", unless=f"OLD.score_id IS NULL AND {_AS_NOTED}"),
    Guard("missing_deed", "DELETE"),
    Guard("consent", "UPDATE", unless="OLD.withdrawn_at IS NULL"),
    Guard("consent", "DELETE"),
)

_PUBLISHED = with_columns(
    by_words(id="notice", meeting_id="meeting", ends_on="ends_on", published_by="actor"), settled_on=None
)


def _stated_of_publishing(words: Words) -> Iterator[Stated]:
    """Yield a notice as it is made: with its days and no last one; of the first days with its last one."""
    for one in _PUBLISHED(words):
        begins = {"days": words["days"], "hung_on": None, "ends_on": None} if "days" in words else {}
        yield Stated({**one.columns, **begins})


def _stated_of_gathering(words: Words) -> Iterator[Stated]:
    """Yield each day book that a notice gathers."""
    for one in words.get("day_books", ()):
        yield Stated({"meeting_id": one, "notice_id": words["notice"]})


WITNESSES = declare(
    Witnessed(
        table="gathered_day_book",
        kinds=("notice_up",),
        added_only=True,
        named_by={"notice_up": _stated_of_gathering},
    ),
    Witnessed(
        table="notice",
        kinds=("notice_up", "notice_hung", "notice_down"),
        named_by={
            "notice_up": _stated_of_publishing,
            # Of the first alone: a further place changes no day.
            "notice_hung": by_words(id="notice", hung_on="begins_on", ends_on="ends_on"),
            "notice_down": by_words(id="notice", settled_on="settled_on", settled_by="actor"),
        },
    ),
    Witnessed(
        table="hanging",
        kinds=("notice_hung",),
        added_only=True,
        named_by={
            "notice_hung": by_words(
                notice_id="notice",
                number="number",
                place="place",
                hung_on="hung_on",
                recorded_at="recorded_at",
                recorded_by="actor",
            )
        },
    ),
    objections.filed_witness("score_objection"),
    objections.answered_witness("score_objection_answer"),
    Witnessed(table="missing_deed"),
    Witnessed(
        table="consent",
        kinds=("consent_given", "consent_withdrawn"),
        named_by={
            "consent_given": with_columns(
                by_words(id="consent", participant_id="participant", shown_as="shown_as", given_by="actor"),
                withdrawn_at=None,
            ),
            "consent_withdrawn": by_words(id="consent", withdrawn_by="actor", withdrawn_at="withdrawn_at"),
        },
    ),
)
