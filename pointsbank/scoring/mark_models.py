"""The tables of judged items: what is put before the panel, each judge's mark, codes of their telephones."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.labels.mark_way import MARK_WAY
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, unique
from pointsbank.witness import Unwitnessed, Witnessed, declare


class CaseRow(VillageTable, table=True):
    """One household and one judged item put before a meeting's panel, until it has a score or is dropped."""

    __tablename__ = "meeting_case"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        references("participant", participant_id="id"),
        references("scheme_item", item_id="id"),
        references("score", score_id="id"),
        unique("meeting_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint(
            "(score_id is null) = (drawn_by is null) and (score_id is null) = (drawn_at is null)",
            name="drawn_by_somebody",
        ),
        CheckConstraint("(dropped_by is null) = (dropped_at is null)", name="dropped_by_somebody"),
        CheckConstraint("score_id is null or dropped_at is null", name="ends_once"),
        index(
            "meeting_id",
            "participant_id",
            "item_id",
            "occurred_on",
            name="uq_meeting_case_open",
            unique=True,
            where="score_id is null and dropped_at is null",
        ),
        index("score_id", name="uq_meeting_case_score", unique=True),
    )

    id: str = Field(primary_key=True)
    meeting_id: str
    number: int
    participant_id: str
    item_id: str
    occurred_on: date
    put_by: str
    put_at: datetime = Field(sa_type=UtcDateTime)
    score_id: str | None = None
    drawn_by: str | None = None
    drawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_by: str | None = None
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MarkRow(VillageTable, table=True):
    """The mark of one judge, by the place in the minutes, for one case; hundredths without sign.

    `given_by`: the account at whose screen it was given; for a telephone the one that showed its code.
    """

    __tablename__ = "meeting_mark"
    __table_args__ = (
        references("meeting_case", case_id="id"),
        references("meeting_attendance", "meeting_id", "position"),
        one_of("way", MARK_WAY.codes),
        CheckConstraint("mark >= 0", name="mark"),
    )

    case_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    meeting_id: str
    mark: int = Field(sa_type=BigInteger)
    way: str
    given_by: str
    given_at: datetime = Field(sa_type=UtcDateTime)


class MarkCodeRow(VillageTable, table=True):
    """The code of one judge of an open meeting, by digest; once a telephone took it, that one's secret."""

    __tablename__ = "meeting_mark_code"
    __table_args__ = (
        references("meeting_attendance", "meeting_id", "position"),
        CheckConstraint("(taken_at is null) = (phone is null)", name="taken"),
        CheckConstraint("(digest is null) = (phone is not null)", name="digest"),
        index("digest", name="ix_meeting_mark_code_digest"),
        index("phone", name="ix_meeting_mark_code_phone"),
    )

    meeting_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str | None = None
    phone: str | None = None
    shown_by: str
    shown_at: datetime = Field(sa_type=UtcDateTime)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def _marks(words: Words) -> Iterator[Stated]:
    """Yield the marks that one judge gave at once."""
    for case, mark in words["marks"]:
        yield Stated(
            {
                "case_id": case,
                "position": words["position"],
                "meeting_id": words["meeting"],
                "mark": mark,
                "way": words["way"],
                "given_by": words["actor"],
            }
        )


_OPEN_MEETING = (
    "EXISTS (SELECT 1 FROM meeting m WHERE m.village_id = NEW.village_id AND m.id = NEW.meeting_id"
    " AND m.status = 'open')"
)
_OPEN_CASE = (
    "EXISTS (SELECT 1 FROM meeting_case c WHERE c.village_id = NEW.village_id AND c.id = NEW.case_id"
    " AND c.meeting_id = NEW.meeting_id AND c.score_id IS NULL AND c.dropped_at IS NULL)"
)
_SAME_CASE = " AND ".join(
    f"NEW.{column} = OLD.{column}"
    for column in (
        *("village_id", "id", "meeting_id", "number", "participant_id", "item_id", "occurred_on"),
        *("put_by", "put_at"),
    )
)
_SAME_MARK = " AND ".join(
    f"NEW.{column} = OLD.{column}" for column in ("village_id", "case_id", "position", "meeting_id")
)

MARK_GUARDS = (
    Guard("meeting_case", "INSERT", unless=_OPEN_MEETING),
    Guard(
        "meeting_case",
        "UPDATE",
        unless=f"OLD.score_id IS NULL AND OLD.dropped_at IS NULL AND {_SAME_CASE} AND {_OPEN_MEETING}",
    ),
    Guard("meeting_case", "DELETE"),
    # A mark is given and changed until the case has its score or is dropped, and never goes.
    Guard("meeting_mark", "INSERT", unless=_OPEN_CASE),
    Guard("meeting_mark", "UPDATE", unless=f"{_SAME_MARK} AND {_OPEN_CASE}"),
    Guard("meeting_mark", "DELETE"),
)

WITNESSES = declare(
    Witnessed(
        table="meeting_case",
        kinds=("case_put", "case_drawn", "case_dropped"),
        named_by={
            "case_put": with_columns(
                by_words(
                    id="case",
                    meeting_id="meeting",
                    number="number",
                    participant_id="participant",
                    item_id="item",
                    occurred_on="occurred_on",
                    put_by="actor",
                ),
                score_id=None,
                dropped_by=None,
            ),
            "case_drawn": by_words(id="case", score_id="score", drawn_by="actor"),
            "case_dropped": by_words(id="case", dropped_by="actor"),
        },
    ),
    Witnessed(table="meeting_mark", kinds=("marks_given",), named_by={"marks_given": _marks}),
    Unwitnessed(
        "ticket",
        "the digest of a judge's code, gone when the meeting closes; that one was shown, an entry says",
        table="meeting_mark_code",
    ),
)
