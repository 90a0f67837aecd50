"""The tables of the year's end: what the village resolved, each run, and what a run did to each account."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class YearEndRuleRow(VillageTable, table=True):
    """What becomes of points and honour when the year is over, by a resolution from a day on.

    `ceiling` in hundredths; `rate` in hundredths of honour for a point; `month` and `day` of the next year.
    """

    __tablename__ = "year_end_rule"
    __table_args__ = (
        references_village(),
        one_of("points", YEAR_END_POINTS.codes),
        one_of("honour", YEAR_END_HONOUR.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(points = 'ceiling') = (ceiling is not null) and ceiling > 0", name="ceiling_given"),
        CheckConstraint(
            "(points = 'to_honour') = (rate is not null) and rate between 1 and 10000", name="rate_given"
        ),
        CheckConstraint("month between 1 and 3 and day between 1 and 31", name="day_of_the_year"),
        CheckConstraint("length(resolution) > 0", name="resolution_given"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    points: str
    ceiling: int | None = Field(default=None, sa_type=BigInteger)
    rate: int | None = None
    keeps_gifts: bool
    keeps_base: bool
    honour: str
    month: int
    day: int
    resolution: str
    from_date: date
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class YearEndRunRow(VillageTable, table=True):
    """One year's end as it was posted by two people, and whether two people undid it; sums in hundredths.

    `turn` is the first entry of the new year, `next_index` the first one after the run's own transactions.
    """

    __tablename__ = "year_end_run"
    __table_args__ = (
        references_village(),
        references("year_end_rule", rule_number="number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("year between 2000 and 2099", name="year"),
        CheckConstraint("confirmed_by <> posted_by", name="two_people"),
        CheckConstraint("points_gone >= 0 and honour_given >= 0 and honour_gone >= 0", name="sums"),
        CheckConstraint(
            "(undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_second is null)"
            " and (undone_at is null) = (reason = '')",
            name="undone_whole",
        ),
        CheckConstraint("undone_by is null or undone_by <> undone_second", name="undone_by_two"),
        # A year ends once, whoever presses the button; what was undone may end again.
        index("year", name="uq_year_end_run_year", unique=True, where="undone_at is null"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    year: int
    rule_number: int
    turn: int = Field(sa_type=BigInteger)
    accounts: int
    points_gone: int = Field(sa_type=BigInteger)
    honour_given: int = Field(sa_type=BigInteger)
    honour_gone: int = Field(sa_type=BigInteger)
    posted_by: str
    confirmed_by: str
    posted_at: datetime = Field(sa_type=UtcDateTime)
    next_index: int = Field(sa_type=BigInteger)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str | None = None
    undone_second: str | None = None
    reason: str = ""


class YearEndLineRow(VillageTable, table=True):
    """What a run did to one participant's accounts, in hundredths; `transaction_index` where it moved any.

    `old` is what was left of the old year's points, < 0 where new ones had been spent too; `apart` what of it
    was kept apart.
    """

    __tablename__ = "year_end_line"
    __table_args__ = (
        references("year_end_run", run_number="number"),
        references("participant", participant_id="id"),
        CheckConstraint("gone >= 0 and honour_given >= 0 and honour_gone >= 0 and apart >= 0", name="sums"),
        CheckConstraint("gone <= points or gone = 0", name="never_more_than_there"),
        CheckConstraint(
            "(transaction_index is null) = (gone = 0 and honour_given = 0 and honour_gone = 0)",
            name="posted_where_moved",
        ),
    )

    run_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    participant_id: str = Field(primary_key=True)
    points: int = Field(sa_type=BigInteger)
    honour: int = Field(sa_type=BigInteger)
    old: int = Field(sa_type=BigInteger)
    apart: int = Field(sa_type=BigInteger)
    gone: int = Field(sa_type=BigInteger)
    honour_given: int = Field(sa_type=BigInteger)
    honour_gone: int = Field(sa_type=BigInteger)
    transaction_index: int | None = Field(default=None, sa_type=BigInteger)


_POSTED = (
    *("village_id", "number", "year", "rule_number", "turn", "accounts", "points_gone", "honour_given"),
    *("honour_gone", "posted_by", "confirmed_by", "posted_at", "next_index"),
)
_SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _POSTED)
GUARDS = (
    *append_only("year_end_rule", "year_end_line"),
    Guard("year_end_run", "INSERT", unless="NEW.undone_at IS NULL"),
    # What was undone stays undone.
    Guard("year_end_run", "UPDATE", unless=f"OLD.undone_at IS NULL AND {_SAME}"),
    Guard("year_end_run", "DELETE"),
)

_RULE = (
    *("number", "points", "ceiling", "rate", "keeps_gifts", "keeps_base", "honour", "month", "day"),
    *("resolution", "from_date"),
)
WITNESSES = declare(
    Witnessed(
        table="year_end_rule",
        kinds=("year_end_adopted",),
        added_only=True,
        named_by={
            "year_end_adopted": by_words(**{name: name for name in _RULE}, adopted_by="actor"),
        },
    ),
    Witnessed(
        table="year_end_run",
        kinds=("year_end_posted", "year_end_undone"),
        named_by={
            "year_end_posted": with_columns(
                by_words(
                    number="number",
                    year="year",
                    rule_number="rule",
                    turn="turn",
                    next_index="next_index",
                    accounts="accounts",
                    points_gone="points_gone",
                    honour_given="honour_given",
                    honour_gone="honour_gone",
                    posted_by="actor",
                    confirmed_by="second",
                ),
                undone_by=None,
            ),
            "year_end_undone": by_words(number="number", undone_by="actor", undone_second="second"),
        },
    ),
    Witnessed(table="year_end_line", kinds=("year_end_posted",), added_only=True),
)
