"""A household splits, merges or ends while its card is at the till; and what happens without the locks."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from pointsbank import households, market, proof, publicity, roster
from pointsbank.database import BUSY_SECONDS, Database
from pointsbank.errors import Problem
from pointsbank.households import Share
from pointsbank.ledger import village_account
from pointsbank.market import scanning
from pointsbank.market.redemption import redeem
from pointsbank.points import whole
from tests.builders import CLERK, VILLAGE, Chayuan, chayuan
from tests.faults.unlocking import unlock
from tests.ledger.moves import village_balances
from tests.publicity.scene import CODE, LI, after, hung
from tests.publicity.test_correcting_race import together
from tests.publicity.test_settling_race import without_locks

Work = Callable[[], Any]


def at_the_till(village: Chayuan) -> Work:
    """王建国's card was scanned, his ten points are about to be spent."""
    village.give(village.wang, 10)
    village.write(market.add_goods, code="S03", name="食盐", points=whole(10), stock=5)
    ticket = village.write(scanning.scan, text=village.card(village.wang).token).scan_ticket
    lines = [market.BasketLine("S03", 1, whole(10))]
    given = {"request_id": "sale-0001", "scan_ticket": ticket, "confirmed": True, "lines": lines, "by": CLERK}
    return lambda: village.write(redeem, **given)


def splitting(village: Chayuan) -> Work:
    """王小军 leaves, with all ten points."""
    share = Share(code="0104", name="王小军", people=2, points=whole(10))
    given = {"participant": "0101", "share": share, "decision": "村民小组会议", "request_id": "split-0001"}
    return lambda: village.write(households.split, **given)


def merging(village: Chayuan, heir: str = "0303") -> Work:
    """王建国's household becomes part of another."""
    given = {"participant": "0101", "heir": heir, "decision": "合并", "request_id": f"merge-{heir}"}
    return lambda: village.write(households.close, **given)


def is_sound(village: Chayuan, answers: list[Any]) -> bool:
    """Whether everybody was answered in plain words, ten points are ten points, and the books hold."""
    in_words = all(isinstance(one, Problem) or not isinstance(one, Exception) for one in answers)
    everybody = [village.balance(one).points for one in village.read(roster.everyone)]
    spent = village.read(village_balances)[village_account("market", "points")]
    whole_again = sum(everybody) + spent == whole(10) and min(everybody) >= 0
    return in_words and whole_again and proof.verify(village.database, village=VILLAGE).findings == ()


def done(answers: list[Any]) -> int:
    """How many were not refused."""
    return sum(not isinstance(one, Exception) for one in answers)


def test_ten_points_are_spent_or_go_along_never_both(database: Database) -> None:
    village = chayuan(database)
    works = [at_the_till(village), splitting(village)]

    answers = together(village.database, "FROM account", *works)

    assert is_sound(village, answers)
    assert done(answers) == 1


def test_a_merger_takes_what_the_till_left(database: Database) -> None:
    village = chayuan(database)
    works = [at_the_till(village), merging(village)]

    answers = together(village.database, "FROM account", *works)

    assert is_sound(village, answers)
    assert village.read(roster.by_code, code="0101").status == "closed"
    assert village.balance(village.wang).points == 0


def test_a_household_becomes_part_of_one_other(database: Database) -> None:
    village = chayuan(database)
    village.give(village.wang, 10)

    answers = together(village.database, "FROM account", merging(village), merging(village, "0202"))

    assert is_sound(village, answers)
    [refused] = [one for one in answers if isinstance(one, Exception)]
    assert isinstance(refused, roster.problems.ParticipantClosed)


def test_a_split_without_the_locks_would_not_hold(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = chayuan(database)
    works = [at_the_till(village), splitting(village)]
    if database.is_sqlite:
        # The row of the request alone keeps two writers apart there, while there are transactions.
        monkeypatch.setattr(village.database, "_writer", nullcontext(BUSY_SECONDS))
        unlock(village.database.engine, keep_the_log=False)
        village.database.engine.dispose()
        unlocked: Any = nullcontext()
    else:
        unlocked = without_locks(village.database, monkeypatch)
    with unlocked:
        answers = together(village.database, "FROM account", *works)

    assert not is_sound(village, answers)


def test_a_merger_without_the_locks_would_not_hold(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = chayuan(postgresql_database)
    works = [at_the_till(village), merging(village)]

    with without_locks(village.database, monkeypatch):
        answers = together(village.database, "FROM account", *works)

    assert not is_sound(village, answers)


def test_an_award_is_posted_before_the_end_or_the_end_is_refused(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))
    at: Any = {"village": CODE, "by": LI, "at": after(4)}

    def settle() -> Any:
        with database.writing() as session:
            return publicity.settle(session, notice=notice.id, **at)

    def end() -> Any:
        with database.writing() as session:
            given = {"participant": "0101", "decision": "迁出", "request_id": "close-0001"}
            return households.close(session, **given, **at)

    answers = together(database, "FROM account", settle, end)

    [refused, ended] = (
        [one for one in answers if kind(one)]
        for kind in (
            lambda one: isinstance(one, households.problems.ScoresUnsettled),
            lambda one: isinstance(one, households.closing.HouseholdClosed),
        )
    )
    assert len(refused) + len(ended) == 1
    if ended:
        assert ended[0].honour == 500
    assert proof.verify(database, village=CODE).findings == ()
