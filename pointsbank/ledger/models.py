"""The ledger's tables: accounts, the log with its leaves, transactions and postings, request ids."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, LargeBinary
from sqlmodel import Field, col

from pointsbank.blob_guard import pieces_forgotten
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.ledger.constants import ACCOUNT_KINDS, LOG_KINDS, TRANSACTION_KINDS, UNITS
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Checked, Witnessed, declare


class AccountRow(VillageTable, table=True):
    """What a participant or the village holds of one unit, in hundredths."""

    __tablename__ = "account"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        unique("id", "unit"),
        unique("participant_id", "unit"),
        CheckConstraint("balance >= 0 OR may_overdraw", name="not_overdrawn"),
        one_of("unit", UNITS),
        one_of("kind", ACCOUNT_KINDS),
        CheckConstraint("(kind = 'participant') = (participant_id is not null)", name="participant_given"),
        CheckConstraint("not closed or (kind = 'participant' and balance = 0)", name="closed_is_empty"),
    )

    id: str = Field(primary_key=True)
    kind: str
    unit: str
    participant_id: str | None = None
    balance: int = Field(default=0, sa_type=BigInteger)
    may_overdraw: bool = False
    closed: bool = False


class LogHeadRow(VillageTable, table=True):
    """The village's row in the ledger: how many entries there are and the tree head over them."""

    __tablename__ = "log_head"
    __table_args__ = (
        references_village(),
        CheckConstraint("size >= 0", name="size"),
    )

    size: int = Field(default=0, sa_type=BigInteger)
    peaks: bytes = Field(default=b"", sa_type=LargeBinary)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EntryTable(VillageTable):
    """A table whose rows each belong to one entry of the village's log."""

    log_index: int = Field(primary_key=True, sa_type=BigInteger)

    @classmethod
    def in_entry_of(cls, other: "type[EntryTable]") -> ColumnElement[bool]:
        """Return the condition that a row is of the same entry as another table's row, for joins."""
        return cls.in_village_of(other) & (col(cls.log_index) == col(other.log_index))


class LogEntryRow(EntryTable, table=True):
    """One entry of the village's log, with the very bytes that were hashed."""

    __tablename__ = "log_entry"
    __table_args__ = (
        references_village(),
        references("log_entry", ref="log_index"),
        # With the kind: what few entries are looked for since a day is found without reading all the others.
        index("recorded_at", "kind", name="ix_log_entry_village_id_recorded_at"),
        index("ref"),
        CheckConstraint("log_index >= 0 and (ref is null or ref < log_index)", name="order"),
        one_of("kind", LOG_KINDS),
        CheckConstraint("length(leaf) = 32", name="leaf_length"),
    )

    kind: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    ref: int | None = Field(default=None, sa_type=BigInteger)
    public: bytes = Field(sa_type=LargeBinary)
    leaf: bytes = Field(sa_type=LargeBinary)


BY_MOMENT = "INDEXED BY ix_log_entry_village_id_recorded_at"
"""For few kinds since a moment: SQLite went through all entries there are, to have them in their order."""


class LogPrivateRow(EntryTable, table=True):
    """Who, why and where of an entry, with its salt; deletable once the log has a tombstone for it."""

    __tablename__ = "log_private"
    __table_args__ = (
        references("log_entry", "log_index"),
        CheckConstraint("length(salt) = 32", name="salt_length"),
    )

    salt: bytes = Field(sa_type=LargeBinary)
    private: bytes = Field(sa_type=LargeBinary)


class TransactionRow(EntryTable, table=True):
    """One movement of points: what kind, of which day, from which source."""

    __tablename__ = "transaction"
    __table_args__ = (
        references("log_entry", "log_index"),
        references("transaction", reverses="log_index"),
        unique("source_kind", "source_id"),
        unique("reverses"),
        one_of("kind", TRANSACTION_KINDS),
        CheckConstraint("(source_kind is null) = (source_id is null)", name="source_whole"),
        CheckConstraint("(kind = 'reversal') = (reverses is not null)", name="reversal_says_what"),
    )

    kind: str
    occurred_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    actor_id: str
    source_kind: str | None = None
    source_id: str | None = None
    reverses: int | None = Field(default=None, sa_type=BigInteger)
    request_id: str | None = None


