"""The ledger's tables: accounts, the log with its leaves, transactions and postings, request ids."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.ledger.words import ACCOUNT_KINDS, LOG_KINDS, TRANSACTION_KINDS, UNITS


def _one_of(column: str, values: tuple[str, ...]) -> str:
    """A CHECK expression: the column holds one of these words."""
    return f"{column} in ({', '.join(repr(value) for value in values)})"


class AccountRow(SQLModel, table=True):
    """What a participant or the village holds of one unit, in hundredths."""

    __tablename__ = "account"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        ForeignKeyConstraint(["village_id", "participant_id"], ["participant.village_id", "participant.id"]),
        UniqueConstraint("village_id", "id", "unit"),
        UniqueConstraint("village_id", "participant_id", "unit"),
        CheckConstraint("balance >= 0 OR may_overdraw", name="not_overdrawn"),
        CheckConstraint(_one_of("unit", UNITS), name="unit"),
        CheckConstraint(_one_of("kind", ACCOUNT_KINDS), name="kind"),
        CheckConstraint("(kind = 'participant') = (participant_id is not null)", name="participant_given"),
        CheckConstraint("not closed or (kind = 'participant' and balance = 0)", name="closed_is_empty"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    unit: str
    participant_id: str | None = None
    balance: int = Field(default=0, sa_type=BigInteger)
    may_overdraw: bool = False
    closed: bool = False


class LogHeadRow(SQLModel, table=True):
    """The village's row in the ledger: how many entries there are and the tree head over them."""

    __tablename__ = "log_head"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        CheckConstraint("size >= 0", name="size"),
    )

    village_id: str = Field(primary_key=True)
    size: int = Field(default=0, sa_type=BigInteger)
    peaks: bytes = Field(default=b"", sa_type=LargeBinary)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LogEntryRow(SQLModel, table=True):
    """One entry of the village's log, with the very bytes that were hashed."""

    __tablename__ = "log_entry"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        ForeignKeyConstraint(["village_id", "ref"], ["log_entry.village_id", "log_entry.log_index"]),
        Index(None, "village_id", "recorded_at"),
        Index(None, "village_id", "ref"),
        CheckConstraint("log_index >= 0 and (ref is null or ref < log_index)", name="order"),
        CheckConstraint(_one_of("kind", LOG_KINDS), name="kind"),
        CheckConstraint("length(leaf) = 32", name="leaf_length"),
    )

    village_id: str = Field(primary_key=True)
    log_index: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    ref: int | None = Field(default=None, sa_type=BigInteger)
    public: bytes = Field(sa_type=LargeBinary)
    leaf: bytes = Field(sa_type=LargeBinary)


class LogPrivateRow(SQLModel, table=True):
    """Who, why and where of an entry, with its salt; deletable once a tombstone for it stands in the log."""

    __tablename__ = "log_private"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "log_index"], ["log_entry.village_id", "log_entry.log_index"]),
        CheckConstraint("length(salt) = 32", name="salt_length"),
    )

    village_id: str = Field(primary_key=True)
    log_index: int = Field(primary_key=True, sa_type=BigInteger)
    salt: bytes = Field(sa_type=LargeBinary)
    private: bytes = Field(sa_type=LargeBinary)


class TransactionRow(SQLModel, table=True):
    """One movement of points: what kind, of which day, from which source."""

    __tablename__ = "transaction"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "log_index"], ["log_entry.village_id", "log_entry.log_index"]),
        ForeignKeyConstraint(["village_id", "reverses"], ["transaction.village_id", "transaction.log_index"]),
        UniqueConstraint("village_id", "source_kind", "source_id"),
        UniqueConstraint("village_id", "reverses"),
        CheckConstraint(_one_of("kind", TRANSACTION_KINDS), name="kind"),
        CheckConstraint("(source_kind is null) = (source_id is null)", name="source_whole"),
        CheckConstraint("(kind = 'reversal') = (reverses is not null)", name="reversal_says_what"),
    )

    village_id: str = Field(primary_key=True)
    log_index: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str
    occurred_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    actor_id: str
    source_kind: str | None = None
    source_id: str | None = None
    reverses: int | None = Field(default=None, sa_type=BigInteger)
    request_id: str | None = None


def _account_key(side: str) -> ForeignKeyConstraint:
    """A posting's account, which must be of the posting's own unit."""
    return ForeignKeyConstraint(
        ["village_id", f"{side}_account_id", "unit"], ["account.village_id", "account.id", "account.unit"]
    )


class PostingRow(SQLModel, table=True):
    """One amount from one account to another, with both running balances, in hundredths."""

    __tablename__ = "posting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village_id", "log_index"], ["transaction.village_id", "transaction.log_index"]
        ),
        _account_key("source"),
        _account_key("destination"),
        Index(None, "village_id", "source_account_id", "log_index"),
        Index(None, "village_id", "destination_account_id", "log_index"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("source_account_id <> destination_account_id", name="two_accounts"),
    )

    village_id: str = Field(primary_key=True)
    log_index: int = Field(primary_key=True, sa_type=BigInteger)
    line: int = Field(primary_key=True)
    source_account_id: str
    destination_account_id: str
    unit: str
    amount: int = Field(sa_type=BigInteger)
    source_balance: int = Field(sa_type=BigInteger)
    destination_balance: int = Field(sa_type=BigInteger)


class RequestRow(SQLModel, table=True):
    """A client's request id, what it asked for and the first answer it was given."""

    __tablename__ = "request"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        CheckConstraint("length(request_id) between 8 and 64", name="request_id_length"),
        CheckConstraint("length(contents_digest) = 32", name="digest_length"),
    )

    village_id: str = Field(primary_key=True)
    request_id: str = Field(primary_key=True)
    actor_id: str
    contents_digest: bytes = Field(sa_type=LargeBinary)
    answer: str | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)


_TOMBSTONE = (
    "EXISTS (SELECT 1 FROM log_entry AS tombstone WHERE tombstone.village_id = OLD.village_id"
    " AND tombstone.kind = 'erasure' AND tombstone.ref = OLD.log_index)"
)

GUARDS = (
    *append_only("log_entry", "transaction", "posting"),
    Guard("log_private", "UPDATE"),
    Guard("log_private", "DELETE", unless=_TOMBSTONE),
    Guard("request", "UPDATE", unless="OLD.answer IS NULL"),
    Guard("request", "DELETE"),
)
