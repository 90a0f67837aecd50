"""Every refusal over the API: its status, its stable reason, a sentence saying what to do, and no trace."""

from collections.abc import Callable
from typing import Any

import pytest

from pointsbank import governing, market, roster
from pointsbank.market.describing import set_active
from pointsbank.points import whole
from tests.api.scene import NOW, Village, later
from tests.staff.people import PASSWORD

SAME: dict[str, Any] = {"village": "chayuan", "by": "li", "at": NOW}


def refused(answer: Any, status: int, reason: str) -> None:
    """The answer is this refusal, in the shape all refusals have."""
    assert (answer.status_code, answer.json["reason"]) == (status, reason), answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["detail"].endswith("。")
    assert answer.json["type"] == f"urn:pointsbank:problem:{reason}"


def test_a_quote_says_what_a_sale_costs_and_needs(village: Village) -> None:
    sale, before = village.sale(lines=line(quantity=11)), village.holdings()
    asked = {"scan_ticket": sale["scan_ticket"], "lines": sale["lines"]}

    quote = village.post("/redemptions/quote", asked)
    assert quote.status_code == 200
    need = {"reason": "large_sale", "detail": "一次兑换超过50积分"}
    assert quote.json == {"total": 55, "balance": 100, "balance_after": 45, "needs": need, "pin": "none"}
    small = village.post("/redemptions/quote", asked | {"lines": line()})
    assert (small.json["balance_after"], small.json["needs"]) == (95, None)
    refused(village.post("/redemptions/quote", asked | {"lines": line(points=4)}), 409, "price_changed")
    assert village.holdings() == before


def line(**changes: Any) -> list[dict[str, Any]]:
    """A basket of one line."""
    return [{"goods": "G01", "quantity": 1, "points": 5, **changes}]


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"confirmed": False}, 409, "confirmation_required"),
        ({"scan_ticket": "nosuchticket"}, 409, "ticket_expired"),
        ({"lines": line(goods="G99")}, 404, "goods_unknown"),
        ({"lines": line(points=4)}, 409, "price_changed"),
        ({"lines": line(points=0)}, 409, "price_changed"),
        ({"lines": line(goods="G02", points=45, quantity=2)}, 409, "sold_out"),
        ({"lines": line(quantity=11)}, 409, "pin_required"),
        ({"lines": line(quantity=11), "pin": "123456"}, 409, "pin_wrong"),
        (
            {"lines": line(quantity=11), "approver": "zhao", "approver_password": PASSWORD},
            409,
            "approver_invalid",
        ),
        (
            {"lines": line(quantity=11), "approver": "li", "approver_password": "wrong"},
            409,
            "approver_invalid",
        ),
        ({"lines": []}, 422, "fields_invalid"),
        ({"lines": line() * 51}, 422, "fields_invalid"),
    ],
)
def test_a_refused_sale_says_why_and_leaves_no_trace(
    changes: dict[str, Any], status: int, reason: str, village: Village
) -> None:
    sale, before = village.sale(**changes), village.holdings()

    refused(village.post("/redemptions", sale), status, reason)

    assert village.holdings() == before


def test_nobody_spends_more_than_they_have(village: Village) -> None:
    ticket = village.scan("0102").json["scan_ticket"]
    sale = village.sale(scan_ticket=ticket, lines=line(quantity=5))

    refused(village.post("/redemptions", sale), 409, "insufficient_points")
    assert village.get("/participants/0102").json["balance"] == 20.5


def test_a_refused_sale_may_be_sent_again_under_the_same_id(village: Village) -> None:
    sale = village.sale()
    refused(village.post("/redemptions", {**sale, "confirmed": False}), 409, "confirmation_required")

    assert village.post("/redemptions", sale).json["status"] == "completed"


def test_a_second_member_of_staff_lets_a_large_sale_through(village: Village) -> None:
    sale = village.sale(lines=line(quantity=11), approver="li", approver_password=PASSWORD)

    assert village.post("/redemptions", sale).json["total"] == 55


def test_a_wrong_pin_is_refused_and_the_fifth_locks(village: Village) -> None:
    digest = market.digest_pin("274913")
    with village.database.writing() as session:
        holder = roster.look_up(session, text=village.cards["0101"], village="chayuan")
        given = {"participant": holder.participant.id, "card": holder.card_id, "second": "chen"}
        market.set_pin(session, pin=digest, **given, **SAME)
    sale = village.sale(lines=line(quantity=11))

    for _ in range(5):
        refused(village.post("/redemptions", {**sale, "pin": "000001"}), 409, "pin_wrong")
    refused(village.post("/redemptions", {**sale, "pin": "274913"}), 409, "pin_locked")


