"""The tables of attachments: what is known of each for good, its bytes while they stay, and its removal."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from pointsbank.attachments.content import MAXIMUM_BYTES
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.labels.attachment_owner import ATTACHMENT_OWNER
from pointsbank.labels.attachment_removal import ATTACHMENT_REMOVAL
from pointsbank.labels.media_type import MEDIA_TYPE
from pointsbank.naming import by_words
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Checked, Witnessed, declare


class AttachmentRow(VillageTable, table=True):
    """What is known of a file that belongs to something: never changed, and still known once it is gone.

    `until` is the last day on which it is there at most; `participant_id` whom it is about, if it is about
    one household.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        unique("owner_kind", "owner_id", "number"),
        index("participant_id", name="ix_attachment_participant_id"),
        index("until"),
        one_of("owner_kind", ATTACHMENT_OWNER.codes),
        one_of("media_type", MEDIA_TYPE.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        CheckConstraint(f"size between 1 and {MAXIMUM_BYTES}", name="size"),
        CheckConstraint("until >= added_on", name="stays_a_day"),
    )

    id: str = Field(primary_key=True)
    owner_kind: str
    owner_id: str
    number: int
    participant_id: str | None = None
    sha256: str
    media_type: str
    size: int
    until: date
    added_on: date
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str


class AttachmentContentRow(VillageTable, table=True):
    """The bytes of an attachment: written with it, and deleted only once its removal is written."""

    __tablename__ = "attachment_content"
    __table_args__ = (
        references("attachment", attachment_id="id"),
        CheckConstraint(f"length(content) between 1 and {MAXIMUM_BYTES}", name="length"),
    )

    attachment_id: str = Field(primary_key=True)
    # Whoever reads this table reads few rows at a time.
    content: bytes = Field(sa_type=LargeBinary, sa_column_kwargs={"info": {"wide": True}})


class AttachmentRemovalRow(VillageTable, table=True):
    """Why an attachment's bytes are gone; `due_on`: the last day on which they were needed."""

    __tablename__ = "attachment_removal"
    __table_args__ = (
        references("attachment", attachment_id="id"),
        one_of("reason", ATTACHMENT_REMOVAL.codes),
        CheckConstraint("(due_on is null) = (reason in ('withdrawn', 'erased'))", name="due_given"),
        CheckConstraint("due_on < removed_on", name="due"),
    )

    attachment_id: str = Field(primary_key=True)
    reason: str
    due_on: date | None = None
    removed_on: date
    removed_at: datetime = Field(sa_type=UtcDateTime)
    removed_by: str


_OF_THE_SAME = "village_id = {row}.village_id AND {id} = {row}.attachment_id"
_MINE = "SELECT 1 FROM attachment WHERE " + _OF_THE_SAME.format(row="NEW", id="id")
_REMOVED = "SELECT 1 FROM attachment_removal WHERE " + _OF_THE_SAME.format(row="OLD", id="attachment_id")

GUARDS = (
    *append_only("attachment", "attachment_removal"),
    Guard("attachment_content", "INSERT", unless=f"EXISTS ({_MINE} AND size = length(NEW.content))"),
    Guard("attachment_content", "UPDATE"),
    Guard("attachment_content", "DELETE", unless=f"EXISTS ({_REMOVED})"),
    # What was to stay until a day is due then; its owner may have been over before.
    Guard(
        "attachment_removal",
        "INSERT",
        unless=f"NEW.reason IN ('withdrawn', 'erased') OR EXISTS ({_MINE} AND NEW.due_on <= until)",
    ),
)

WITNESSES = declare(
    Witnessed(
        table="attachment",
        kinds=("attachment_added",),
        added_only=True,
        named_by={
            "attachment_added": by_words(
                id="attachment",
                owner_kind="owner_kind",
                owner_id="owner",
                number="number",
                participant_id="participant",
                sha256="sha256",
                media_type="media_type",
                size="size",
                until="until",
                added_by="actor",
            )
        },
    ),
    Checked(table="attachment_content", by="the audit: SHA-256 and size that its attachment states"),
    Witnessed(
        table="attachment_removal",
        kinds=("attachment_removed",),
        added_only=True,
        named_by={
            "attachment_removed": by_words(
                attachment_id="attachment", reason="reason", due_on="due_on", removed_by="actor"
            )
        },
    ),
)
