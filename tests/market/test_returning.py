"""Part of a sale comes back, piece by piece: its points and pieces, never more than were sold."""

from typing import Any

import pytest
from sqlalchemy import text

from pointsbank import governing, ledger, market, proof
from pointsbank.errors import Problem
from pointsbank.market import problems
from pointsbank.market.returning import SoldPieces, choose_back
from pointsbank.points import Points, whole
from tests.builders import NOW, VILLAGE
from tests.market.shop import Shop, rice, salt, stock_differences

RICE = SoldPieces("k1", "M01", "大米", 5, whole(40), returned=2)
SALT = SoldPieces("k2", "S03", "食盐", 1, whole(2), returned=1)


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        ({"M01": 1}, [("M01", 1)]),
        ({"M01": 3}, [("M01", 3)]),
        ({"M01": 4}, problems.TooManyBack),
        ({"S03": 1}, problems.TooManyBack),
        ({"R02": 1}, problems.GoodsNotInSale),
        ({"M01": 0}, problems.QuantityInvalid),
        ({"M01": -1}, problems.QuantityInvalid),
        ({}, problems.BasketInvalid),
    ],
)
def test_no_more_comes_back_than_was_sold(wanted: dict[str, int], outcome: Any) -> None:
    if isinstance(outcome, list):
        assert [(line.code, pieces) for line, pieces in choose_back([RICE, SALT], wanted)] == outcome
    else:
        with pytest.raises(outcome):
            choose_back([RICE, SALT], wanted)


def test_one_piece_of_five_brings_back_its_points_and_itself(shop: Shop) -> None:
    sale = shop.sell(shop.li, rice(), salt(5))
    back = shop.return_pieces(sale.id, {"S03": 1})

    assert (back.number, back.total, back.balance) == (1, 200, 45200)
    assert (shop.balance(shop.li), shop.stock("S03"), shop.stock("M01")) == (45200, 96, 4)
    sold = shop.village.read(market.redemption_by_id, redemption=sale.id)
    assert (sold.status, sold.kept, sold.reversed_at) == ("part_returned", 4800, None)
    assert [(line.goods, line.left) for line in sold.lines] == [("M01", 1), ("S03", 4)]
    assert shop.village.read(stock_differences) == []
    assert proof.verify(shop.database, village=VILLAGE).findings == ()


def test_several_returns_lead_to_the_whole_and_no_further(shop: Shop) -> None:
    sale = shop.sell(shop.li, rice(), salt(3))
    shop.return_pieces(sale.id, {"S03": 2})
    shop.return_pieces(sale.id, {"S03": 1})
    with pytest.raises(problems.TooManyBack):
        shop.return_pieces(sale.id, {"S03": 1})
    rest = shop.take_back(sale.id)

    assert (rest.total, rest.balance) == (4000, 50000)
    for again in (lambda: shop.take_back(sale.id), lambda: shop.return_pieces(sale.id, {"M01": 1})):
        with pytest.raises(ledger.problems.AlreadyReversed):
            again()
    sold = shop.village.read(market.redemption_by_id, redemption=sale.id)
    assert (sold.status, sold.kept, sold.reversed_by) == ("reversed", 0, "chen")
    assert [one.total for one in sold.returns] == [400, 200, 4000]
    assert shop.attempts("reversal") == ["already_reversed", "already_reversed", "too_many_back"]
    assert proof.verify(shop.database, village=VILLAGE).findings == ()


def test_nothing_comes_back_in_part_of_a_sale_that_was_reversed(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, salt(3))
    sqlite_shop.take_back(sale.id)

    with pytest.raises(ledger.problems.AlreadyReversed):
        sqlite_shop.return_pieces(sale.id, {"S03": 1})


def test_a_return_is_one_act_however_often_it_is_asked_for(shop: Shop) -> None:
    sale = shop.sell(shop.li, salt(3))
    first = shop.return_pieces(sale.id, {"S03": 1}, request_id="take-one-back")

    again = shop.return_pieces(sale.id, {"S03": 1}, request_id="take-one-back")
    assert (again.status, again.number, again.leaf) == ("replayed", 1, first.leaf)
    with pytest.raises(ledger.problems.RequestReused):
        shop.return_pieces(sale.id, {"S03": 2}, request_id="take-one-back")
    assert shop.stock("S03") == 98


