"""A village's whole month, from the meeting to the seal, is the same on both databases to the last byte."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from typing import Any

import pytest

from pointsbank import boards, ledger, market, proof, publicity, roster, scoring, villages
from pointsbank.database import Database
from pointsbank.ledger import Balance
from pointsbank.points import Points
from pointsbank.proof import Anchor
from pointsbank.scoring import entering
from pointsbank.scoring.values import Judge
from tests.builders import COMMITTEE, VILLAGE
from tests.proof import month
from tests.proof.month import MONTH, on


def balances(database: Database) -> dict[str, Balance]:
    """What everybody holds, by household number."""
    with database.reading() as session:
        held = ledger.balances(session, village=VILLAGE)
        return {one.code: held[one.id] for one in roster.everyone(session, village=VILLAGE)}


def leaves(database: Database, size: int) -> list[bytes]:
    """Every entry's public bytes."""
    return list(ledger.public_entries(database, village=VILLAGE, size=size))


def test_the_month_leaves_what_the_rules_say(database: Database) -> None:
    lived = month.live(database)
    held = balances(database)

    # 20 old points, 5 for the yard, 8 + 2 of 6 hours' service (10 a month at most), a bag of rice for 12.5.
    assert held["0101"] == Balance(Points(2250), Points(3500))
    assert held["0102"] == Balance(Points(700), Points(700))
    assert held["0201"] == Balance(Points(500), Points(500))
    # Nothing to take: points stop at zero, honour does not.
    assert held["0301"] == Balance(Points(0), Points(-500))
    with database.reading() as session:
        stock = {one.code: one.stock for one in market.goods_list(session, village=VILLAGE, at=on(30))}
        wall = publicity.public_board(session, village=VILLAGE, month=MONTH, at=on(30, 9))
    assert stock == {"SP01": 8, "SP02": 3}
    assert [place.name for place in wall.red] == ["王*国", "王*国"]
    assert [place.rule for place in wall.black or ()] == ["HJ08 乱倒垃圾"]
    assert lived.anchor.fields["totals"]["redemption"] == {"points": 1650}
    assert proof.verify(database, village=VILLAGE, digits=lived.anchor.digits).month == MONTH


def test_both_databases_hold_the_same_month(sqlite_database: Database, postgresql_database: Database) -> None:
    here, there = (month.live(database).anchor for database in (sqlite_database, postgresql_database))

    assert balances(sqlite_database) == balances(postgresql_database)
    size = here.fields["size"]
    assert leaves(sqlite_database, size) == leaves(postgresql_database, size)
    assert (here.content, here.digest) == (there.content, there.digest)


def test_a_second_month_is_chained_to_the_first(sqlite_database: Database) -> None:
    first = month.live(sqlite_database).anchor
    with sqlite_database.writing() as session:
        second = proof.close_month(
            session, village=VILLAGE, month="2026-10", by=COMMITTEE, at=on(31, month=10)
        )

    assert second.fields["prev"] == first.digest.hex()
    assert second.fields["totals"] == {}
    assert second.fields["size"] == first.fields["size"] + 1


def test_a_month_is_closed_once_in_turn_and_when_it_is_over(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    for name, at, refusal in (
        (MONTH, on(30, 9), villages.problems.MonthClosed),
        ("2026-11", on(30, month=11), proof.problems.MonthOutOfTurn),
        ("2026-10", on(30, month=10), proof.problems.MonthNotOver),
    ):
        with pytest.raises(refusal), sqlite_database.writing() as session:
            proof.close_month(session, village=VILLAGE, month=name, by=COMMITTEE, at=at)


def test_a_month_waits_for_its_notices(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    month.meet(sqlite_database)

    with pytest.raises(proof.problems.WorkOpen), sqlite_database.writing() as session:
        proof.close_month(session, village=VILLAGE, month=MONTH, by=COMMITTEE, at=on(30))


def test_what_comes_late_joins_the_next_open_month(sqlite_database: Database) -> None:
    month.live(sqlite_database)

    with sqlite_database.reading() as session:
        closed = set(villages.closed_months(session, village=VILLAGE))
    assert villages.month_that_counts(MONTH, closed) == ("2026-10", True)
    assert villages.month_that_counts("2026-11", closed) == ("2026-11", False)


def closed_while_a_deed_of_it_is_entered(database: Database) -> tuple[object, str]:
    """October is closed while a meeting of November writes down a deed of October.

    Returns what the close raised or answered, and the month that the deed counts in.
    """
    month.live(database)
    same: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": on(2, month=11)}
    with database.writing() as session:
        judges = [Judge("李主任")]
        opened = scoring.open_meeting(session, held_on=date(2026, 11, 2), title="补录", judges=judges, **same)

    def close() -> object:
        with database.writing() as session:
            return proof.close_month(session, month="2026-10", **same)

    with ThreadPoolExecutor(1) as other, database.writing() as session:
        deed = scoring.ScoreRow("0101", "HJ01", date(2026, 10, 28))
        [score] = scoring.enter_scores(session, meeting=opened.id, rows=[deed], **same)
        closing = other.submit(close)
        # Where the month is held this waits in vain; where it is not the close is over by then.
        wait([closing], timeout=3)
    return closing.exception() or closing.result(), score.counted_in


def test_a_month_is_not_closed_under_a_deed_that_is_being_entered(database: Database) -> None:
    outcome, counted_in = closed_while_a_deed_of_it_is_entered(database)

    assert isinstance(outcome, proof.problems.WorkOpen)
    assert counted_in == "2026-10"


def test_without_holding_the_month_it_would_be(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering.villages, "hold_months", lambda *_, **__: None)
    outcome, counted_in = closed_while_a_deed_of_it_is_entered(postgresql_database)

    assert isinstance(outcome, Anchor)
    assert counted_in == "2026-10"


def test_the_frozen_standing_outlives_later_changes(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    with sqlite_database.reading() as session:
        before = boards.standing(session, village=VILLAGE, month=MONTH)
    with sqlite_database.writing() as session:
        namesake = roster.by_code(session, village=VILLAGE, code="0102").id
        roster.retire(session, village=VILLAGE, participant=namesake, by=COMMITTEE, at=on(30, 9))

    with sqlite_database.reading() as session:
        assert boards.standing(session, village=VILLAGE, month=MONTH) == before


def test_the_export_is_the_hashed_bytes_line_by_line(sqlite_database: Database) -> None:
    anchor = month.live(sqlite_database).anchor
    header, *lines = proof.export_lines(sqlite_database, village=VILLAGE)

    assert json.loads(header)["size"] == anchor.fields["size"] == len(lines) - 1
    assert lines[-1] == anchor.content
    assert [json.loads(line)["i"] for line in lines[:-1]] == list(range(len(lines) - 1))
    assert "王建国".encode() not in b"".join(lines)
