"""The tables of the scheme: its versions, and the items of each."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.village_tables import VillageTable, one_of, references, references_village, unique
from pointsbank.witness import Witnessed, declare


class SchemeRow(VillageTable, table=True):
    """One version of a village's rules: a draft until a resolution adopts it, then never changed."""

    __tablename__ = "scheme"
    __table_args__ = (
        references_village(),
        unique("version"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("status in ('draft', 'adopted')", name="status"),
        CheckConstraint(
            "(status = 'adopted') = (from_date is not null and adopted_at is not null"
            " and log_index is not null)",
            name="adopted",
        ),
        CheckConstraint("(status = 'adopted') = (length(resolution) > 0)", name="resolution"),
    )

    id: str = Field(primary_key=True)
    version: int
    status: str = "draft"
    resolution: str = ""
    from_date: date | None = None
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str | None = None
    adopted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


class ItemRow(VillageTable, table=True):
    """One rule of one version; points are hundredths and never negative: the direction says it."""

    __tablename__ = "scheme_item"
    __table_args__ = (
        references("scheme", scheme_id="id"),
        unique("scheme_id", "code"),
        unique("scheme_id", "position"),
        CheckConstraint("length(code) between 1 and 32 and length(title) between 1 and 200", name="lengths"),
        CheckConstraint("direction in ('plus', 'minus', 'veto')", name="direction"),
        # Only the stored form: which shapes there are, and what their terms mean, `shapes` says.
        CheckConstraint(
            "length(shape) between 1 and 32 and ltrim(shape, 'abcdefghijklmnopqrstuvwxyz0123456789_') = ''",
            name="shape",
        ),
        CheckConstraint("substr(terms, 1, 1) = '{' and substr(terms, length(terms), 1) = '}'", name="terms"),
        CheckConstraint("points >= 0", name="amounts"),
        one_of("cap_period", ("", "day", "month", "quarter", "half_year", "year", "ever", "week")),
        CheckConstraint("cap_points > 0 and cap_times > 0", name="caps"),
        CheckConstraint("double_months between 0 and 120", name="double_months"),
    )

    id: str = Field(primary_key=True)
    scheme_id: str
    position: int
    code: str
    category: str = ""
    title: str
    direction: str
    shape: str
    points: int | None = Field(default=None, sa_type=BigInteger)
    unit: str = ""
    cap_period: str = ""
    cap_points: int | None = Field(default=None, sa_type=BigInteger)
    cap_times: int | None = None
    evidence: str = ""
    applies_to: str = ""
    legal_basis: str = ""
    scored_in: str = ""
    double_months: int = 0
    terms: str = "{}"


SCHEME_WITNESSES = declare(
    Witnessed(table="scheme", kinds=("scheme_adopted",)),
    Witnessed(table="scheme_item", kinds=("scheme_adopted",)),
)
