"""The tables of spot checks: how many are drawn of a month, the dice, and what was found on the spot."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.village_tables import VillageTable, one_of, references
from pointsbank.witness import Witnessed, declare


class SpotCheckRow(VillageTable, table=True):
    """The draw of a closed month: so many of so many entries, and who signed what was found."""

    __tablename__ = "spot_check"
    __table_args__ = (
        references("anchor", "month"),
        references("log_entry", "log_index"),
        CheckConstraint("size between 1 and 100 and size <= population", name="size"),
        CheckConstraint("(signed_by is null) = (signed_at is null)", name="signed"),
        CheckConstraint("(sealed_by is null) = (sealed_at is null)", name="sealed"),
        CheckConstraint("(sealed_by is null) = (log_index is null)", name="sealed_logged"),
        CheckConstraint("sealed_by is null or signed_by is not null", name="signed_before"),
        CheckConstraint("sealed_by is null or sealed_by <> signed_by", name="two_people"),
    )

    month: str = Field(primary_key=True)
    size: int
    population: int
    planned_by: str
    planned_at: datetime = Field(sa_type=UtcDateTime)
    signed_by: str | None = None
    signed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed_by: str | None = None
    sealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


class SpotCheckThrowRow(VillageTable, table=True):
    """Ten dice as they were typed in; the second row of a month puts a slip of the pen right."""

    __tablename__ = "spot_check_throw"
    __table_args__ = (
        references("spot_check", "month"),
        references("participant", thrower_id="id"),
        references("participant", witness_id="id"),
        CheckConstraint("number between 1 and 2", name="number"),
        CheckConstraint("length(dice) = 10", name="dice"),
        CheckConstraint("thrower_id <> witness_id", name="two_households"),
        CheckConstraint("(number = 2) = (reason <> '')", name="reason_given"),
    )

    month: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    dice: str
    thrower_id: str
    witness_id: str
    reason: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class SpotCheckAnswerRow(VillageTable, table=True):
    """What two people found of one drawn entry; of several answers the last one counts."""

    __tablename__ = "spot_check_answer"
    __table_args__ = (
        references("spot_check", "month"),
        references("log_entry", "log_index"),
        references("participant", first_id="id"),
        references("participant", second_id="id"),
        one_of("answer", SPOT_CHECK_ANSWER.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("first_id <> second_id", name="two_households"),
    )

    month: str = Field(primary_key=True)
    log_index: int = Field(primary_key=True, sa_type=BigInteger)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    answer: str
    note: str = ""
    first_id: str
    second_id: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


_FIXED = ("month", "size", "population", "planned_by", "planned_at")
_SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _FIXED)
_CHECK = " FROM spot_check AS own WHERE own.village_id = NEW.village_id AND own.month = NEW.month"
_FOUND = (
    "SELECT 1 FROM spot_check_answer AS found"
    " WHERE found.village_id = NEW.village_id AND found.month = NEW.month"
)
_KEPT = ("month", "log_index", "number", "answer", "first_id", "second_id", "recorded_by", "recorded_at")

_ENOUGH = "(NEW.size >= 10 OR NEW.size = NEW.population)"
_OWN = (
    'SELECT 1 FROM "transaction" AS moved JOIN score AS given'
    " ON given.village_id = moved.village_id AND given.id = moved.source_id"
    " WHERE moved.village_id = NEW.village_id AND moved.log_index = NEW.log_index"
    " AND moved.source_kind = 'score' AND given.participant_id IN (NEW.first_id, NEW.second_id)"
)

GUARDS = (
    Guard("spot_check", "INSERT", unless=f"NEW.signed_by IS NULL AND NEW.sealed_by IS NULL AND {_ENOUGH}"),
    # What is sealed stays as it is.
    Guard("spot_check", "UPDATE", unless=f"OLD.sealed_by IS NULL AND {_SAME}"),
    Guard("spot_check", "DELETE"),
    *append_only("spot_check_throw"),
    # No dice fall once something was looked at.
    Guard("spot_check_throw", "INSERT", unless=f"NOT EXISTS ({_FOUND})"),
    # Nobody looks at the own household's entry.
    Guard(
        "spot_check_answer",
        "INSERT",
        unless=f"EXISTS (SELECT 1{_CHECK} AND own.sealed_by IS NULL) AND NOT EXISTS ({_OWN})",
    ),
    Guard("spot_check_answer", "UPDATE", unless=erased_only(["note"], _KEPT)),
    Guard("spot_check_answer", "DELETE"),
)


def _answers(words: Words) -> Iterator[Stated]:
    """Yield what an entry says of each answer: its number in the log, which answer of it, what it is."""
    for index, number, answer in words["answers"]:
        columns: dict[str, Any] = {"month": words["month"], "log_index": index, "number": number}
        more = {"answer": answer, "first_id": words["first"], "second_id": words["second"]}
        yield Stated({**columns, **more, "recorded_by": words["actor"]})


WITNESSES = declare(
    Witnessed(
        table="spot_check",
        kinds=(
            *("spot_check_planned", "spot_check_answered"),
            *("spot_check_signed", "spot_check_sealed"),
        ),
        named_by={
            "spot_check_planned": with_columns(
                by_words(month="month", size="size", population="population", planned_by="actor"),
                signed_by=None,
                sealed_by=None,
            ),
            # Whoever changes an answer after the first signature takes it off.
            "spot_check_answered": with_columns(by_words(month="month"), signed_by=None),
            "spot_check_signed": by_words(month="month", signed_by="actor"),
            "spot_check_sealed": by_words(month="month", signed_by="first", sealed_by="actor"),
        },
    ),
    Witnessed(
        table="spot_check_throw",
        kinds=("spot_check_thrown",),
        added_only=True,
        named_by={
            "spot_check_thrown": by_words(
                month="month",
                number="number",
                dice="dice",
                thrower_id="thrower",
                witness_id="witness",
                recorded_by="actor",
            )
        },
    ),
    Witnessed(
        table="spot_check_answer",
        kinds=("spot_check_answered",),
        named_by={"spot_check_answered": _answers},
    ),
)
