"""The table of households that asked, by their signature, to stand on no board at all."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, references
from pointsbank.witness import Witnessed, declare

_BACK = "(back_on is null) = (back_by is null) and (back_on is null) = (back_at is null)"


class BoardLeaveRow(VillageTable, table=True):
    """From when to when a household stands on no board, and who was there when it signed."""

    __tablename__ = "board_leave"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("back_on >= signed_on", name="back_after"),
        CheckConstraint(_BACK, name="back_recorded"),
        index("participant_id", name="uq_board_leave_in_force", unique=True, where="back_on is null"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    signed_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    back_on: date | None = None
    back_by: str | None = None
    back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


LEAVE_GUARDS = (
    Guard("board_leave", "UPDATE", unless="OLD.back_on IS NULL"),
    Guard("board_leave", "DELETE"),
)

WITNESSES = declare(
    Witnessed(
        table="board_leave",
        kinds=("boards_left", "boards_rejoined"),
        named_by={
            "boards_left": with_columns(
                by_words(
                    id="leave", participant_id="participant", signed_on="signed_on", recorded_by="actor"
                ),
                back_on=None,
            ),
            "boards_rejoined": by_words(id="leave", back_on="back_on", back_by="actor"),
        },
    )
)