def test_a_ticket_is_good_for_one_sale_and_two_minutes(village: Village) -> None:
    sale = village.sale()
    village.post("/redemptions", sale)
    refused(village.post("/redemptions", {**sale, "request_id": village.request_id()}), 409, "ticket_used")

    sale = village.sale()
    with later(1):
        refused(village.post("/redemptions", sale), 409, "ticket_expired")


def test_an_id_used_for_something_else_or_by_somebody_else_is_refused_barely(village: Village) -> None:
    sale = village.sale()
    village.post("/redemptions", sale)

    refused(village.post("/redemptions", {**sale, "lines": line(quantity=2)}), 409, "request_reused")
    by_another = village.post("/redemptions", sale, by="admin")
    refused(by_another, 409, "request_reused")
    assert "balance" not in by_another.text


def test_a_redemption_is_taken_back_once(village: Village) -> None:
    made = village.post("/redemptions", village.sale()).json
    place = f"/redemptions/{made['id']}/reversal"
    village.post(place, {"request_id": village.request_id(), "reason": "拿错了"})

    refused(
        village.post(place, {"request_id": village.request_id(), "reason": "再来"}), 409, "already_reversed"
    )
    unknown = {"request_id": village.request_id(), "reason": "没有这笔"}
    refused(village.post("/redemptions/nosuch/reversal", unknown), 404, "redemption_unknown")


def suspend(session: Any) -> None:
    """The first household may not spend."""
    roster.edit(session, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实", **SAME)


def lose(session: Any) -> None:
    """The first household lost its card."""
    roster.lose(session, code="0101", **SAME)


def replace(session: Any) -> None:
    """The first household has a new card."""
    person = roster.by_code(session, village="chayuan", code="0101")
    cards = roster.issue(session, participants=[person.id], **SAME)
    roster.hand_out(session, cards=[card.id for card in cards], **SAME)


@pytest.mark.parametrize(
    ("happened", "reason"),
    [(suspend, "participant_suspended"), (lose, "card_revoked"), (replace, "card_replaced")],
)
def test_a_card_that_is_no_longer_good_is_refused_from_the_next_request_on(
    happened: Callable[[Any], None], reason: str, village: Village
) -> None:
    sale = village.sale()
    with village.database.writing() as session:
        happened(session)

    refused(village.scan(), 409, reason)
    refused(village.post("/redemptions", sale), 409, reason)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("https://evil.example/c/", 422, "card_malformed"),
        ("0" * 27, 404, "card_unknown"),
        ("村", 422, "card_malformed"),
        ("\u202e", 422, "fields_invalid"),
        ("a" * 1001, 422, "fields_invalid"),
    ],
)
def test_what_is_no_card_is_refused(text: str, status: int, reason: str, village: Village) -> None:
    refused(village.post("/card-scans", {"code": text}), status, reason)


def test_a_card_is_read_whatever_address_stands_before_it(village: Village) -> None:
    code = f"https://elsewhere.example/x/y/c/{village.cards['0102'].lower()}"

    assert village.post("/card-scans", {"code": code}).json["participant"]["code"] == "0102"


def test_a_card_of_another_village_is_refused(village: Village) -> None:
    refused(village.scan(by="wu", village="zhuyuan"), 409, "wrong_village")


def test_the_day_and_the_month_have_limits_where_the_village_sets_them(village: Village) -> None:
    with village.database.writing() as session:
        governing.change_settings(session, daily_limit=whole(9), **SAME)
        market.set_limit(session, goods="G01", limit=1, **SAME)

    refused(village.post("/redemptions", village.sale(lines=line(quantity=2))), 409, "limit_reached")
    dear = [{"goods": "G02", "quantity": 1, "points": 45}]
    refused(village.post("/redemptions", village.sale(lines=dear)), 409, "daily_limit_reached")


def test_goods_no_longer_offered_are_refused(village: Village) -> None:
    with village.database.writing() as session:
        set_active(session, village="chayuan", goods="G01", active=False, by="li", at=NOW)

    refused(village.post("/redemptions", village.sale()), 409, "goods_inactive")


def test_more_cannot_spoil_than_there_is(village: Village) -> None:
    move = {"request_id": village.request_id(), "kind": "spoiled", "quantity": 2}

    refused(village.post("/goods/G02/stock-moves", move), 409, "sold_out")
    refused(village.post("/goods/nosuch/stock-moves", move), 404, "goods_unknown")
