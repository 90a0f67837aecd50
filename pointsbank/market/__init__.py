"""The market: goods, prices in time, stock by journal, scans, redemptions and their reversals, PINs.

Owns goods, goods_price, stock_move, scan_ticket, redemption, redemption_reversal, pin, attempt and
opening_hours. Moves points through the ledger only, and knows nothing of scores: earning and spending meet
in the ledger. Tills call `try_scan`, `sell` and `take_back`, which write down what they refuse.
"""

from pointsbank.market import witness
from pointsbank.market.attempts import Attempt, attempts_made
from pointsbank.market.basket import (
    BasketInvalid,
    BasketLine,
    GoodsInactive,
    GoodsUnknown,
    LimitReached,
    PriceChanged,
    QuantityInvalid,
    SoldOut,
)
from pointsbank.market.gifts import Gift, GiftInvalid, give
from pointsbank.market.goods import (
    Goods,
    GoodsExist,
    LimitInvalid,
    StockInvalid,
    add_goods,
    describe_goods,
    goods_by_code,
    goods_list,
    set_price,
    shelf_value,
)
from pointsbank.market.history import (
    RedemptionCursorInvalid,
    Sales,
    SoldBasket,
    SoldLine,
    SoldPage,
    redemption_by_id,
    redemptions,
    sales,
)
from pointsbank.market.hours import HoursInvalid, opening_hours, set_opening_hours
from pointsbank.market.importing import GoodsImport, import_goods
from pointsbank.market.limits import DailyLimitReached, PinRequired
from pointsbank.market.pins import (
    PinExists,
    PinInvalid,
    PinLocked,
    PinMissing,
    PinTooSimple,
    PinWrong,
    change_pin,
    forget,
    has_pin,
    reset_pin,
    set_pin,
)
from pointsbank.market.prices import Price, PriceFromThePast, PriceInvalid, price_history
from pointsbank.market.receipt import receipt
from pointsbank.market.redemption import ConfirmationRequired, Redemption, redeem
from pointsbank.market.reversal import RedemptionUnknown, Reversal, reverse_redemption
from pointsbank.market.scanning import Scan, scan
from pointsbank.market.second_check import ApproverInvalid, SecondCheck, prove
from pointsbank.market.selling import sell, take_back, try_scan
from pointsbank.market.stock import (
    MoveKindInvalid,
    ShelfFull,
    StockMove,
    move_stock,
    stock_differences,
    stock_journal,
)
from pointsbank.market.tickets import Ticket, TicketExpired, TicketUsed, find_ticket, void_tickets
from pointsbank.market.window import Hours, WindowClosed

__all__ = [
    "ApproverInvalid",
    "Attempt",
    "BasketInvalid",
    "BasketLine",
    "ConfirmationRequired",
    "DailyLimitReached",
    "Gift",
    "GiftInvalid",
    "Goods",
    "GoodsExist",
    "GoodsImport",
    "GoodsInactive",
    "GoodsUnknown",
    "Hours",
    "HoursInvalid",
    "LimitInvalid",
    "LimitReached",
    "MoveKindInvalid",
    "PinExists",
    "PinInvalid",
    "PinLocked",
    "PinMissing",
    "PinRequired",
    "PinTooSimple",
    "PinWrong",
    "Price",
    "PriceChanged",
    "PriceFromThePast",
    "PriceInvalid",
    "QuantityInvalid",
    "Redemption",
    "RedemptionCursorInvalid",
    "RedemptionUnknown",
    "Reversal",
    "Sales",
    "Scan",
    "SecondCheck",
    "ShelfFull",
    "SoldBasket",
    "SoldLine",
    "SoldOut",
    "SoldPage",
    "StockInvalid",
    "StockMove",
    "Ticket",
    "TicketExpired",
    "TicketUsed",
    "WindowClosed",
    "add_goods",
    "attempts_made",
    "change_pin",
    "describe_goods",
    "find_ticket",
    "forget",
    "give",
    "goods_by_code",
    "goods_list",
    "has_pin",
    "import_goods",
    "move_stock",
    "opening_hours",
    "price_history",
    "prove",
    "receipt",
    "redeem",
    "redemption_by_id",
    "redemptions",
    "reset_pin",
    "reverse_redemption",
    "sales",
    "scan",
    "sell",
    "set_opening_hours",
    "set_pin",
    "set_price",
    "shelf_value",
    "stock_differences",
    "stock_journal",
    "take_back",
    "try_scan",
    "void_tickets",
    "witness",
]
