"""Two answers at once: one is done, the other hears how it ended; never both, never half."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from pointsbank import approvals, market, proof
from pointsbank.approvals import Approval, stored
from pointsbank.database import Database
from pointsbank.errors import Problem
from tests.approvals.office import Office, open_office
from tests.builders import NOW, VILLAGE
from tests.missed_rules import taken_out

ROUNDS = 6


def together(*verbs: Callable[[], Any]) -> Counter[str]:
    """Call these at the same moment; count what was told."""
    gate = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> str:
        gate.wait()
        try:
            verb()
        except Problem as problem:
            return problem.code
        except Exception as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(verbs)) as people:
        return Counter(people.map(run, verbs))


def confirming(office: Office, one: Approval, by: str) -> Callable[[], Any]:
    """A confirmation to be sent."""
    return lambda: office.confirm(one, by=by)


def test_of_four_confirmations_at_once_one_counts(office: Office) -> None:
    for _ in range(ROUNDS):
        one = office.request()
        told = together(*(confirming(office, one, by) for by in ("li", "zhou", "zhao", "sun")))
        assert told == {"done": 1, "approval_ended": 3}

    events = office.village.read(market.pin_events)
    assert [event.kind for event in events] == ["reset"] * (ROUNDS - 1) + ["set"]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_without_the_lock_the_others_run_into_each_other(postgresql_database: Database) -> None:
    office = open_office(postgresql_database)
    read = "session.get(ApprovalRow, (village, approval), {}populate_existing=True)"
    told: Counter[str] = Counter()
    with taken_out(stored.lock_waiting, read.format("with_for_update=lock, "), read.format("")):
        for _ in range(ROUNDS):
            one = office.request()
            told += together(*(confirming(office, one, by) for by in ("li", "zhou", "zhao", "sun")))

    assert told["done"] == ROUNDS
    assert told["approval_ended"] < 3 * ROUNDS


@pytest.mark.parametrize("other", ["withdraw", "decline"])
def test_a_confirmation_beside_another_answer_is_done_whole_or_not_at_all(office: Office, other: str) -> None:
    verbs: dict[str, Callable[[Approval], Any]] = {
        "withdraw": lambda one: office.answer(approvals.withdraw, one, by="chen"),
        "decline": lambda one: office.answer(approvals.decline, one, by="zhao", reason="disagreed"),
    }
    confirmed = 0
    for _ in range(ROUNDS):
        one = office.request()
        told = together(confirming(office, one, "li"), lambda one=one: verbs[other](one))  # type: ignore[misc]
        assert told == {"done": 1, "approval_ended": 1}
        confirmed += office.status(one) == "confirmed"

    assert len(office.village.read(market.pin_events)) == confirmed


def test_the_same_request_from_three_desks_waits_once(office: Office) -> None:
    for _ in range(ROUNDS):
        tickets = [office.scan() for _ in range(3)]
        requests = [lambda ticket=ticket: office.request(ticket=ticket) for ticket in tickets]
        assert together(*requests) == {"done": 1, "approval_waiting": 2}
        [waiting] = office.village.read(approvals.waiting, by=office.id("li"), at=NOW)
        office.answer(approvals.withdraw, waiting.approval, by="chen")


def test_a_request_that_expires_meanwhile_is_ended_once(office: Office) -> None:
    late = NOW + timedelta(days=7)
    one = office.request()

    told = together(
        lambda: office.confirm(one, at=late),
        lambda: office.request(at=late),
        lambda: office.confirm(one, by="zhao", at=late),
    )
    assert told == {"done": 1, "approval_ended": 2}
    assert office.status(one, at=late) == "expired"
    assert not office.has_pin()
