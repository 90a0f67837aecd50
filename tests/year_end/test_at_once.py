"""Two runs at once, a sale beside a run, a run that is killed: all or nothing, never more than is there."""

import os
import subprocess
import sys
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pointsbank import households, ledger, market, proof, year_end
from pointsbank.database import Database, execute
from pointsbank.market import BasketLine
from pointsbank.points import whole
from pointsbank.year_end import posting
from tests.builders import SUPERVISOR, VILLAGE, chayuan
from tests.market.shop import RICE, open_shop
from tests.scoring.test_racing import at_once
from tests.year_end.scene import AUTUMN, DUE, YEAR, ended, move, points_of, resolved, undone

problems = year_end.problems
HANDS = 3


def run_at_once(database: Database) -> list[Any]:
    """Let several post the same year's end at once; what each got."""
    cast = chayuan(database)
    resolved(cast)
    for who in (cast.wang, cast.shan, cast.li):
        move(cast, who, 50, at=AUTUMN)
    return at_once(lambda _: ended(cast), list(range(HANDS)))


@pytest.mark.both
def test_of_several_who_post_it_at_once_one_does_and_the_others_are_told(database: Database):
    answers = run_at_once(database)

    assert sorted(type(one).__name__ for one in answers) == ["YearEnd", "YearEndPosted", "YearEndPosted"]
    assert proof.verify(database, village=VILLAGE).holds


def test_without_the_locks_of_the_accounts_the_others_would_be_told_something_else(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(posting, "lock_everybody", lambda *_, **__: None)

    answers = run_at_once(postgresql_database)

    # What the ledger refuses then is right, and no sentence that says what to do.
    assert [type(one) for one in answers].count(problems.YearEndPosted) < HANDS - 1


def test_the_table_itself_holds_one_run_of_a_year(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 50, at=AUTUMN)
    ended(cast)
    again = (
        "INSERT INTO year_end_run SELECT village_id, 2, year, rule_number, turn, accounts, points_gone,"
        " honour_given, honour_gone, posted_by, confirmed_by, posted_at, next_index, undone_at, undone_by,"
        " undone_second, reason FROM year_end_run"
    )
    with pytest.raises(IntegrityError, match=r"year_end_run\.year"), sqlite_database.writing() as session:
        execute(session, text(again))


def sold_in_between(database: Database, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """A sale of 40 points begins after the run has planned and before it posts; what each got."""
    shop = open_shop(database)
    resolved(shop.village)
    ticket = shop.scan(shop.li, at=DUE).scan_ticket
    bought: list[Any] = []
    check = posting.check_ready

    def sell() -> None:
        try:
            bought.append(shop.sell(shop.li, BasketLine("M01", 1, RICE), scan_ticket=ticket, at=DUE))
        except Exception as problem:
            bought.append(problem)

    till = Thread(target=sell)

    def check_while_the_till_sells(*given: Any, **more: Any) -> None:
        check(*given, **more)
        till.start()
        # With the accounts locked it waits for the run; without, it is done long before.
        till.join(0.5)

    monkeypatch.setattr(posting, "check_ready", check_while_the_till_sells)
    try:
        done: Any = ended(shop.village)
    except Exception as problem:
        done = problem
    till.join()
    return done, bought[0]


@pytest.mark.both
def test_a_sale_beside_a_run_waits_for_it_and_is_told_what_is_left(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    done, bought = sold_in_between(database, monkeypatch)

    assert done.points_gone == whole(530)
    assert isinstance(bought, ledger.problems.InsufficientPoints)
    assert proof.verify(database, village=VILLAGE).holds


@pytest.mark.both
def test_beside_households_that_end_a_run_and_its_undoing_leave_nothing_twice(database: Database):
    cast = chayuan(database)
    resolved(cast)
    for who in (cast.wang, cast.namesake, cast.shan):
        move(cast, who, 50, at=AUTUMN)

    def close(code: str, heir: str | None) -> Any:
        given = {"decision": "一月村委会决定", "request_id": f"close-{code}", "at": DUE}
        return cast.write(households.close, participant=code, heir=heir, **given)

    acts = [lambda: ended(cast), lambda: close("0102", "0101"), lambda: close("0203", None)]
    answers = at_once(lambda place: acts[place](), [0, 1, 2])
    assert not [one for one in answers if isinstance(one, Exception)]
    assert points_of(cast, cast.wang) == 0

    acts = [lambda: undone(cast, at=DUE), lambda: close("0101", "0202")]
    answers = at_once(lambda place: acts[place](), [0, 1])
    assert not [one for one in answers if isinstance(one, Exception)]
    # What came back to the first heir, before or after it ended, is the last one's.
    there = {name: points_of(cast, getattr(cast, name)) for name in ("wang", "namesake", "shan")}
    assert set(there.values()) == {0} and points_of(cast, cast.zeng) == whole(100)
    assert proof.verify(database, village=VILLAGE).holds


def test_without_the_locks_of_the_accounts_the_run_would_take_what_was_sold(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(posting, "lock_everybody", lambda *_, **__: None)

    done, bought = sold_in_between(postgresql_database, monkeypatch)

    assert isinstance(bought, market.Redemption)
    assert isinstance(done, ledger.problems.InsufficientPoints)


KILLED = """
import os, sys
from pointsbank import year_end
from pointsbank.database import Database
from pointsbank.year_end import posting
from tests.year_end.scene import DUE, YEAR
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE

posting.execute_many = lambda *_, **__: os._exit(9)
with Database(sys.argv[1]).writing() as session:
    year_end.post_run(session, village=VILLAGE, year=YEAR, second=SUPERVISOR, by=COMMITTEE, at=DUE)
"""


def test_a_run_that_is_killed_midway_has_done_nothing_and_is_done_anew(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 50, at=AUTUMN)
    url = str(sqlite_database.engine.url)
    sqlite_database.dispose()
    words = [sys.executable, "-c", KILLED, url]
    died = subprocess.run(words, cwd=os.getcwd(), env=os.environ | {"PYTHONPATH": "."}, check=False)

    assert died.returncode == 9
    assert points_of(cast, cast.wang) == whole(50)
    assert cast.read(year_end.runs) == []
    assert proof.verify(sqlite_database, village=VILLAGE).holds
    assert ended(cast).points_gone == whole(50)


def test_the_same_people_are_two(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 50, at=AUTUMN)

    with pytest.raises(IntegrityError):
        cast.write(year_end.post_run, year=YEAR, second=SUPERVISOR, by=SUPERVISOR, at=DUE)
