"""The counter and a meeting at once: what several items may come to together holds; without the lock not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pointsbank import proof, scoring
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.scoring import ScoreRow, counter
from tests.builders import VILLAGE
from tests.scoring.counter import FIRST, Counter, later, limited, open_counter
from tests.scoring.test_racing import at_once

ROUNDS = 3


def desk_and_meeting(database: Database) -> tuple[Counter, str]:
    """A counter, and an open meeting (id), in a village where a day gives a household ten points at most."""
    desk = open_counter(database)
    limited(desk, period="日", most="10")
    held = {"held_on": FIRST, "title": "九月评议会", "judges": ["李会计"]}
    return desk, desk.village.write(scoring.open_meeting, **held).id


def enter_on_both_sides(desk: Counter, meeting: str, days: int) -> int:
    """Six points twice at the counter, five twice in the meeting, all at once; what the day came to."""
    day = FIRST + timedelta(days=days)
    row = ScoreRow("0101", "清扫", day)

    def enter(side: str) -> None:
        if side == "counter":
            desk.enter(quantity=Decimal(12), at=later(days))
        else:
            desk.village.write(scoring.enter_scores, meeting=meeting, rows=[row], at=later(days))

    at_once(enter, ["counter", "meeting"] * 2)
    # Where the meeting came first twice nothing was left for the counter, and no book was opened.
    book = desk.village.read(scoring.day_book_on, day=day)
    scores = [
        one
        for held in (meeting, *([book.id] if book else []))
        for one in desk.village.read(scoring.scores, meeting=held)
    ]
    return sum(one.counted_points for one in scores if one.occurred_on == day)


def test_a_limit_holds_at_the_counter_and_in_a_meeting_at_once(database: Database):
    desk, meeting = desk_and_meeting(database)

    assert [enter_on_both_sides(desk, meeting, days) for days in range(ROUNDS)] == [whole(10)] * ROUNDS
    assert proof.verify(database, village=VILLAGE).holds


def test_without_the_lock_of_the_account_the_limit_would_not_hold(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
):
    desk, meeting = desk_and_meeting(postgresql_database)
    monkeypatch.setattr(counter.ledger, "lock_accounts", lambda *_, **__: None)

    assert any(enter_on_both_sides(desk, meeting, days) > whole(10) for days in range(8))
