"""The proof's table: one anchor for each closed month."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.village_tables import VillageTable, references, unique
from pointsbank.witness import Checked, declare


class AnchorRow(VillageTable, table=True):
    """The anchor (存证码) of a closed month, with the very bytes that were hashed."""

    __tablename__ = "anchor"
    __table_args__ = (
        references("closed_month", "month"),
        references("log_entry", "log_index"),
        unique("log_index"),
        unique("digest"),
        CheckConstraint("length(digest) = 32", name="digest_length"),
        CheckConstraint("log_index >= 0", name="log_index"),
    )

    month: str = Field(primary_key=True)
    log_index: int = Field(sa_type=BigInteger)
    content: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=UtcDateTime)


GUARDS = append_only("anchor")

WITNESSES = declare(
    Checked(table="anchor", by="verifying: tree, amounts, the anchors before it", kinds=("month_closed",))
)
