"""The tables of the market: goods, prices, stock, stocktakes, tickets, redemptions, attempts."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.market.pin_models import PIN_GUARDS
from pointsbank.market.return_models import RETURN_GUARDS
from pointsbank.market.told_goods import stated_of_goods, stated_of_new_goods, stated_of_prices
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Checked, Unwitnessed, Witnessed, declare


class GoodsRow(VillageTable, table=True):
    """Something on the shelf; `stock` is the sum of its moves, `moves` their number."""

    __tablename__ = "goods"
    __table_args__ = (
        references_village(),
        unique("code"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
        CheckConstraint("moves >= 0", name="moves"),
        CheckConstraint("length(code) between 1 and 32", name="code_length"),
        CheckConstraint("length(name) between 1 and 60", name="name_length"),
        CheckConstraint("limit_per_month is null or limit_per_month > 0", name="limit_per_month"),
    )

    id: str = Field(primary_key=True)
    code: str
    name: str
    spec: str = ""
    category: str = ""
    limit_per_month: int | None = None
    active: bool = True
    stock: int = 0
    moves: int = 0


class PriceRow(VillageTable, table=True):
    """What one piece costs from a moment on; prices are added, never changed."""

    __tablename__ = "goods_price"
    __table_args__ = (
        references("goods", goods_id="id"),
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("position > 0", name="position"),
    )

    goods_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    points: int = Field(sa_type=BigInteger)
    valid_from: datetime = Field(sa_type=UtcDateTime)
    set_by: str
    set_at: datetime = Field(sa_type=UtcDateTime)


_BY_MOMENT = ("moved_at", "position", "goods_id", "quantity")  # Page by page, and what a sum needs.


class StockMoveRow(VillageTable, table=True):
    """Pieces that came or went, never changed; redeemed and returned ones are lines of a basket."""

    __tablename__ = "stock_move"
    __table_args__ = (
        references("goods", goods_id="id"),
        references("redemption", redemption_id="id"),
        references("stocktake", stocktake_id="id"),
        one_of("kind", ("received", "donated", "redeemed", "returned", "spoiled", "counted", "undone")),
        CheckConstraint(
            "(kind in ('received', 'donated', 'returned') and quantity > 0)"
            " or (kind in ('redeemed', 'spoiled') and quantity < 0)"
            " or (kind in ('counted', 'undone') and quantity <> 0)",
            name="direction",
        ),
        CheckConstraint("stock_after >= 0", name="stock_after"),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint(
            "(kind in ('redeemed', 'returned')) = (redemption_id is not null and price is not null)",
            name="redemption",
        ),
        CheckConstraint("stocktake_id is null or kind = 'counted'", name="stocktake"),
        index("redemption_id", where="redemption_id is not null"),
        index("stocktake_id", "goods_id", where="stocktake_id is not null", unique=True),
        # Not WHERE kind = 'spoiled': see `village_tables.index`. No sale is in it either way.
        index("moved_at", where="redemption_id is null"),
        index(*_BY_MOMENT, name="ix_stock_move_village_id_moved_at_position"),
    )

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
    stocktake_id: str | None = None


class StocktakeRow(VillageTable, table=True):
    """The shelf being counted, from the beginning to the second signature; one at a time."""

    __tablename__ = "stocktake"
    __table_args__ = (
        references_village(),
        references("log_entry", "log_index"),
        unique("log_index"),
        index(where="ended_at is null", unique=True),
        CheckConstraint("status in ('open', 'signed', 'posted', 'discarded')", name="status"),
        CheckConstraint("(status in ('signed', 'posted')) = (signed_by is not null)", name="signed"),
        CheckConstraint("(status in ('posted', 'discarded')) = (ended_by is not null)", name="ended"),
        CheckConstraint("(status = 'posted') = (log_index is not null)", name="posted_is_logged"),
        CheckConstraint("status <> 'posted' or ended_by <> signed_by", name="two_signers"),
        CheckConstraint("(signed_by is null) = (signed_at is null)", name="signed_at"),
        CheckConstraint("(ended_by is null) = (ended_at is null)", name="ended_at"),
    )

    id: str = Field(primary_key=True)
    note: str = ""
    status: str = "open"
    begun_by: str
    begun_at: datetime = Field(sa_type=UtcDateTime)
    signed_by: str | None = None
    signed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


class StocktakeCountRow(VillageTable, table=True):
    """Pieces counted, beside what the books said then; of several for the same goods the last one holds."""

    __tablename__ = "stocktake_count"
    __table_args__ = (
        references("stocktake", stocktake_id="id"),
        references("goods", goods_id="id"),
        CheckConstraint("number > 0 and counted >= 0 and book >= 0", name="pieces"),
    )

    stocktake_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    goods_id: str
    counted: int
    book: int
    counted_by: str
    counted_at: datetime = Field(sa_type=UtcDateTime)


class StocktakeReturnRow(VillageTable, table=True):
    """A first signature that was taken off again, so that the counting could go on."""

    __tablename__ = "stocktake_return"
    __table_args__ = (references("stocktake", stocktake_id="id"),)

    stocktake_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    signed_by: str
    signed_at: datetime = Field(sa_type=UtcDateTime)
    returned_by: str
    returned_at: datetime = Field(sa_type=UtcDateTime)


class ScanTicketRow(VillageTable, table=True):
    """The right to sell once to the household whose card was just seen; `typed` when it was not scanned."""

    __tablename__ = "scan_ticket"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("card", card_id="id"),
        CheckConstraint("typed or card_id is not null", name="card"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    card_id: str | None = None
    typed: bool
    scanned_by: str
    scanned_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class RedemptionRow(VillageTable, table=True):
    """Goods given for points; its lines are stock moves, its points the ledger's entry `log_index`."""

    __tablename__ = "redemption"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("scan_ticket", ticket_id="id"),
        unique("ticket_id"),
        CheckConstraint("total > 0", name="total_positive"),
        CheckConstraint("second_check in ('none', 'pin', 'approver')", name="second_check"),
        CheckConstraint("(second_check = 'approver') = (approver is not null)", name="approver"),
        CheckConstraint("approver is null or approver <> sold_by", name="approver_is_another"),
        index("participant_id", "sold_on", "total", name="ix_redemption_village_id_participant_id_sold_on"),
        index("log_index", name="ix_redemption_village_id_log_index"),
    )

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


