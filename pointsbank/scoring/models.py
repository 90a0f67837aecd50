"""The tables of scoring but those of the scheme and of meetings: who sat in them, and the scores."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.naming import by_words, with_columns
from pointsbank.scoring import row_guards
from pointsbank.scoring.call_models import CALL_GUARDS
from pointsbank.scoring.mark_models import MARK_GUARDS
from pointsbank.scoring.meeting_models import MEETING_GUARDS
from pointsbank.scoring.scheme_models import SCHEME_WITNESSES
from pointsbank.village_tables import VillageTable, index, one_of, references, unique
from pointsbank.witness import Witnessed, declare


class AttendanceRow(VillageTable, table=True):
    """Somebody who sat in a meeting as a judge, or was missing; with the household they must not judge."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        references("participant", participant_id="id"),
        CheckConstraint("role in ('judge', 'absentee')", name="role"),
        CheckConstraint("length(name) between 1 and 60", name="name_length"),
    )

    meeting_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    role: str
    name: str
    participant_id: str | None = None


class MeetingNoteRow(VillageTable, table=True):
    """Something added to the minutes after the meeting was closed; added, never changed."""

    __tablename__ = "meeting_note"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        CheckConstraint("length(text) > 0", name="text_given"),
    )

    meeting_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    added_by: str
    added_at: datetime = Field(sa_type=UtcDateTime)


# Caps, and sums over those who were looked for.
_BY_PERSON = ("participant_id", "item_code", "occurred_on", "status", "counted_points")
# Month totals and places are made of this index alone.
_BY_MONTH = ("counted_in", "status", "participant_id", "counted_points", "late", "id")


class StoredScoreRow(VillageTable, table=True):
    """One item applied to one participant for one deed; signed hundredths, before and after caps.

    `same_deed`: somebody said that it is the same deed as that score, the first of those that are one deed.
    """

    __tablename__ = "score"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        references("participant", participant_id="id"),
        references("scheme_item", item_id="id"),
        # Deferred: a copy brings the rows in the order of their ids.
        ForeignKeyConstraint(
            ["village_id", "same_deed"],
            ["score.village_id", "score.id"],
            name="fk_score_same_deed",
            deferrable=True,
            initially="DEFERRED",
        ),
        unique("meeting_id", "number"),
        one_of("status", ("entered", "published", "contested", "withdrawn", "posted")),
        CheckConstraint(
            "(points >= 0 and counted_points between 0 and points)"
            " or (points < 0 and counted_points between points and 0)",
            name="counted_points",
        ),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("length(counted_in) = 7", name="counted_in"),
        CheckConstraint("(status = 'posted') = (posted_at is not null)", name="posted"),
        CheckConstraint("log_index is null or status = 'posted'", name="log_index"),
        CheckConstraint("same_deed <> id", name="same_deed"),
        index(*_BY_PERSON, name="ix_score_village_id_participant_id"),
        index(*_BY_MONTH, name="ix_score_village_id_counted_in"),
        # For lists of 100,000 scores: page by page, how many of a meeting are in which state, and sums.
        index("entered_at", "id", name="ix_score_village_id_entered_at"),
        index("meeting_id", "status", "counted_points", name="ix_score_village_id_meeting_id_status"),
    )

    id: str = Field(primary_key=True)
    meeting_id: str
    number: int
    participant_id: str
    item_id: str
    item_code: str
    occurred_on: date
    quantity: int | None = Field(default=None, sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
    counted_points: int = Field(sa_type=BigInteger)
    counted_in: str
    late: bool = False
    note: str = ""
    remark: str = ""
    recused: str = ""
    status: str = "entered"
    entered_by: str
    entered_at: datetime = Field(sa_type=UtcDateTime)
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)
    same_deed: str | None = None


