"""Scanning: whose card it is, and a ticket for one sale."""

from datetime import timedelta

import pytest

from pointsbank import governing, market, roster
from pointsbank.errors import Problem
from tests.builders import CLERK, NOW
from tests.market.shop import Shop


def test_a_scan_says_who_it_is_what_they_hold_and_until_when(shop: Shop) -> None:
    scan = shop.scan(shop.wang)

    assert (scan.participant.code, scan.balance, scan.honour) == ("0101", 3000, 3000)
    assert scan.expires_at == NOW + timedelta(seconds=120)
    assert not scan.typed


def test_whatever_stands_before_the_27_characters_is_ignored(sqlite_shop: Shop) -> None:
    token = sqlite_shop.cards[sqlite_shop.wang.id].token

    for text in (token, token.lower(), f"https://other.example/x/c/{token}\r\n", f"垃圾{token}"):
        assert sqlite_shop.type(text).participant.code == "0101"


def test_a_typed_card_number_or_code_makes_a_ticket_marked_so(sqlite_shop: Shop) -> None:
    number = sqlite_shop.cards[sqlite_shop.wang.id].number

    for text in (number, f" {number[:3]} {number[3:]}", "0101", "０１０１"):
        scan = sqlite_shop.type(text)
        assert (scan.participant.code, scan.typed) == ("0101", True)


def test_a_typed_ticket_always_needs_the_second_check(sqlite_shop: Shop) -> None:
    for ticket in (sqlite_shop.type("0101"), sqlite_shop.scan(sqlite_shop.wang, typed=True)):
        with pytest.raises(market.problems.PinRequired, match="本次没有扫卡"):
            sqlite_shop.sell(sqlite_shop.wang, scan_ticket=ticket.scan_ticket)


@pytest.mark.parametrize("text", ["", "x", "0" * 40, "9999999", "\0", "\ud800", "A" * 26, "U" * 27])
def test_what_is_no_card_is_refused_and_written_down(sqlite_shop: Shop, text: str) -> None:
    with pytest.raises(Problem) as refused:
        sqlite_shop.type(text)

    assert refused.value.code in ("card_malformed", "card_unknown")
    assert sqlite_shop.attempts("scan") == [refused.value.code]


def test_a_lost_card_is_refused_with_the_next_scan(shop: Shop) -> None:
    shop.village.write(roster.lose, code="0101")

    with pytest.raises(roster.problems.CardRevoked):
        shop.scan(shop.wang)
    assert shop.attempts("scan") == ["card_revoked"]


def test_a_suspended_household_is_refused_typed_or_scanned(sqlite_shop: Shop) -> None:
    sqlite_shop.village.write(
        roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实"
    )

    with pytest.raises(roster.problems.ParticipantSuspended):
        sqlite_shop.scan(sqlite_shop.wang)
    with pytest.raises(roster.problems.ParticipantSuspended):
        sqlite_shop.type("0101")


def test_a_card_of_another_village_is_refused(sqlite_shop: Shop) -> None:
    sqlite_shop.village.found_neighbour()
    text = sqlite_shop.cards[sqlite_shop.wang.id].token

    with pytest.raises(roster.problems.WrongVillage):
        market.try_scan(sqlite_shop.database, village="zhuyuan", text=text, by=CLERK, at=NOW)


def test_a_village_says_how_long_a_ticket_lasts(sqlite_shop: Shop) -> None:
    sqlite_shop.village.write(governing.change_settings, ticket_seconds=300)

    assert sqlite_shop.scan(sqlite_shop.wang).expires_at == NOW + timedelta(seconds=300)
