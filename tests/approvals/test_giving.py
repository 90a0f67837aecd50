"""Points for no deed: one person requests them, somebody of another role confirms."""

from typing import Any

import pytest

from pointsbank import approvals, ledger, market, proof, roster
from pointsbank.points import whole
from tests.approvals.office import Office
from tests.builders import VILLAGE


def ask(office: Office, *, by: str = "li", **changes: Any) -> Any:
    """Ask for five points for 王建国, unless said otherwise."""
    gift = {"participant": "0101", "points": whole(5), "reason": "村民代表会议决定，春节赠送"}
    return office.village.write(approvals.request_gift, **(gift | changes), by=office.id(by))


def test_the_committee_alone_gives_nothing_and_two_roles_do(office: Office) -> None:
    asked = ask(office)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou")
    assert office.village.balance(office.village.wang) == ledger.Balance(whole(0), whole(0))

    done = office.confirm(asked, by="zhao")

    assert "5积分，现有5积分。" in done.sentence
    assert office.village.balance(office.village.wang) == ledger.Balance(whole(5), whole(0))
    line = office.village.read(ledger.statement, participant=office.village.wang.id).lines[0]
    assert (line.kind, line.words["note"]) == ("gift", "村民代表会议决定，春节赠送")
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_who_may_not_ask_and_what_is_no_gift_is_refused_before_anything_waits(sqlite_office: Office) -> None:
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        ask(sqlite_office, by="chen")
    with pytest.raises(market.problems.GiftInvalid):
        ask(sqlite_office, points=0)
    with pytest.raises(roster.problems.ParticipantUnknown):
        ask(sqlite_office, participant="9999")