class RedemptionReversalRow(VillageTable, table=True):
    """A redemption taken back; its key allows one for each."""

    __tablename__ = "redemption_reversal"
    __table_args__ = (references("redemption", redemption_id="id"),)

    redemption_id: str = Field(primary_key=True)
    log_index: int = Field(sa_type=BigInteger)
    reversed_by: str
    reversed_at: datetime = Field(sa_type=UtcDateTime)


class AttemptRow(VillageTable, table=True):
    """Something refused at the counter, or, before there were pin events, a PIN set or reset."""

    __tablename__ = "attempt"
    __table_args__ = (
        references_village(),
        CheckConstraint("kind in ('scan', 'sale', 'reversal', 'pin')", name="kind"),
        index("made_by", "made_at"),
        index("made_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    reason: str
    participant_id: str | None = None
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)


class OpeningHoursRow(VillageTable, table=True):
    """When the shop is open on a day of the week (1 Monday … 7 Sunday); no rows at all: always."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        references_village(),
        CheckConstraint("weekday between 1 and 7", name="weekday"),
        CheckConstraint("opens < closes", name="opens_before_it_closes"),
    )

    weekday: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    opens: time = Field(primary_key=True)
    closes: time


_COUNTING = "(NEW.village_id, NEW.stocktake_id, 'open') IN (SELECT village_id, id, status FROM stocktake)"
_AS_BEGUN = "NEW.id = OLD.id AND NEW.note = OLD.note AND NEW.begun_by = OLD.begun_by"
GUARDS = (
    *append_only("goods_price", "stock_move", "redemption", "redemption_reversal", "attempt"),
    *append_only("stocktake_count", "stocktake_return"),
    *RETURN_GUARDS,
    *PIN_GUARDS,
    Guard("stocktake_count", "INSERT", unless=_COUNTING),
    Guard("stocktake", "UPDATE", unless=f"OLD.ended_at IS NULL AND {_AS_BEGUN}"),
    Guard("stocktake", "DELETE"),
)

_SUMMED = Checked(by="the audit: the sum and the number of its moves")
WITNESSES = declare(
    Witnessed(
        table="goods",
        kinds=("price_set", "goods_described"),
        apart={"stock": _SUMMED, "moves": _SUMMED},
        named_by={"price_set": stated_of_new_goods, "goods_described": stated_of_goods},
    ),
    Witnessed(
        table="goods_price", kinds=("price_set",), added_only=True, named_by={"price_set": stated_of_prices}
    ),
    Witnessed(table="stock_move", kinds=("stocktake",), by_words="redemption_id", added_only=True),
    Witnessed(table="stocktake", kinds=("stocktake",)),
    Witnessed(table="stocktake_count", kinds=("stocktake",), at_once=False, added_only=True),
    Witnessed(table="stocktake_return", kinds=("stocktake",), at_once=False, added_only=True),
    Witnessed(table="opening_hours"),
    Witnessed(table="attempt", at_once=False, added_only=True),
    Checked(table="redemption", by="the words of the sale", kinds=("redemption",)),
    Checked(table="redemption_reversal", by="the words of the reversal", kinds=("reversal",)),
    Unwitnessed(
        table="scan_ticket",
        kind="ticket",
        why="the right to sell once, for two minutes; household and time of one that was used are compared",
    ),
)
