"""The table of exports: who took which list out of the program, and when."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.labels.export_form import EXPORT_FORM
from pointsbank.village_tables import VillageTable, index, one_of, references_village
from pointsbank.witness import Witnessed, declare


class ExportRecordRow(VillageTable, table=True):
    """One list taken out as a file: which, in what form, how many rows, by whom."""

    __tablename__ = "export_record"
    __table_args__ = (
        references_village(),
        one_of("form", EXPORT_FORM.codes),
        CheckConstraint("row_count >= 0", name="row_count"),
        CheckConstraint("length(list_name) between 1 and 40", name="list_name"),
        index("exported_at"),
    )

    id: str = Field(primary_key=True)
    list_name: str
    form: str
    row_count: int
    exported_by: str
    exported_at: datetime = Field(sa_type=UtcDateTime)


EXPORT_GUARDS = append_only("export_record")

EXPORT_WITNESSES = declare(Witnessed(table="export_record", at_once=False, added_only=True, by_reading=True))
