"""Households are closed and forgotten by two people: requested by one, done when another confirms."""

from typing import Any

import pytest

from pointsbank import approvals, households, ledger, proof, roster
from pointsbank.approvals import Approval
from pointsbank.points import whole
from pointsbank.text import ERASED, TextInvalid
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE
from tests.households.test_erasing import everything

DECISION = "2026年第3次村委会决议"


def closing(office: Office, **more: Any) -> Approval:
    """Li requests that 王建国's household ends, unless said otherwise."""
    asked = {"participant": "0101", "decision": DECISION, "by": office.id("li")} | more
    made = office.village.write(approvals.request_closing, **asked)
    assert isinstance(made, Approval)
    return made


def erasing(office: Office, code: str = "0101", **more: Any) -> Approval:
    """Li requests that its words go."""
    asked = {"participant": code, "reason": "own_request", "by": office.id("li")} | more
    made = office.village.write(approvals.request_erasure, **asked)
    assert isinstance(made, Approval)
    return made


def household(office: Office, code: str = "0101") -> roster.Participant:
    """A household as it stands."""
    found = office.village.read(roster.by_code, code=code)
    assert isinstance(found, roster.Participant)
    return found


def said(office: Office, one: Approval) -> str:
    """What a page says of a request."""
    found = office.village.read(approvals.shown, approval=one.id, by=office.id("zhao"), at=NOW)
    return "".join([found.outlook.subject, *found.outlook.happens])


@pytest.mark.parametrize("second", ["li", "zhou"])
def test_the_committee_alone_ends_no_household(office: Office, second: str) -> None:
    office.village.give(office.village.wang, 12)
    asked = closing(office, heir="0303")
    assert "现有12积分、12荣誉积分，全部转到李秀英（0303）" in said(office, asked)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by=second)
    assert household(office).status == "active"

    assert office.confirm(asked, by="zhao").sentence == "王建国（0101）已并户，1张积分卡作废。"

    assert household(office).status == "closed"
    assert office.village.balance(office.village.li).points == whole(12)
    assert "积分和荣誉积分，全部转到" in said(office, asked)
    told = office.village.read(ledger.log_entries, kinds=["household_closed"])
    assert [(one.actor, one.words["note"]) for one in told] == [(office.id("li"), DECISION)]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_what_cannot_end_is_said_at_once(sqlite_office: Office) -> None:
    for more, refusal in (
        ({"heir": "0101"}, households.problems.HeirInvalid),
        ({"heir": "9999"}, roster.problems.ParticipantUnknown),
        ({"decision": " "}, TextInvalid),
        ({"by": sqlite_office.id("chen")}, approvals.problems.RequesterNotAllowed),
    ):
        with pytest.raises(refusal):
            closing(sqlite_office, **more)
    with pytest.raises(households.problems.NotClosedYet):
        erasing(sqlite_office)
    with pytest.raises(approvals.problems.ErasureReasonUnknown):
        erasing(sqlite_office, reason="不想说")


def test_what_changed_meanwhile_is_checked_anew(sqlite_office: Office) -> None:
    office = sqlite_office
    asked = closing(office, heir="0303")
    office.confirm(closing(office, participant="0303"), by="sun")

    with pytest.raises(roster.problems.ParticipantClosed):
        office.confirm(asked, by="zhao")
    assert household(office).status == "active"


def test_what_was_read_is_what_is_confirmed(office: Office) -> None:
    """Zhao reads that 12 points are cleared, and meanwhile the household earns 30 more."""
    office.village.give(office.village.wang, 12)
    asked = closing(office)
    read = office.village.read(approvals.shown, approval=asked.id, by=office.id("zhao"), at=NOW).outlook.mark
    office.village.give(office.village.wang, 30)
    confirmed: dict[str, Any] = {"approval": asked.id, "by": office.id("zhao"), "at": NOW}

    with pytest.raises(approvals.problems.OutlookChanged, match="销户或并户"):
        office.village.write(approvals.confirm, seen=read, **confirmed)
    assert (office.status(asked), office.village.balance(office.village.wang).points) == (
        "waiting",
        whole(42),
    )

    now = office.village.read(approvals.shown, approval=asked.id, by=office.id("zhao"), at=NOW).outlook.mark
    assert office.village.write(approvals.confirm, seen=now, **confirmed)
    assert office.status(asked) == "confirmed"


def test_no_word_of_a_forgotten_household_is_left_in_requests(office: Office) -> None:
    into = closing(office, participant="0303", heir="0101", decision="并入王家的决定")
    closed = closing(office)
    office.confirm(closed, by="zhao")
    asked = erasing(office)
    assert household(office).name == "王建国"
    for word in (DECISION, "并入王家的决定"):
        assert word in everything(office.database)

    assert "资料已删除" in office.confirm(asked, by="chen").sentence

    assert household(office).erased
    for word in (DECISION, "并入王家的决定"):
        assert word not in everything(office.database)
    assert f"依据：{ERASED}。" in said(office, closed)
    with pytest.raises(roster.problems.ParticipantClosed):
        office.confirm(into, by="zhao")
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_what_ends_or_lowers_something_is_not_confirmed_with_others(sqlite_office: Office) -> None:
    """Ticked in a list nobody reads what will happen; a PIN may be."""
    office, one, pin = sqlite_office, closing(sqlite_office), sqlite_office.request()
    ticked: dict[str, Any] = {"by": office.id("sun"), "at": NOW, "in_bulk": True}

    with pytest.raises(approvals.problems.NotInBulk):
        office.village.write(approvals.confirm, approval=one.id, **ticked)

    assert office.status(one) == "waiting"
    assert office.village.write(approvals.confirm, approval=pin.id, **ticked)
    named = {code for code, kind in approvals.listing.KINDS.items() if kind.in_bulk}
    assert named == {"pin_set", "pin_reset", "hand_out"}