def test_what_came_back_is_neither_taken_nor_spent(shop: Shop) -> None:
    shop.change(market.set_limit, goods="S03", limit=3)
    shop.village.write(governing.change_settings, daily_limit=600)
    sale = shop.sell(shop.li, salt(3))
    with pytest.raises(problems.LimitReached):
        shop.sell(shop.li)
    shop.return_pieces(sale.id, {"S03": 1})

    shop.sell(shop.li)
    with pytest.raises(problems.LimitReached):
        shop.sell(shop.li)
    day = NOW.date()
    sales = shop.village.read(market.sales, first=day, last=day)
    assert (sales.redemptions, sales.pieces, sales.total) == (2, 3, 600)


def test_the_statement_says_which_pieces_came_back(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, rice(), salt(3))
    sqlite_shop.return_pieces(sale.id, {"S03": 2}, reason="多拿了两袋")
    line = sqlite_shop.village.read(ledger.statement, participant=sqlite_shop.li.id).lines[0]

    assert (line.kind, line.amount, line.reverses) == ("goods_return", 400, None)
    assert line.words is not None
    assert (line.words["item"], line.words["reason"]) == ("退回 食盐×2", "多拿了两袋")
    assert line.source == ("redemption_return", f"{sale.id}.1")


EDITS = {
    "points": "UPDATE redemption_return SET total = total - 1",
    "who": "UPDATE redemption_return SET returned_by = 'somebody'",
    "a return gone": "DELETE FROM redemption_return",
    "a return more": "INSERT INTO redemption_return SELECT village_id, redemption_id, 2, total, log_index - 1"
    ", returned_by, returned_at FROM redemption_return",
    "pieces": "UPDATE stock_move SET quantity = 3 WHERE kind = 'returned'",
    "another sale's": "UPDATE redemption_return SET number = 2",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_return_changed_behind_the_program_is_found(sqlite_shop: Shop, edit: str) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, rice(), salt(3))
    sqlite_shop.return_pieces(sale.id, {"S03": 2})
    assert proof.verify(sqlite_shop.database, village=VILLAGE).findings == ()
    with sqlite_shop.database.engine.begin() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.execute(text(EDITS[edit]))

    assert proof.verify(sqlite_shop.database, village=VILLAGE).findings != ()


def test_the_database_itself_takes_no_return_too_many(shop: Shop) -> None:
    sale = shop.sell(shop.li, salt(3))
    shop.return_pieces(sale.id, {"S03": 2})
    row = "SELECT village_id, redemption_id, {}, {}, log_index - 1, returned_by, returned_at"
    into = f"INSERT INTO redemption_return {row} FROM redemption_return"
    whole_sale = (
        "INSERT INTO redemption_reversal SELECT village_id, redemption_id, log_index, returned_by,"
        " returned_at FROM redemption_return"
    )
    for order in (into.format(2, 201), whole_sale):
        with (
            pytest.raises(Exception, match="never changed or removed"),
            shop.database.engine.begin() as connection,
        ):
            connection.execute(text(order))


# An exchange


def exchange(shop: Shop, sale: str, *lines: market.BasketLine, **changes: Any) -> Any:
    """One piece of salt of a sale for something else, on a new scan of 李秀英's card."""
    given: dict[str, Any] = {"pieces": {"S03": 1}, "reason": "换一种", "request_id": shop.request_id()}
    given |= {"scan_ticket": shop.scan(shop.li).scan_ticket, "confirmed": True, "by": "chen", "at": NOW}
    return market.exchange(shop.database, village=VILLAGE, redemption=sale, lines=lines, **(given | changes))


def soap(quantity: int = 1) -> market.BasketLine:
    """So many pieces of soap, 2.5 points each."""
    return market.BasketLine("R02", quantity, Points(250))


