"""Two tills at once: one day book, and the ceiling holds; without the lock it would not."""

from decimal import Decimal

import pytest

from pointsbank import proof, scoring
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.scoring import counter
from tests.builders import VILLAGE
from tests.scoring.counter import Counter, later, open_counter
from tests.scoring.test_racing import at_once

TILLS = 4


def enter_everywhere(desk: Counter, days: int) -> int:
    """Six points for one household at each till, on a day that gives ten; what the day came to."""
    before = desk.points()
    at_once(lambda _: desk.enter(quantity=Decimal(12), at=later(days)), list(range(TILLS)))
    return desk.points() - before


def test_a_ceiling_holds_at_several_tills(database: Database):
    desk = open_counter(database)

    assert [enter_everywhere(desk, days) for days in range(3)] == [whole(10)] * 3
    assert [desk.book(days).scores for days in range(3)] == [2] * 3
    assert proof.verify(database, village=VILLAGE).holds


def test_first_entries_of_several_households_open_one_book(database: Database):
    desk = open_counter(database)

    answers = at_once(desk.enter, ["0101", "0102", "0201", "0202"])

    assert len({one.day_book for one in answers}) == 1
    assert desk.book().scores == TILLS


def test_the_same_request_at_two_tills_is_one_entry(database: Database):
    desk = open_counter(database)

    answers = at_once(lambda _: desk.enter(request_id="counter-twice"), [1, 2])

    assert {one.status for one in answers} == {"completed", "replayed"}
    assert desk.points() == whole(2)


def test_without_the_locks_the_ceiling_would_not_hold(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
):
    desk = open_counter(postgresql_database)
    desk.enter("0102")
    book = desk.book()
    monkeypatch.setattr(counter.ledger, "lock_accounts", lambda *_, **__: None)
    monkeypatch.setattr(counter, "open_book", lambda *_, **__: (book.id, book.scores))
    # Only what is judged under no lock is looked at: numbers are drawn apart.
    numbers = iter(range(100, 1_000))
    monkeypatch.setattr(counter, "last_number", lambda *_, **__: next(numbers))

    at_once(lambda _: desk.enter(quantity=Decimal(12)), list(range(TILLS)))

    assert desk.points() > whole(10)
    assert desk.village.read(scoring.day_book_on, day=book.held_on) is not None