class CorrectionRow(VillageTable, table=True):
    """One score put right: the new version `score_id` stands for the one it `corrects`, by two people.

    With `reverses` the old one was posted, and its entry is posted back when the new one is, in
    `taken_back_in`; else an objection put it right before. Where `days` is given it hangs so many after the
    recorded hanging of its own paper, until `ends_on`; it is posted once or dropped once; `struck`: there
    should have been no score at all.
    """

    __tablename__ = "score_correction"
    __table_args__ = (
        references("score", corrects="id"),
        # The correction comes first: a guard lets a new version into closed minutes only under one.
        ForeignKeyConstraint(
            ["village_id", "score_id"],
            ["score.village_id", "score.id"],
            name="fk_score_correction_score",
            deferrable=True,
            initially="DEFERRED",
        ),
        references("log_entry", reversal_index="log_index"),
        CheckConstraint("version >= 2", name="version"),
        CheckConstraint("score_id <> corrects", name="another_score"),
        CheckConstraint("requested_by <> confirmed_by", name="two_people"),
        CheckConstraint("reason <> ''", name="reason_stated"),
        CheckConstraint("posted_at is null or dropped_at is null", name="ends_once"),
        CheckConstraint("reverses or posted_at is null", name="posted"),
        CheckConstraint("(posted_at is null) = (taken_back_in is null)", name="taken_back_in"),
        CheckConstraint("reversal_index is null or posted_at is not null", name="reversal_index"),
        CheckConstraint("days between 1 and 60", name="days"),
        CheckConstraint(
            "hung_on is null or (ends_on > hung_on and days is not null)", name="ends_after_its_hanging"
        ),
        CheckConstraint(
            # One from before hangings were recorded has a last day alone.
            "(days is null or (hung_on is null) = (ends_on is null)) and (hung_on is null) = (place is null)"
            " and (hung_on is null) = (hung_at is null) and (hung_on is null) = (hung_by is null)",
            name="hung_by_somebody",
        ),
        CheckConstraint("posted_at is null or days is null or hung_on is not null", name="posted_once_hung"),
        index("corrects", name="uq_score_correction_corrects", unique=True, where="dropped_at is null"),
        index("taken_back_in", name="ix_score_correction_taken_back_in"),
    )

    score_id: str = Field(primary_key=True)
    corrects: str
    version: int
    struck: bool = False
    reverses: bool = True
    reason: str
    requested_by: str
    confirmed_by: str
    corrected_at: datetime = Field(sa_type=UtcDateTime)
    days: int | None = None
    place: str | None = None
    hung_on: date | None = None
    hung_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hung_by: str | None = None
    ends_on: date | None = None
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_in: str | None = None
    reversal_index: int | None = Field(default=None, sa_type=BigInteger)


GUARDS = (*row_guards.GUARDS, *MEETING_GUARDS, *CALL_GUARDS, *MARK_GUARDS)

_CORRECTED = {name: name for name in ("corrects", "version", "struck", "reason", "confirmed_by", "days")}
_HUNG = {name: name for name in ("place", "hung_on", "hung_at", "ends_on")}

WITNESSES = (
    *SCHEME_WITNESSES,
    *declare(
        Witnessed(table="meeting_attendance", kinds=("minutes_closed",)),
        Witnessed(table="meeting_note", added_only=True),
        Witnessed(
            table="score",
            kinds=("minutes_closed", "award", "deduction", "score_corrected", "correction"),
            # The entry that posts a score says these in words: thousands are settled at once.
            leaving=frozenset({"status", "posted_at", "log_index", "counted_in", "late"}),
            left_by="log_index",
            at_once=False,
        ),
        Witnessed(
            table="score_correction",
            kinds=("score_corrected", "correction_hung"),
            named_by={
                "score_corrected": with_columns(
                    by_words(score_id="score", requested_by="actor", **_CORRECTED), hung_on=None
                ),
                "correction_hung": by_words(score_id="score", hung_by="actor", **_HUNG),
            },
        ),
    ),
)
