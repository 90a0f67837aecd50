"""The table of approvals: acts that wait for a second person's yes, and how each ended."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare

STATUSES = ("waiting", "confirmed", "declined", "withdrawn", "expired")


class ApprovalRow(VillageTable, table=True):
    """One act that somebody requested; it waits, and ends once.

    `terms` is what the act needs (ids, as canonical JSON), never a secret: the log tells it too.
    `on_screen` is true where the second person gave a code on the first one's screen.
    """

    __tablename__ = "approval"
    __table_args__ = (
        references_village(),
        references("log_entry", requested_index="log_index"),
        references("log_entry", ended_index="log_index"),
        one_of("status", STATUSES),
        CheckConstraint("(status = 'waiting') = (ended_at is null)", name="ended_at"),
        CheckConstraint("(status = 'waiting') = (ended_index is null)", name="ended_index"),
        CheckConstraint("(status in ('waiting', 'expired')) = (ended_by is null)", name="ended_by"),
        CheckConstraint(
            "status not in ('confirmed', 'declined') or ended_by <> requested_by", name="two_people"
        ),
        CheckConstraint("status <> 'withdrawn' or ended_by = requested_by", name="withdrawn_by"),
        CheckConstraint("status <> 'confirmed' or ended_at < expires_at", name="in_time"),
        CheckConstraint("expires_at > requested_at", name="lasts"),
        CheckConstraint("(status = 'declined') or reason = ''", name="reason"),
        index("kind", "subject", unique=True, where="ended_at is null"),
        index("requested_index"),
    )

    id: str = Field(primary_key=True)
    kind: str
    subject: str
    terms: str
    requested_by: str
    requested_at: datetime = Field(sa_type=UtcDateTime)
    requested_index: int = Field(sa_type=BigInteger)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    status: str = "waiting"
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_index: int | None = Field(default=None, sa_type=BigInteger)
    on_screen: bool = False
    reason: str = ""


_KEPT = ("id", "kind", "subject", "terms", "requested_by", "requested_at", "requested_index", "expires_at")
GUARDS = (
    Guard(
        "approval",
        "UPDATE",
        unless=" AND ".join(["OLD.ended_at IS NULL", *(f"NEW.{column} = OLD.{column}" for column in _KEPT)]),
    ),
    Guard("approval", "DELETE"),
)

_ENDS = ("confirmed", "declined", "withdrawn", "expired")
_STATED = by_words(id="approval", kind="kind")
WITNESSES = declare(
    Witnessed(
        table="approval",
        kinds=("approval_requested", *(f"approval_{status}" for status in _ENDS)),
        named_by={
            "approval_requested": with_columns(
                by_words(id="approval", kind="kind", requested_by="actor"), status="waiting"
            ),
            **{f"approval_{status}": with_columns(_STATED, status=status) for status in _ENDS},
        },
    )
)
