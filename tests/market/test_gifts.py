"""Gifts: points to spend, for no deed, out of the village's charity account."""

from typing import Any

import pytest

from pointsbank import ledger, market, roster
from pointsbank.market import gifts
from pointsbank.market.gifts import Gift
from pointsbank.points import Points, whole
from pointsbank.text import TextInvalid
from tests.ledger.moves import village_balances
from tests.market.shop import Shop


def give(shop: Shop, **changes: Any) -> Gift:
    """Five points for 王建国, unless said otherwise."""
    given = {"participant": "0101", "points": whole(5), "reason": "春节慰问", "request_id": "gift-0001"}
    gift = shop.change(gifts.give, **(given | changes))
    assert isinstance(gift, Gift)
    return gift


def test_a_gift_can_be_spent_and_brings_no_honour(shop: Shop) -> None:
    gift = give(shop)

    assert (gift.status, gift.points, gift.balance) == ("completed", 500, 3500)
    assert shop.village.balance(shop.wang) == ledger.Balance(whole(35), whole(30))
    assert shop.village.read(village_balances)["charity.points"] == -500
    line = shop.village.read(ledger.statement, participant=shop.wang.id).lines[0]
    assert (line.kind, line.words["note"]) == ("gift", "春节慰问")


def test_the_same_request_gives_once(shop: Shop) -> None:
    first, again = give(shop), give(shop)

    assert (again.status, again.index) == ("replayed", first.index)
    assert shop.balance(shop.wang) == 3500


@pytest.mark.parametrize("points", [0, -100, True, 1.5, "5", 10**9])
def test_what_is_no_gift_is_refused(sqlite_shop: Shop, points: Any) -> None:
    with pytest.raises(market.problems.GiftInvalid):
        give(sqlite_shop, points=points)
    assert sqlite_shop.balance(sqlite_shop.wang) == Points(3000)


def test_a_gift_has_a_reason_and_somebody_who_gets_it(sqlite_shop: Shop) -> None:
    with pytest.raises(TextInvalid):
        give(sqlite_shop, reason="")
    with pytest.raises(roster.problems.ParticipantUnknown):
        give(sqlite_shop, participant="9999")
