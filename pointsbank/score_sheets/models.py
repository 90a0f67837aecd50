"""The tables of score sheets: what was printed, what was read from photos, and what was entered of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.naming import by_words
from pointsbank.village_tables import VillageTable, index, references, references_village
from pointsbank.witness import Witnessed, declare

NUMBER_LENGTH = 10


class ScoreSheetRow(VillageTable, table=True):
    """One page as it was printed: its number stands in its corners; whose and which item each box is.

    `items` (codes) and `people` (ids) are JSON lists: columns of boxes from the left, rows from above.
    `first` is the number of the first page of the same print.
    """

    __tablename__ = "score_sheet"
    __table_args__ = (
        references_village(),
        references("meeting", meeting_id="id"),
        references("village_group", group_id="id"),
        CheckConstraint(f"length(number) = {NUMBER_LENGTH}", name="number_length"),
        CheckConstraint("page between 1 and pages", name="page"),
        index("meeting_id", "group_id", "first", "page", name="ix_score_sheet_village_id_meeting_id"),
    )

    number: str = Field(primary_key=True)
    meeting_id: str
    group_id: str
    first: str
    page: int
    pages: int
    items: str
    people: str
    printed_at: datetime = Field(sa_type=UtcDateTime)
    printed_by: str


class ScoreSheetReadingRow(VillageTable, table=True):
    """What the boxes on a photo of a page said, one character each (`marks`); the last one counts."""

    __tablename__ = "score_sheet_reading"
    __table_args__ = (
        references("score_sheet", sheet="number"),
        references("attachment", photo_id="id"),
        references("attachment", cutouts_id="id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(answers) between 1 and 696", name="answers_length"),
    )

    sheet: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    answers: str
    photo_id: str
    cutouts_id: str | None = None
    read_at: datetime = Field(sa_type=UtcDateTime)
    read_by: str


class ScoreSheetEntryRow(VillageTable, table=True):
    """What a person confirmed of a page, once: `ticks` as they were entered, and the scores that came of it.

    `first` and `last` are the scores' numbers within the meeting; none where nothing was ticked.
    """

    __tablename__ = "score_sheet_entry"
    __table_args__ = (
        references("score_sheet_reading", sheet="sheet", reading="number"),
        CheckConstraint("length(ticks) between 1 and 696", name="ticks_length"),
        CheckConstraint("(first is null) = (last is null)", name="span"),
        CheckConstraint("first <= last", name="span_order"),
    )

    sheet: str = Field(primary_key=True)
    reading: int
    ticks: str
    first: int | None = None
    last: int | None = None
    entered_at: datetime = Field(sa_type=UtcDateTime)
    entered_by: str


GUARDS = append_only("score_sheet", "score_sheet_reading", "score_sheet_entry")

WITNESSES = declare(
    Witnessed(
        table="score_sheet",
        kinds=("score_sheet_printed",),
        added_only=True,
        named_by={
            "score_sheet_printed": by_words(
                number="sheet",
                meeting_id="meeting",
                group_id="group",
                first="first",
                page="page",
                pages="pages",
                items="items",
                people="people",
                printed_by="actor",
            )
        },
    ),
    Witnessed(
        table="score_sheet_reading",
        kinds=("score_sheet_read",),
        added_only=True,
        named_by={
            "score_sheet_read": by_words(
                sheet="sheet",
                number="number",
                answers="answers",
                photo_id="photo",
                cutouts_id="cutouts",
                read_by="actor",
            )
        },
    ),
    Witnessed(
        table="score_sheet_entry",
        kinds=("score_sheet_entered",),
        added_only=True,
        named_by={
            "score_sheet_entered": by_words(
                sheet="sheet",
                reading="reading",
                ticks="ticks",
                first="first",
                last="last",
                entered_by="actor",
            )
        },
    ),
)
