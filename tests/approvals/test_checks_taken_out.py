"""Each check that keeps one person from doing it alone, taken out of the program: then it is done.

Every case goes the way that production goes, once as the program is and once without one check.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank import approvals, roster, staff
from pointsbank.approvals import Approval, HandedCard, answering, rules
from pointsbank.errors import Problem
from pointsbank.market import pins
from tests.approvals.office import DIGEST, Office
from tests.builders import NOW
from tests.missed_rules import taken_out
from tests.staff.people import HASHED, hire


def typed(office: Office) -> None:
    """A clerk types the number of a card that nobody brought."""
    office.confirm(office.request(ticket=office.scan(roster.spaced(office.card.number))))


def two_clerks(office: Office) -> None:
    """Two clerks do it between themselves."""
    office.confirm(office.request(), by="wu")


def own_login(office: Office) -> None:
    """An admin requests, gives the committee's login a password of his choice, and confirms with it."""
    one = office.request(by="sun")
    with office.database.writing() as session:
        staff.change_password(session, staff=office.id("li"), password=HASHED, by=office.id("sun"), at=NOW)
    office.confirm(one)


def two_of_the_committee(office: Office) -> None:
    """Two of the committee bring a card into use that they printed themselves."""
    wang = office.village.wang.id
    [card] = office.village.write(roster.issue, participants=[wang])
    cards = [HandedCard(card.id, wang, DIGEST)]
    office.confirm(
        office.village.write(approvals.request_hand_out, cards=cards, by=office.id("li")), by="zhou"
    )


def lost_meanwhile(office: Office) -> None:
    """The household reports its card lost while the request waits."""
    one = office.request()
    office.village.write(roster.lose, code="0101")
    office.confirm(one)


@dataclass(frozen=True)
class Case:
    """What somebody does, how it is refused, and the check without which it is not."""

    act: Callable[[Office], None]
    refused: str
    function: Any
    check: str
    instead: str = "None"


OTHER_ROLE = "bool(able - first) or (among_committee and COMMITTEE in able)"
NOT_SCANNED = "ticket.typed or ticket.card_id is None"
IN_HAND = (
    "staff.independence.check(session, first=row.requested_by, second=by, at=at, begun_at=row.requested_at)"
)
HIMSELF = "second is None or second.staff.id == approval.requested_by"
CARD = "roster.check_card(session, village=village, participant=participant, card=card)"
CASES = (
    Case(typed, "card_not_scanned", pins.scanned_ticket, NOT_SCANNED, "False"),
    Case(two_clerks, "second_not_allowed", rules.may_second, OTHER_ROLE, "bool(able)"),
    Case(two_of_the_committee, "second_not_allowed", rules.may_second, OTHER_ROLE, "bool(able)"),
    Case(own_login, "login_not_independent", answering.check_second, IN_HAND),
    Case(lost_meanwhile, "card_revoked", pins._check_witnesses, CARD),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.act.__name__)
def test_what_is_refused_is_done_without_its_check(case: Case, sqlite_office: Office) -> None:
    with taken_out(case.function, case.check, case.instead):
        case.act(sqlite_office)

    assert sqlite_office.has_pin()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.act.__name__)
def test_as_the_program_is_it_is_refused(case: Case, sqlite_office: Office) -> None:
    with pytest.raises(Problem) as refused:
        case.act(sqlite_office)

    assert refused.value.code == case.refused
    assert not sqlite_office.has_pin()


def test_one_person_on_both_sides_meets_four_checks_the_last_in_the_table(sqlite_office: Office) -> None:
    office = sqlite_office
    office.people["qian"] = hire(office.database, "qian", "clerk", "committee")
    one = office.request(by="qian")
    layers: tuple[tuple[str, Any, str, str], ...] = (
        ("second_not_allowed", answering.can_second, HIMSELF, "second is None"),
        ("login_not_independent", answering.check_second, IN_HAND, "None"),
        ("second_missing", pins._check_witnesses, "by == second", "False"),
    )
    with ExitStack() as without:
        for code, function, check, instead in layers:
            with pytest.raises(Problem) as refused:
                office.confirm(one, by="qian")
            assert refused.value.code == code
            without.enter_context(taken_out(function, check, instead))

        with pytest.raises(IntegrityError, match="two_people"):
            office.confirm(one, by="qian")
    assert not office.has_pin()


def test_after_its_week_a_request_meets_the_clock_and_then_the_table(sqlite_office: Office) -> None:
    one = sqlite_office.request()
    late = NOW + timedelta(days=7)
    with pytest.raises(approvals.problems.ApprovalEnded):
        sqlite_office.confirm(one, at=late)

    over = '"expired" if self.status == "waiting" and at >= self.expires_at else self.status'
    without_a_clock = taken_out(Approval.standing, over, "self.status")
    with without_a_clock, pytest.raises(IntegrityError, match="in_time"):
        sqlite_office.confirm(one, at=late)
    assert not sqlite_office.has_pin()