class PostingRow(EntryTable, table=True):
    """One amount from one account to another, with both running balances, in hundredths."""

    __tablename__ = "posting"
    __table_args__ = (
        references("transaction", "log_index"),
        # The unit is in the key, so that a posting's accounts are of its own unit.
        references("account", source_account_id="id", unit="unit"),
        references("account", destination_account_id="id", unit="unit"),
        index("source_account_id", "log_index"),
        index("destination_account_id", "log_index"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("source_account_id <> destination_account_id", name="two_accounts"),
    )

    line: int = Field(primary_key=True)
    source_account_id: str
    destination_account_id: str
    unit: str
    amount: int = Field(sa_type=BigInteger)
    source_balance: int = Field(sa_type=BigInteger)
    destination_balance: int = Field(sa_type=BigInteger)


class RowWitnessRow(VillageTable, table=True):
    """One telling of one row of another table: a digest over its columns, or none if the row was gone.

    `log_index` is the entry that vouches for it, empty while it waits for one; salt and checksums go when the
    words they were made of are erased. A `position` of 0 is a row older than its witness.
    """

    __tablename__ = "row_witness"
    __table_args__ = (
        references_village(),
        index("log_index"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("length(digest) = 32", name="digest_length"),
        CheckConstraint("length(salt) = 16", name="salt_length"),
        CheckConstraint("digest is not null or (salt is null and cells is null)", name="gone"),
    )

    table_name: str = Field(primary_key=True)
    row_key: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    log_index: int | None = Field(default=None, sa_type=BigInteger)
    digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    rest: bytes | None = Field(default=None, sa_type=LargeBinary)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    cells: bytes | None = Field(default=None, sa_type=LargeBinary)


class RowBatchRow(VillageTable, table=True):
    """The first telling of many rows of one table that one write added: their keys as JSON, in order.

    `digests`, `rests`, `salts` and `cells` have a piece for each key; zeros stand where a row was told anew.
    `log_index` is the entry that vouches for them, empty while they wait for one.
    """

    __tablename__ = "row_batch"
    __table_args__ = (
        references_village(),
        index("log_index"),
        CheckConstraint("length(digests) = 2 * length(salts)", name="digests_length"),
        CheckConstraint("length(rests) = length(digests)", name="rests_length"),
        CheckConstraint(
            "length(salts) between 16 and 8000 and length(salts) / 16 * 16 = length(salts)",
            name="salts_length",
        ),
        CheckConstraint("length(cells) >= length(salts) / 4", name="cells_length"),
    )

    table_name: str = Field(primary_key=True)
    first_key: str = Field(primary_key=True)
    row_keys: str
    log_index: int | None = Field(default=None, sa_type=BigInteger)
    digests: bytes = Field(sa_type=LargeBinary)
    rests: bytes | None = Field(default=None, sa_type=LargeBinary)
    salts: bytes = Field(sa_type=LargeBinary)
    cells: bytes = Field(sa_type=LargeBinary)


class RequestRow(VillageTable, table=True):
    """A client's request id, what it asked for and the first answer it was given.

    `log_index` is the entry whose words say all that the row says, if there is one.
    """

    __tablename__ = "request"
    __table_args__ = (
        references_village(),
        CheckConstraint("length(request_id) between 8 and 64", name="request_id_length"),
        CheckConstraint("length(contents_digest) = 32", name="digest_length"),
    )

    request_id: str = Field(primary_key=True)
    actor_id: str
    contents_digest: bytes = Field(sa_type=LargeBinary)
    answer: str | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


_TOMBSTONE = (
    "EXISTS (SELECT 1 FROM log_entry AS tombstone WHERE tombstone.village_id = OLD.village_id"
    " AND tombstone.kind = 'erasure' AND tombstone.ref = OLD.log_index)"
)

_KEPT = ("village_id", "table_name", "row_key", "position", "digest", "rest")
# A comparison with NULL refuses nothing on SQLite.
_STILL_BOUND = "(OLD.log_index IS NULL OR NEW.log_index IS NOT DISTINCT FROM OLD.log_index)"
_STILL_VOUCHED = " AND ".join(
    [
        *(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT),
        _STILL_BOUND,
        *(
            f"(NEW.{column} IS NULL OR NEW.{column} IS NOT DISTINCT FROM OLD.{column})"
            for column in ("salt", "cells")
        ),
    ]
)

_BATCH_KEPT = ("village_id", "table_name", "first_key", "row_keys", "digests", "rests")
_BATCH_STILL_VOUCHED = " AND ".join(
    [
        *(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _BATCH_KEPT),
        _STILL_BOUND,
        pieces_forgotten("salts", "cells", wide=16, maximum=500),
    ]
)

GUARDS = (
    *append_only("log_entry", "transaction", "posting"),
    Guard("row_witness", "UPDATE", unless=_STILL_VOUCHED),
    Guard("row_witness", "DELETE"),
    Guard("row_batch", "UPDATE", unless=_BATCH_STILL_VOUCHED),
    Guard("row_batch", "DELETE"),
    Guard("log_private", "UPDATE"),
    Guard("log_private", "DELETE", unless=_TOMBSTONE),
    Guard("request", "UPDATE", unless="OLD.answer IS NULL"),
    Guard("request", "DELETE"),
)

_AUDITED = "the audit: hashes of the log, postings, accounts"
WITNESSES = declare(
    *(
        Checked(table=table, by=_AUDITED, kinds=TRANSACTION_KINDS)
        for table in ("account", "transaction", "posting")
    ),
    *(
        Checked(table=table, by="the audit: the entry's own hash, and the tree over all")
        for table in ("log_entry", "log_private", "log_head")
    ),
    Checked(table="row_witness", by="the audit: the root in the entry's open part"),
    Checked(table="row_batch", by="the audit: the root in the entry's open part, and the rows themselves"),
    Witnessed(table="request", kinds=("redemption",), by_words="log_index", at_once=False, added_only=True),
)
