"""The tables of grades: tables of bands by resolution, what a period came to, what was done about it."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.labels.grade_absence import GRADE_ABSENCE
from pointsbank.labels.grade_measure import GRADE_MEASURE
from pointsbank.labels.grade_period import GRADE_PERIOD
from pointsbank.labels.grade_sign import GRADE_SIGN
from pointsbank.naming import Stated, Words, by_words
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class GradeTableRow(VillageTable, table=True):
    """A table of bands from a day on, by a resolution; or with `is_end` the end of the one of that name.

    `kinds`: codes of kinds of participant, with commas between them.
    """

    __tablename__ = "grade_table"
    __table_args__ = (
        references_village(),
        one_of("period", GRADE_PERIOD.codes),
        one_of("measured_on", GRADE_MEASURE.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(name) between 1 and 40", name="name_given"),
        CheckConstraint("length(kinds) > 0", name="kinds_given"),
        CheckConstraint("length(resolution) > 0", name="resolution_given"),
        CheckConstraint("(measured_on in ('category', 'stars')) = (category <> '')", name="category_given"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    kinds: str
    period: str
    measured_on: str
    category: str = ""
    resolution: str
    from_date: date
    is_end: bool = False
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class GradeBandRow(VillageTable, table=True):
    """One band of a table, the highest first; `low` and `high` in hundredths, as `written` says."""

    __tablename__ = "grade_band"
    __table_args__ = (
        references("grade_table", table_number="number"),
        one_of("sign", ("", *GRADE_SIGN.codes)),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("length(name) between 1 and 20", name="name_given"),
        CheckConstraint("low <= high", name="low_before_high"),
    )

    table_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    sign: str
    low: int | None = Field(default=None, sa_type=BigInteger)
    low_included: bool
    high: int | None = Field(default=None, sa_type=BigInteger)
    high_included: bool
    written: str
    measure: str = ""


class GradeRow(VillageTable, table=True):
    """The grade of a participant in a period, frozen when its last month was closed; never changed.

    `value` in hundredths; `band`: the place of its band in the table, None where there is no grade.
    """

    __tablename__ = "grade"
    __table_args__ = (
        references("grade_table", table_number="number"),
        references("participant", participant_id="id"),
        references("village_group", group_id="id"),
        one_of("absence", ("", *GRADE_ABSENCE.codes)),
        CheckConstraint("absence in ('', 'restricted') or band is null", name="absent_without_band"),
        CheckConstraint("absence <> '' or (band is not null and value is not null)", name="graded"),
        index("participant_id", "period", name="ix_grade_village_id_participant_id"),
    )

    table_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    period: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    group_id: str | None = None
    value: int | None = Field(default=None, sa_type=BigInteger)
    band: int | None = None
    absence: str = ""
    month: str


class GradeMeasureRow(VillageTable, table=True):
    """That what a band asks for was done for one participant: by whom, on which day."""

    __tablename__ = "grade_measure"
    __table_args__ = (
        references("grade", table_number="table_number", period="period", participant_id="participant_id"),
        CheckConstraint("length(done_by) between 1 and 60", name="done_by_somebody"),
    )

    table_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    period: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    done_on: date
    done_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


GUARDS = append_only("grade_table", "grade_band", "grade", "grade_measure")

BAND_WORDS = ("name", "sign", "low", "low_included", "high", "high_included", "written", "measure")


def _bands(words: Words) -> Iterator[Stated]:
    """Yield what the entry of a table says of each of its bands."""
    for position, band in enumerate(words["bands"]):
        columns = dict(zip(BAND_WORDS, band, strict=True))
        yield Stated({"table_number": words["number"], "position": position, **columns})


def _done(words: Words) -> Iterator[Stated]:
    """Yield what an entry says of each participant for whom a measure was done."""
    for participant in words["participants"]:
        yield Stated(
            {
                "table_number": words["table"],
                "period": words["period"],
                "participant_id": participant,
                "done_on": words["done_on"],
                "done_by": words["done_by"],
                "recorded_by": words["actor"],
            }
        )


WITNESSES = declare(
    Witnessed(
        table="grade_table",
        kinds=("grade_table_adopted",),
        added_only=True,
        named_by={
            "grade_table_adopted": by_words(
                number="number",
                name="name",
                kinds="kinds",
                period="period",
                measured_on="measured_on",
                category="category",
                resolution="resolution",
                from_date="from_date",
                is_end="is_end",
                adopted_by="actor",
            )
        },
    ),
    Witnessed(
        table="grade_band",
        kinds=("grade_table_adopted",),
        added_only=True,
        named_by={"grade_table_adopted": _bands},
    ),
    Witnessed(table="grade", kinds=("month_closed",), added_only=True),
    Witnessed(
        table="grade_measure",
        kinds=("grade_measure_done",),
        added_only=True,
        named_by={"grade_measure_done": _done},
    ),
)
