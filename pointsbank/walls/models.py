"""The table of papers that hang on walls: of what, where, in which size, since when, until when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.labels.wall_paper import WALL_PAPER
from pointsbank.village_tables import VillageTable, index, one_of, references_village
from pointsbank.witness import Witnessed, declare


class WallCopyRow(VillageTable, table=True):
    """One paper on one wall; `subject_id`: id of a notice, listing, score or title, or a month.

    `take_down_on` is the day on which it comes off, if nothing happens before.
    """

    __tablename__ = "wall_copy"
    __table_args__ = (
        references_village(),
        one_of("paper", WALL_PAPER.codes),
        one_of("size", PAPER_SIZE.codes),
        CheckConstraint("place <> ''", name="place_given"),
        CheckConstraint("take_down_on >= hung_on", name="comes_off_later"),
        CheckConstraint("taken_on >= hung_on", name="taken_later"),
        CheckConstraint(
            "(taken_on IS NULL) = (taken_by IS NULL) AND (taken_on IS NULL) = (taken_at IS NULL)",
            name="taken_whole",
        ),
        index(
            "paper", "subject_id", "place", name="uq_wall_copy_hanging", unique=True, where="taken_on is null"
        ),
    )

    id: str = Field(primary_key=True)
    paper: str
    subject_id: str
    place: str
    size: str
    hung_on: date
    take_down_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    taken_on: date | None = None
    taken_by: str | None = None
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_HUNG = [name for name in WallCopyRow.model_fields if not name.startswith("taken_")]
_SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _HUNG)

GUARDS = (
    Guard("wall_copy", "INSERT", unless="NEW.taken_on IS NULL"),
    Guard("wall_copy", "UPDATE", unless=f"OLD.taken_on IS NULL AND {_SAME}"),
    Guard("wall_copy", "DELETE"),
)

WITNESSES = declare(Witnessed(table="wall_copy"))
