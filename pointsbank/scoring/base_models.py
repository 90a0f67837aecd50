"""The table of base points: who was given which, for which period, and what became of them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.village_tables import VillageTable, index, references
from pointsbank.witness import Witnessed, declare


class BaseGrantRow(VillageTable, table=True):
    """What one participant was given of one base item for one period: once, and ended once at most.

    Amounts are hundredths. With `clears` what is left is taken back after `ends_on`; `ended_before` is the
    first entry of the log that no longer counts against it, `taken_*` what was taken back.
    """

    __tablename__ = "base_grant"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("scheme_item", item_id="id"),
        references("transaction", "log_index"),
        CheckConstraint("length(period) between 4 and 7", name="period_length"),
        CheckConstraint("(begins_on is null) = (ends_on is null) and begins_on <= ends_on", name="days"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("not clears or ends_on is not null", name="clears_at_an_end"),
        CheckConstraint(
            "(ended_at is null) = (ended_before is null) and (ended_at is null) = (taken_points is null)"
            " and (ended_at is null) = (taken_honour is null)",
            name="ended_whole",
        ),
        CheckConstraint("taken_points between 0 and amount", name="taken_points"),
        CheckConstraint("taken_honour between 0 and amount", name="taken_honour"),
        CheckConstraint("redeemable or taken_points is null or taken_points = 0", name="taken_of_its_unit"),
        index("item_code", "period", "participant_id", name="ix_base_grant_village_id_item_code"),
        index("clears", "ends_on", name="ix_base_grant_village_id_open", where="ended_at is null"),
    )

    participant_id: str = Field(primary_key=True)
    item_code: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    item_id: str
    begins_on: date | None = None
    ends_on: date | None = None
    amount: int = Field(sa_type=BigInteger)
    redeemable: bool
    clears: bool
    given_by: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    log_index: int = Field(sa_type=BigInteger)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_before: int | None = Field(default=None, sa_type=BigInteger)
    taken_points: int | None = Field(default=None, sa_type=BigInteger)
    taken_honour: int | None = Field(default=None, sa_type=BigInteger)


_GIVEN = (
    *("village_id", "participant_id", "item_code", "period", "item_id", "begins_on", "ends_on", "amount"),
    *("redeemable", "clears", "given_by", "given_at", "log_index"),
)
BASE_GUARDS = (
    Guard(
        "base_grant",
        "UPDATE",
        unless="OLD.ended_at IS NULL AND "
        + " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _GIVEN),
    ),
    Guard("base_grant", "DELETE"),
)

WITNESSES = declare(Witnessed(table="base_grant"))
