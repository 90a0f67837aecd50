"""Several cards of one household at the till: one purse, one limit, each card lost by itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pointsbank import market, roster
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.ledger import problems
from tests.builders import CLERK, NOW, VILLAGE
from tests.market.shop import Shop, open_shop, salt


def second_card(shop: Shop) -> roster.IssuedCard:
    """王建国's other card, which his children in town have."""
    [card] = shop.village.write(roster.issue, participants=[shop.wang.id], further=True, label="城里")
    shop.village.write(roster.hand_out, cards=[card.id])
    assert isinstance(card, roster.IssuedCard)
    return card


def scan(shop: Shop, card: roster.IssuedCard) -> market.Scan:
    """Scan this card."""
    return market.try_scan(shop.database, village=VILLAGE, text=card.token, by=CLERK, at=NOW)


def test_two_cards_at_two_tills_spend_the_points_once(database: Database) -> None:
    shop = open_shop(database)
    tickets = [scan(shop, card).scan_ticket for card in (shop.cards[shop.wang.id], second_card(shop))]

    def buy(ticket: str) -> object:
        try:
            return shop.sell(shop.wang, salt(15), scan_ticket=ticket)
        except Refused as refusal:
            return type(refusal)

    with ThreadPoolExecutor(2) as tills:
        sold = list(tills.map(buy, tickets))

    assert shop.balance(shop.wang) == 0
    assert sold.count(problems.InsufficientPoints) == 1 and shop.stock("S03") == 85


def test_a_scan_of_a_card_that_was_lost_since_sells_nothing_and_the_other_goes_on(database: Database) -> None:
    shop = open_shop(database)
    city = second_card(shop)
    home_ticket, city_ticket = scan(shop, shop.cards[shop.wang.id]).scan_ticket, scan(shop, city).scan_ticket
    shop.village.write(roster.lose, code="0101", number=city.number)

    with pytest.raises(roster.problems.CardRevoked):
        shop.sell(shop.wang, salt(), scan_ticket=city_ticket)
    shop.sell(shop.wang, salt(), scan_ticket=home_ticket)

    used = shop.village.read(market.last_sales, participant=shop.wang.id)
    assert used == {shop.cards[shop.wang.id].id: NOW}
