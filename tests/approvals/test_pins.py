"""A household's PIN: card scanned, two people, seven days; all checked anew when it is confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import approvals, households, market, proof, roster, staff
from pointsbank.errors import Problem
from pointsbank.households.erasing import erase
from pointsbank.shortfalls import shortfalls
from tests.approvals.office import DIGEST, Office
from tests.builders import NOW, VILLAGE
from tests.ledger.tampering import tamper
from tests.staff.people import HASHED

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("second", "may"),
    [("chen", False), ("wu", False), ("li", True), ("zhao", True), ("sun", True)],
)
def test_a_clerk_s_request_needs_somebody_of_another_role(office: Office, second: str, may: bool) -> None:
    one = office.request()
    assert not office.has_pin()

    if may:
        assert office.confirm(one, by=second).sentence == "王建国（0101）的兑换密码已设好。"
    else:
        with pytest.raises(approvals.problems.SecondNotAllowed):
            office.confirm(one, by=second)
    assert office.has_pin() is may


def test_each_step_is_an_entry_of_the_log_and_the_books_hold(office: Office) -> None:
    first = office.request()
    office.confirm(first)
    second = office.request()
    office.answer(approvals.decline, second, by="zhao", reason="not_present")
    office.answer(approvals.withdraw, office.request(), by="chen")
    done = office.confirm(office.request(), by="zhao")

    told = [kind for kind in office.kinds(after=first.requested_index) if kind != "rows_witnessed"]
    assert told == [
        *("approval_requested", "pin_set", "approval_confirmed"),
        *("approval_requested", "approval_declined"),
        *("approval_requested", "approval_withdrawn"),
        *("approval_requested", "pin_reset", "approval_confirmed"),
    ]
    events = office.village.read(market.pin_events, participant=office.village.wang.id)
    chen, li, zhao = map(office.id, ("chen", "li", "zhao"))
    assert [(one.kind, one.done_by, one.second) for one in events] == [
        ("reset", chen, zhao),
        ("set", chen, li),
    ]
    assert done.sentence == "王建国（0101）的兑换密码已重设，原密码作废。"
    assert proof.verify(office.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize("typed", ["户号", "卡号"])
def test_a_typed_number_gives_nobody_a_pin(office: Office, typed: str) -> None:
    ticket = office.scan(office.village.wang.code if typed == "户号" else office.card.number)

    with pytest.raises(market.problems.CardNotScanned):
        office.request(ticket=ticket)
    with pytest.raises(market.problems.TicketExpired):
        office.request(ticket="nosuchticket")


def test_a_scan_is_good_for_a_request_as_long_as_for_a_sale(sqlite_office: Office) -> None:
    ticket = sqlite_office.scan()

    with pytest.raises(market.problems.TicketExpired):
        sqlite_office.request(ticket=ticket, at=NOW + timedelta(minutes=3))


def test_a_locked_pin_is_reset_by_two_and_counts_again(sqlite_office: Office) -> None:
    office = sqlite_office
    office.confirm(office.request())
    office.village.give(office.village.wang, 80)
    office.village.write(market.add_goods, code="M01", name="大米", points=6000, stock=5)
    asked: dict[str, Any] = {"village": VILLAGE, "by": office.id("chen"), "confirmed": True}
    asked["lines"] = [market.BasketLine("M01", 1, 6000)]  # type: ignore[arg-type]

    def sell(number: int, pin: str, minutes: int) -> Any:
        at = NOW + timedelta(minutes=minutes)
        where = {"scan_ticket": office.scan(at=at), "request_id": f"till-{number:06d}", "at": at}
        return market.sell(office.database, **where, **asked, pin=pin)

    for number in range(10):
        with pytest.raises(market.problems.PinWrong):
            sell(number, "314159", 0 if number < 5 else 20)
    with pytest.raises(market.problems.PinLocked):
        sell(10, "271828", 60)
    at = NOW + timedelta(minutes=60)
    office.confirm(office.request(pin=market.digest_pin("161803"), at=at), at=at)
    assert sell(11, "161803", 61).status == "completed"


def test_a_request_waits_seven_days_and_not_a_second_longer(office: Office) -> None:
    one = office.request()
    with pytest.raises(approvals.problems.ApprovalEnded, match="已过期"):
        office.confirm(one, at=NOW + WEEK)
    assert office.status(one, at=NOW + WEEK) == "expired"
    assert office.status(one, at=NOW + WEEK - timedelta(seconds=1)) == "waiting"

    # The next request ends it in the table and in the log too, and forgets what was typed.
    again = office.request(at=NOW + WEEK)
    assert office.kinds(after=again.requested_index - 1)[0] == "approval_expired"
    assert _proposals(office) == 1
    office.confirm(again, at=NOW + 2 * WEEK - timedelta(seconds=1))
    assert _proposals(office) == 0


def test_the_same_request_waits_once(sqlite_office: Office) -> None:
    sqlite_office.request()
    with pytest.raises(approvals.problems.ApprovalWaiting):
        sqlite_office.request(by="sun")


def test_what_was_declined_or_withdrawn_is_forgotten_and_may_be_requested_anew(sqlite_office: Office) -> None:
    office = sqlite_office
    for verb, by, more in (
        (approvals.decline, "li", {"reason": "mistaken"}),
        (approvals.withdraw, "chen", {}),
    ):
        one = office.request()
        office.answer(verb, one, by=by, **more)
        assert _proposals(office) == 0
        with pytest.raises(approvals.problems.ApprovalEnded):
            office.confirm(one)
    office.confirm(office.request())

    assert office.has_pin()


def test_who_may_not_request_decline_or_withdraw(sqlite_office: Office) -> None:
    office = sqlite_office
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        office.request(by="zhao", ticket=office.scan())
    one = office.request()
    for by in ("chen", "wu"):
        with pytest.raises(approvals.problems.SecondNotAllowed):
            office.answer(approvals.decline, one, by=by, reason="disagreed")
    with pytest.raises(approvals.problems.NotTheRequester):
        office.answer(approvals.withdraw, one, by="li")
    with pytest.raises(approvals.problems.DeclineReasonUnknown):
        office.answer(approvals.decline, one, by="li", reason="王家的人不好")
    with pytest.raises(approvals.problems.ApprovalUnknown):
        office.village.write(approvals.confirm, village="zhuyuan", approval=one.id, by=office.id("li"))


def _lost(office: Office) -> None:
    office.village.write(roster.lose, code="0101")


def _suspended(office: Office) -> None:
    office.village.write(roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实")


def _requester_gone(office: Office) -> None:
    _with_roles(office, "chen")


def _requester_disabled(office: Office) -> None:
    with office.database.writing() as session:
        staff.disable(session, login="chen", by=office.id("sun"), at=NOW)


def _second_gone(office: Office) -> None:
    _with_roles(office, "li", "clerk")


def _forgotten(office: Office) -> None:
    with office.database.writing() as session:
        market.forget(session, village=VILLAGE, participant=office.village.wang.id)


def _pin_meanwhile(office: Office) -> None:
    wang, card = office.village.wang.id, office.card.id
    office.village.write(market.set_pin, participant=wang, pin=DIGEST, card=card, second="chen")


def _with_roles(office: Office, login: str, *roles: str) -> None:
    with office.database.writing() as session:
        seats = [(VILLAGE, role) for role in roles]
        staff.set_roles(session, staff=office.id(login), roles=seats, by=office.id(login), at=NOW)


@pytest.mark.parametrize(
    ("meanwhile", "problem"),
    [
        (_lost, roster.problems.CardRevoked),
        (_suspended, roster.problems.ParticipantSuspended),
        (_requester_gone, approvals.problems.RequesterNotAllowed),
        (_requester_disabled, approvals.problems.RequesterNotAllowed),
        (_second_gone, approvals.problems.SecondNotAllowed),
        (_forgotten, market.problems.ProposalGone),
        (_pin_meanwhile, market.problems.PinExists),
    ],
)
def test_the_confirmation_checks_all_anew(
    sqlite_office: Office, meanwhile: Any, problem: type[Problem]
) -> None:
    one = sqlite_office.request()
    meanwhile(sqlite_office)

    with pytest.raises(problem):
        sqlite_office.confirm(one)
    assert sqlite_office.status(one) == "waiting"


def test_a_login_that_the_requester_reset_is_no_second(sqlite_office: Office) -> None:
    office = sqlite_office
    one = office.request(by="sun")
    with office.database.writing() as session:
        staff.change_password(session, staff=office.id("li"), password=HASHED, by=office.id("sun"), at=NOW)

    with pytest.raises(staff.problems.LoginNotIndependent):
        office.confirm(one)
    assert not office.has_pin()


def test_what_somebody_s_program_requested_as_another_that_one_does_not_confirm(office: Office) -> None:
    with office.database.writing() as session:
        staff.make_token(session, login="chen", by=office.id("sun"), at=NOW)
    one = office.request()
    with office.database.writing() as session:
        staff.revoke_tokens(session, login="chen", by=office.id("sun"), at=NOW)

    with pytest.raises(staff.problems.LoginNotIndependent, match="令牌作废以前开始的"):
        office.confirm(one, by="sun", at=NOW + timedelta(days=6))
    assert not office.has_pin()
    office.confirm(one, by="li")
    assert office.has_pin()


def test_a_closed_and_forgotten_household_leaves_no_digest(sqlite_office: Office) -> None:
    office = sqlite_office
    one = office.request()
    gone = {"participant": "0101", "decision": "迁出", "request_id": "closing-000001"}
    office.village.write(households.close, **gone)
    with pytest.raises(roster.problems.CardRevoked):
        office.confirm(one)
    office.village.write(erase, participant="0101", reason="本人要求")

    assert _proposals(office) == 0
    assert proof.verify(office.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        "status = 'confirmed', ended_by = requested_by, ended_at = requested_at, ended_index = 0",
        "status = 'confirmed', ended_by = 'li', ended_at = expires_at, ended_index = 0",
        "status = 'withdrawn', ended_by = 'li', ended_at = requested_at, ended_index = 0",
        "status = 'confirmed'",
        "terms = '{}'",
        "requested_by = 'li'",
    ],
)
def test_the_table_itself_refuses_what_nobody_may(office: Office, change: str) -> None:
    office.request()

    with pytest.raises(DBAPIError), office.database.engine.begin() as connection:
        connection.execute(text(f"UPDATE approval SET {change}"))


def test_an_edited_or_missing_record_of_a_pin_is_found(sqlite_office: Office) -> None:
    office = sqlite_office
    office.confirm(office.request())
    tamper(office.database, "UPDATE pin_event SET second = 'zhou'")
    [finding] = proof.verify(office.database, village=VILLAGE).findings
    assert "兑换密码的记录与日志不符" in str(finding)

    tamper(office.database, "DELETE FROM pin_event", "DELETE FROM approval")
    assert any("兑换密码" in str(one) for one in proof.verify(office.database, village=VILLAGE).findings)
    said = "".join(shortfalls(office.database))
    assert all(f"的表 {name} 缺行：日志记着至少1行，现有0行" in said for name in ("pin_event", "approval"))


def test_what_ended_stays_as_it_ended(office: Office) -> None:
    office.confirm(office.request())

    for order in ("UPDATE approval SET reason = ''", "DELETE FROM approval", "DELETE FROM pin_event"):
        with pytest.raises(DBAPIError), office.database.engine.begin() as connection:
            connection.execute(text(order))


def _proposals(office: Office) -> int:
    with office.database.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM pin_proposal")).scalar_one())
