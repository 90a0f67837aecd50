"""The tables of the market: goods, prices, stock moves, scan tickets, redemptions, PINs and attempts."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only


class GoodsRow(SQLModel, table=True):
    """Something on the shelf; `stock` is the sum of its moves, `moves` their number."""

    __tablename__ = "goods"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        UniqueConstraint("village_id", "code"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
        CheckConstraint("moves >= 0", name="moves"),
        CheckConstraint("length(code) between 1 and 32", name="code_length"),
        CheckConstraint("length(name) between 1 and 60", name="name_length"),
        CheckConstraint("limit_per_month is null or limit_per_month > 0", name="limit_per_month"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    code: str
    name: str
    spec: str = ""
    category: str = ""
    limit_per_month: int | None = None
    active: bool = True
    stock: int = 0
    moves: int = 0


class PriceRow(SQLModel, table=True):
    """What one piece costs from a moment on; prices are added, never changed."""

    __tablename__ = "goods_price"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "goods_id"], ["goods.village_id", "goods.id"]),
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("position > 0", name="position"),
    )

    village_id: str = Field(primary_key=True)
    goods_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    points: int = Field(sa_type=BigInteger)
    valid_from: datetime = Field(sa_type=UtcDateTime)
    set_by: str
    set_at: datetime = Field(sa_type=UtcDateTime)


class StockMoveRow(SQLModel, table=True):
    """Pieces that came or went, never changed; a redeemed or returned move is a line of a basket."""

    __tablename__ = "stock_move"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "goods_id"], ["goods.village_id", "goods.id"]),
        ForeignKeyConstraint(["village_id", "redemption_id"], ["redemption.village_id", "redemption.id"]),
        CheckConstraint(
            "kind in ('received', 'donated', 'redeemed', 'returned', 'spoiled', 'counted')", name="kind"
        ),
        CheckConstraint(
            "(kind in ('received', 'donated', 'returned') and quantity > 0)"
            " or (kind in ('redeemed', 'spoiled') and quantity < 0)"
            " or (kind = 'counted' and quantity <> 0)",
            name="direction",
        ),
        CheckConstraint("stock_after >= 0", name="stock_after"),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint(
            "(kind in ('redeemed', 'returned')) = (redemption_id is not null and price is not null)",
            name="redemption",
        ),
        Index(
            None,
            "village_id",
            "redemption_id",
            sqlite_where=text("redemption_id is not null"),
            postgresql_where=text("redemption_id is not null"),
        ),
    )

    village_id: str = Field(primary_key=True)
    goods_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    quantity: int
    stock_after: int
    redemption_id: str | None = None
    price: int | None = Field(default=None, sa_type=BigInteger)
    note: str = ""
    moved_by: str
    moved_at: datetime = Field(sa_type=UtcDateTime)


class ScanTicketRow(SQLModel, table=True):
    """The right to sell once to the household whose card was just seen; `typed` when it was not scanned."""

    __tablename__ = "scan_ticket"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "participant_id"], ["participant.village_id", "participant.id"]),
        ForeignKeyConstraint(["village_id", "card_id"], ["card.village_id", "card.id"]),
        CheckConstraint("typed or card_id is not null", name="card"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    participant_id: str
    card_id: str | None = None
    typed: bool
    scanned_by: str
    scanned_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class RedemptionRow(SQLModel, table=True):
    """Goods given for points; its lines are stock moves, its points the ledger's entry `log_index`."""

    __tablename__ = "redemption"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "participant_id"], ["participant.village_id", "participant.id"]),
        ForeignKeyConstraint(["village_id", "ticket_id"], ["scan_ticket.village_id", "scan_ticket.id"]),
        UniqueConstraint("village_id", "ticket_id"),
        CheckConstraint("total > 0", name="total_positive"),
        CheckConstraint("second_check in ('none', 'pin', 'approver')", name="second_check"),
        CheckConstraint("(second_check = 'approver') = (approver is not null)", name="approver"),
        CheckConstraint("approver is null or approver <> sold_by", name="approver_is_another"),
        Index(None, "village_id", "participant_id", "sold_on"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    participant_id: str
    ticket_id: str
    total: int = Field(sa_type=BigInteger)
    balance_after: int = Field(sa_type=BigInteger)
    log_index: int = Field(sa_type=BigInteger)
    sold_on: date
    sold_by: str
    sold_at: datetime = Field(sa_type=UtcDateTime)
    second_check: str = "none"
    approver: str | None = None


class RedemptionReversalRow(SQLModel, table=True):
    """A redemption taken back; its key allows one for each."""

    __tablename__ = "redemption_reversal"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "redemption_id"], ["redemption.village_id", "redemption.id"]),
    )

    village_id: str = Field(primary_key=True)
    redemption_id: str = Field(primary_key=True)
    log_index: int = Field(sa_type=BigInteger)
    reversed_by: str
    reversed_at: datetime = Field(sa_type=UtcDateTime)


class PinRow(SQLModel, table=True):
    """A household's PIN, as a digest, and the wrong tries since the last right one."""

    __tablename__ = "pin"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "participant_id"], ["participant.village_id", "participant.id"]),
        CheckConstraint("wrong >= 0", name="wrong"),
    )

    village_id: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    digest: str
    wrong: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    set_by: str
    set_at: datetime = Field(sa_type=UtcDateTime)


class AttemptRow(SQLModel, table=True):
    """Something refused at the counter, or a PIN set or reset; never what was typed."""

    __tablename__ = "attempt"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        CheckConstraint("kind in ('scan', 'sale', 'reversal', 'pin')", name="kind"),
        Index(None, "village_id", "made_by", "made_at"),
        Index(None, "village_id", "made_at"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    reason: str
    participant_id: str | None = None
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)


class OpeningHoursRow(SQLModel, table=True):
    """When the shop is open on a day of the week (1 Monday … 7 Sunday); no rows at all: always."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        CheckConstraint("weekday between 1 and 7", name="weekday"),
        CheckConstraint("opens < closes", name="opens_before_it_closes"),
    )

    village_id: str = Field(primary_key=True)
    weekday: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    opens: time = Field(primary_key=True)
    closes: time


GUARDS = append_only("goods_price", "stock_move", "redemption", "redemption_reversal", "attempt")