def test_an_exchange_is_a_return_and_a_sale_in_one(shop: Shop) -> None:
    sale = shop.sell(shop.li, salt(3))
    made = exchange(
        shop, sale.id, soap(), request_id="swap-0001", scan_ticket=(t := shop.scan(shop.li)).scan_ticket
    )

    assert (made.total, made.balance) == (250, 49350)
    assert (shop.stock("S03"), shop.stock("R02")) == (98, 59)
    again = exchange(shop, sale.id, soap(), request_id="swap-0001", scan_ticket=t.scan_ticket)
    assert (again.status, again.id) == ("replayed", made.id)
    assert shop.balance(shop.li) == 49350
    assert proof.verify(shop.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([market.BasketLine("M01", 6, whole(40))], problems.SoldOut),
        ([soap(55)], problems.PinRequired),
        ([soap(), soap()], None),
        ([market.BasketLine("R02", 1, Points(1))], problems.PriceChanged),
    ],
)
def test_where_the_new_basket_is_refused_nothing_comes_back(
    sqlite_shop: Shop, lines: list[market.BasketLine], refusal: type[Problem] | None
) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, salt(3))
    if refusal is None:
        assert exchange(sqlite_shop, sale.id, *lines).total == 500
        return
    with pytest.raises(refusal):
        exchange(sqlite_shop, sale.id, *lines)

    assert (sqlite_shop.stock("S03"), sqlite_shop.balance(sqlite_shop.li)) == (97, 49400)


def test_a_piece_is_exchanged_for_another_of_its_kind_at_the_limit(sqlite_shop: Shop) -> None:
    sqlite_shop.change(market.set_limit, goods="S03", limit=3)
    sale = sqlite_shop.sell(sqlite_shop.li, salt(3))

    assert exchange(sqlite_shop, sale.id, salt()).status == "completed"
    assert sqlite_shop.stock("S03") == 97


def test_an_exchange_needs_the_card_of_the_same_household(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, salt(3))
    others = sqlite_shop.scan(sqlite_shop.wang).scan_ticket

    with pytest.raises(problems.NotSameHousehold):
        exchange(sqlite_shop, sale.id, soap(), scan_ticket=others)


# A delivery entered twice


def deliver(shop: Shop, pieces: int) -> int:
    """Salt is delivered; returns the place of the move in the journal."""
    given = {"goods": "S03", "kind": "received", "quantity": pieces, "request_id": shop.request_id()}
    return int(shop.change(market.move_stock, **given).position)


def undo(shop: Shop, position: int, **changes: Any) -> Any:
    """Undo a move of salt."""
    given = {"goods": "S03", "position": position, "request_id": shop.request_id(), "reason": "登记了两次"}
    return shop.change(market.undo_move, **(given | changes))


def test_a_delivery_entered_twice_is_undone_once(shop: Shop) -> None:
    deliver(shop, 20)
    twice = deliver(shop, 20)
    done = undo(shop, twice)

    assert (done.quantity, done.stock, shop.stock("S03")) == (-20, 120, 120)
    with pytest.raises(problems.MoveUndone):
        undo(shop, twice)
    journal = shop.village.read(market.stock_journal, goods="S03")
    assert (journal[0].kind, journal[0].note) == ("undone", f"撤回第{twice}笔：登记了两次")
    assert [(one.position, one.may_be_undone) for one in journal[:3]] == [
        (twice + 1, False),
        (twice, False),
        (twice - 1, True),
    ]
    assert proof.verify(shop.database, village=VILLAGE).findings == ()


def test_pieces_that_were_sold_are_not_undone_and_the_sentence_says_what_to_do(sqlite_shop: Shop) -> None:
    twice = deliver(sqlite_shop, 20)
    sqlite_shop.change(
        market.move_stock, goods="S03", kind="spoiled", quantity=101, request_id=sqlite_shop.request_id()
    )

    with pytest.raises(problems.PiecesGone, match="只剩19件，不够撤回这20件"):
        undo(sqlite_shop, twice)
    assert sqlite_shop.stock("S03") == 19


def test_sales_and_what_is_not_there_are_not_undone(sqlite_shop: Shop) -> None:
    sqlite_shop.sell(sqlite_shop.li)
    with pytest.raises(problems.MoveNotUndone):
        undo(sqlite_shop, 2)
    with pytest.raises(problems.MoveUnknown):
        undo(sqlite_shop, 99)
