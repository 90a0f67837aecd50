"""The market: goods, prices in time, stock by journal and by counting, scans, redemptions, reversals, PINs.

Owns goods, goods_price, stock_move, stock_move_undone, stocktake, stocktake_count, stocktake_return,
scan_ticket, redemption, redemption_reversal, redemption_return, pin, pin_proposal, pin_event, attempt and
opening_hours. Moves points through the ledger only, and knows nothing of scores: earning and spending meet in
the ledger. Tills call `try_scan`, `sell`, `exchange`, `take_back` and `take_back_pieces`, which write down
what they refuse.
"""

from pointsbank.market import problems, verifier
from pointsbank.market.attempts import recorded
from pointsbank.market.basket import NOTHING_CHOSEN, BasketLine
from pointsbank.market.columns import (
    attempts_query,
    goods_found,
    goods_query,
    sales_light,
    sales_query,
    sales_taken_back,
    sold_words,
    stock_light,
    stock_query,
)
from pointsbank.market.counting import (
    StocktakeStep,
    begin_stocktake,
    count_goods,
    discard_stocktake,
    send_back,
)
from pointsbank.market.describing import (
    GoodsWords,
    clean_words,
    describe_goods,
    locked_goods,
    set_active,
    words_need_two,
    words_of,
)
from pointsbank.market.exchanging import refuse_other_household
from pointsbank.market.gifts import check_gift, give
from pointsbank.market.goods import (
    Goods,
    add_goods,
    check_limit,
    goods_by_all_codes,
    goods_by_code,
    goods_list,
    has_goods,
    set_price,
    shelf_value,
)
from pointsbank.market.history import (
    SoldBasket,
    SoldLine,
    redemption_by_id,
    redemptions,
    sale_of_ticket,
    sales,
    taken_back_so_far,
)
from pointsbank.market.hours import opening_hours, set_opening_hours
from pointsbank.market.hours_setting import OPENING_HOURS, read_hours, write_hours
from pointsbank.market.importing import GOODS_COLUMNS, GoodsImported, WordsToConfirm, import_goods
from pointsbank.market.last_sales import last_sales
from pointsbank.market.later_prices import LaterPrice, later_prices, price_changes
from pointsbank.market.limits import check_day, second_check_need, second_check_step
from pointsbank.market.lowering import locked_price, lowers
from pointsbank.market.monthly_limits import locked_limit, loosens_limit, set_limit
from pointsbank.market.offering import Back, read_back
from pointsbank.market.own_shelf import OwnGoods, own_shelf
from pointsbank.market.own_tries import own_tries, prove_own_pin
from pointsbank.market.pin_events import PinEvent, pin_events
from pointsbank.market.pin_tries import change_pin
from pointsbank.market.pins import (
    digest_pin,
    forget,
    has_pin,
    pin_standing,
    reset_pin,
    scanned_ticket,
    set_pin,
)
from pointsbank.market.prices import check_new_price, price_history
from pointsbank.market.proposals import PinDigest, drop_proposal, propose_pin, take_proposal
from pointsbank.market.quoting import Quote, ShelfOffer, offer_shelf, quote
from pointsbank.market.redemption import Redemption
from pointsbank.market.row_rules import ROW_RULES
from pointsbank.market.scanning import Scan
from pointsbank.market.selling import exchange, sell, take_back, take_back_pieces, try_scan
from pointsbank.market.shelf_news import ShelfNews, shelf_news
from pointsbank.market.shortages import shortages
from pointsbank.market.signing import sign_stocktake
from pointsbank.market.stock import JournalLine, move_stock, stock_journal, stock_move
from pointsbank.market.stocktakes import (
    Stocktake,
    check_book_shown,
    stocktake_at_work,
    stocktake_by_id,
    stocktake_number,
    stocktakes,
)
from pointsbank.market.tickets import Ticket, ticket_holder, void_tickets
from pointsbank.market.undoing import UndoneMove, read_position, undo_move
from pointsbank.market.window import WEEKDAYS, Hours, is_open
from pointsbank.market.window import in_words as hours_in_words
from pointsbank.market.window import now_in_words as opening_in_words
from pointsbank.market.written_off import opening_stock, written_off
