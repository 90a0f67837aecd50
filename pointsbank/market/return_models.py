"""The tables of what comes back in part: pieces of a redemption, moves of stock entered wrongly."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only
from pointsbank.village_tables import VillageTable, references, unique
from pointsbank.witness import Checked, Witnessed, declare


class RedemptionReturnRow(VillageTable, table=True):
    """Some pieces of a redemption taken back, the `number`-th time, for `total` hundredths of a point.

    Its lines are stock moves of the kind `returned`, its points the ledger's entry `log_index`. Together all
    returns of a redemption are never more than it was; one that was reversed as a whole has none.
    """

    __tablename__ = "redemption_return"
    __table_args__ = (
        references("redemption", redemption_id="id"),
        references("transaction", "log_index"),
        unique("log_index"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("total > 0", name="total_positive"),
    )

    redemption_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    total: int = Field(sa_type=BigInteger)
    log_index: int = Field(sa_type=BigInteger)
    returned_by: str
    returned_at: datetime = Field(sa_type=UtcDateTime)


class StockMoveUndoneRow(VillageTable, table=True):
    """A delivery, donation or loss that was entered wrongly, and the move that undoes it; at most one."""

    __tablename__ = "stock_move_undone"
    __table_args__ = (
        references("stock_move", "goods_id", "position"),
        references("stock_move", goods_id="goods_id", undone_by="position"),
        unique("goods_id", "undone_by"),
        CheckConstraint("undone_by > position", name="undone_later"),
    )

    goods_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    undone_by: int


_OF_SALE = "village_id = NEW.village_id AND redemption_id = NEW.redemption_id"
_PAID = "(SELECT total FROM redemption WHERE village_id = NEW.village_id AND id = NEW.redemption_id)"
_RETURNED = f"(SELECT coalesce(sum(total), 0) FROM redemption_return WHERE {_OF_SALE})"
_WHOLE = f"EXISTS (SELECT 1 FROM redemption_reversal WHERE {_OF_SALE})"
_IN_PART = f"EXISTS (SELECT 1 FROM redemption_return WHERE {_OF_SALE})"
RETURN_GUARDS = (
    *append_only("redemption_return", "stock_move_undone"),
    Guard("redemption_return", "INSERT", unless=f"NEW.total <= {_PAID} - {_RETURNED} AND NOT {_WHOLE}"),
    Guard("redemption_reversal", "INSERT", unless=f"NOT {_IN_PART}"),
)

WITNESSES = declare(
    Witnessed(table="stock_move_undone", added_only=True),
    Checked(table="redemption_return", by="the words of the return", kinds=("goods_return",)),
)
