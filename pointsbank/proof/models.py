"""The proof's table: one anchor for each closed month."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only


class AnchorRow(SQLModel, table=True):
    """The anchor (存证码) of a closed month, with the very bytes that were hashed."""

    __tablename__ = "anchor"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "month"], ["closed_month.village_id", "closed_month.month"]),
        ForeignKeyConstraint(["village_id", "log_index"], ["log_entry.village_id", "log_entry.log_index"]),
        UniqueConstraint("village_id", "log_index"),
        UniqueConstraint("village_id", "digest"),
        CheckConstraint("length(digest) = 32", name="digest_length"),
        CheckConstraint("log_index >= 0", name="log_index"),
    )

    village_id: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    log_index: int = Field(sa_type=BigInteger)
    content: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=UtcDateTime)


GUARDS = append_only("anchor")
