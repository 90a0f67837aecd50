"""The tables of indices: what a resolution lets count, and each closed month's figures."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.indices.measuring import CLEAR_SHARE, FULL_MARK, HOUSEHOLD, KINDS, PLACE
from pointsbank.naming import Stated, Words, by_words
from pointsbank.village_tables import VillageTable, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class AdoptionRow(VillageTable, table=True):
    """One resolution about the indices; a later one stands for it from its month on."""

    __tablename__ = "index_adoption"
    __table_args__ = (
        references_village(),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("resolution <> ''", name="resolution"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    resolution: str
    from_month: str
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class RuleRow(VillageTable, table=True):
    """What one index counts under one adoption; `counted`: a JSON list of codes and categories."""

    __tablename__ = "index_rule"
    __table_args__ = (
        references("index_adoption", "number"),
        one_of("kind", KINDS),
        one_of("measure", (FULL_MARK, CLEAR_SHARE)),
        one_of("whose", (HOUSEHOLD, PLACE)),
        CheckConstraint("counted <> ''", name="counted"),
        CheckConstraint("(measure = 'full_mark') = (per_fault > 0)", name="per_fault"),
        CheckConstraint("per_fault between 0 and 10000", name="per_fault_least"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    measure: str
    whose: str
    counted: str
    per_fault: int
    inspections: bool


class FigureRow(VillageTable, table=True):
    """One index of one closed month; `value` in hundredths, null where there was nobody to look at."""

    __tablename__ = "index_figure"
    __table_args__ = (
        references("closed_month", "month"),
        references("index_rule", "number", "kind"),
        one_of("kind", KINDS),
        CheckConstraint("value between 0 and 10000", name="value"),
        CheckConstraint(
            "subjects >= 0 AND affected >= 0 AND affected <= subjects AND faults >= affected", name="counts"
        ),
    )

    month: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    number: int
    subjects: int
    affected: int
    faults: int
    value: int | None = None


GUARDS = append_only("index_adoption", "index_rule", "index_figure")


def _rules(words: Words) -> Iterator[Stated]:
    """Yield what the entry of an adoption says of each index."""
    for rule in words["rules"]:
        yield Stated({"number": words["number"], **rule})


WITNESSES = declare(
    Witnessed(
        table="index_adoption",
        kinds=("index_rules_adopted",),
        added_only=True,
        named_by={
            "index_rules_adopted": by_words(
                number="number", resolution="resolution", from_month="from_month", adopted_by="actor"
            )
        },
    ),
    Witnessed(
        table="index_rule",
        kinds=("index_rules_adopted",),
        added_only=True,
        named_by={"index_rules_adopted": _rules},
    ),
    Witnessed(table="index_figure", kinds=("month_closed",), added_only=True),
)
