"""A year's end: planned, posted by two people, undone by two people; the ledger holds all the while."""

from contextlib import suppress
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from operator import sub
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from pointsbank import households, law, ledger, proof, year_end
from pointsbank.database import Database
from pointsbank.ledger.models import AccountRow
from pointsbank.points import whole
from pointsbank.year_end import planning
from tests.builders import NOW, SUPERVISOR, VILLAGE, Chayuan, chayuan
from tests.founding import Files, Untouched
from tests.scoring.licence import licences
from tests.year_end.scene import (
    AUTUMN,
    DECEMBER,
    DUE,
    JANUARY,
    LATER,
    YEAR,
    ended,
    move,
    points_of,
    resolved,
    undone,
)

problems = year_end.problems
LAST_CHANCE = DUE + timedelta(days=60)


def findings(cast: Chayuan) -> list[str]:
    """What verifying says."""
    return [str(one) for one in proof.verify(cast.database, village=VILLAGE).findings]


@pytest.mark.both
def test_what_stood_at_the_turn_goes_and_what_came_since_stays(database: Database):
    cast = chayuan(database)
    resolved(cast)
    move(cast, cast.wang, 120, at=AUTUMN, honour=True)
    move(cast, cast.shan, 30, at=AUTUMN)
    move(cast, cast.wang, -20, at=JANUARY, kind="redemption")
    move(cast, cast.wang, 5, at=JANUARY)
    run = ended(cast)

    assert (run.accounts, run.points_gone) == (2, whole(130))
    assert (points_of(cast, cast.wang), points_of(cast, cast.shan)) == (whole(5), 0)
    assert cast.balance(cast.wang).honour == whole(120)
    assert findings(cast) == []

    move(cast, cast.wang, -3, at=LATER, kind="redemption")
    undone(cast)

    assert (points_of(cast, cast.wang), points_of(cast, cast.shan)) == (whole(102), whole(30))
    assert findings(cast) == []
    assert [one.status for one in cast.read(year_end.runs)] == ["undone"]


def test_a_year_ends_once_and_after_it_was_undone_once_more(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 10, at=AUTUMN)
    ended(cast)

    with pytest.raises(problems.YearEndPosted):
        ended(cast, at=LATER)
    undone(cast)
    with pytest.raises(problems.YearEndUnknown):
        undone(cast)
    assert ended(cast, at=LATER).number == 2
    assert points_of(cast, cast.wang) == 0


def test_points_become_honour_gifts_stay_and_who_owes_still_owes(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast, points="to_honour", rate=50, keeps_gifts=True)
    move(cast, cast.wang, 100, at=AUTUMN)
    move(cast, cast.wang, 20, at=AUTUMN, kind="gift")
    move(cast, cast.shan, -30, at=AUTUMN, kind="deduction")
    ended(cast)

    assert cast.balance(cast.wang) == ledger.Balance(whole(20), whole(50))
    assert points_of(cast, cast.shan) == -whole(30)
    line = next(one for one in cast.read(year_end.lines_of, number=1) if one.participant == cast.shan.id)
    assert (line.points, line.gone, line.transaction_index) == (-whole(30), 0, None)
    # What was kept apart is kept apart the year after too.
    assert cast.read(year_end.plan, year=YEAR + 1, at=LATER).sum_of("apart") == whole(20)


def test_honour_begins_anew_and_what_came_since_is_the_new_year_s(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast, points="stay", honour="anew")
    move(cast, cast.wang, 90, at=AUTUMN, honour=True)
    move(cast, cast.wang, 5, at=JANUARY, honour=True)
    ended(cast)

    assert cast.balance(cast.wang) == ledger.Balance(whole(95), whole(5))
    undone(cast)
    assert cast.balance(cast.wang).honour == whole(95)


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (DECEMBER, problems.YearNotYet),
        (DUE - timedelta(days=1), problems.YearNotYet),
        (LAST_CHANCE + timedelta(days=1), problems.YearTimeOver),
    ],
)
def test_it_is_posted_from_its_day_on_and_not_for_ever(
    sqlite_database: Database, at: Any, refusal: type[Exception]
):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 10, at=AUTUMN)

    with pytest.raises(refusal):
        ended(cast, at=at)
    assert points_of(cast, cast.wang) == whole(10)


def test_the_year_turns_at_midnight_in_china(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 10, at=datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC))
    move(cast, cast.wang, 3, at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    ended(cast, at=datetime(2027, 1, 9, 16, 0, tzinfo=UTC))

    assert points_of(cast, cast.wang) == whole(3)


def test_a_rule_is_known_for_a_month_before_it_takes_anything(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    move(cast, cast.wang, 10, at=AUTUMN)
    rule = resolved(cast, at=JANUARY, from_date=date(2026, 12, 1))

    assert rule.due_on(YEAR) == date(2027, 2, 4)
    with pytest.raises(problems.YearNotYet):
        ended(cast)


def test_without_a_rule_or_with_one_that_lets_all_stay_nothing_is_posted(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    move(cast, cast.wang, 10, at=AUTUMN)
    with pytest.raises(problems.NothingToEnd, match="没有登记结转办法"):
        ended(cast)
    resolved(cast, points="stay")
    with pytest.raises(problems.NothingToEnd, match="全部留用"):
        ended(cast)


def test_it_is_undone_within_a_month_only_and_with_a_reason_that_names_nobody(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 10, at=AUTUMN)
    ended(cast)

    with pytest.raises(problems.UndoTimeOver):
        undone(cast, at=DUE + timedelta(days=31))
    again = {"year": YEAR, "reason": "李秀英家门前的事", "second": SUPERVISOR, "at": LATER}
    with pytest.raises(law.problems.NamesSomebody):
        cast.write(year_end.undo_run, **again)
    assert points_of(cast, cast.wang) == 0


def test_who_became_part_of_another_since_gives_it_what_comes_back(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 100, at=AUTUMN)
    move(cast, cast.namesake, 40, at=AUTUMN)
    move(cast, cast.shan, 7, at=AUTUMN)
    ended(cast)
    common: dict[str, Any] = {"decision": "一月村委会决定", "at": DUE}
    cast.write(households.close, participant="0102", heir="0101", request_id="close-0102", **common)
    cast.write(households.close, participant="0203", heir=None, request_id="close-0203", **common)
    found = undone(cast)

    assert points_of(cast, cast.wang) == whole(140)
    assert (len(found.back), len(found.to_heirs), len(found.of_nobody)) == (1, 1, 1)
    # What came back is as old as it was: posted anew, the year's end takes it anew.
    assert ended(cast, at=LATER).points_gone == whole(140)
    assert findings(cast) == []


def test_who_became_part_of_another_in_between_brings_its_old_points(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 100, at=AUTUMN)
    move(cast, cast.namesake, 40, at=AUTUMN)
    move(cast, cast.namesake, 5, at=JANUARY)
    close = {"decision": "一月村委会决定", "request_id": "close-0102", "at": JANUARY}
    cast.write(households.close, participant="0102", heir="0101", **close)
    ended(cast)

    assert points_of(cast, cast.wang) == whole(5)
    own = cast.read(planning.own_line, participant=cast.wang.id, year=YEAR, at=DUE)
    assert own.old == 0


def test_licence_accounts_are_renewed_first_and_only_once(sqlite_database: Database):
    """驾照分: the program takes back and gives; the year's end shows it and touches it not."""
    at = licences(sqlite_database)
    cast = at.panel.village
    at.give()
    resolved(cast, points="clear", honour="anew")
    move(cast, cast.wang, 50, at=AUTUMN, honour=True)
    with pytest.raises(problems.BaseStillOpen):
        ended(cast)
    at.give(JANUARY)
    ended(cast)

    [line] = [one for one in cast.read(year_end.lines_of, number=1) if one.participant == cast.wang.id]
    assert line.honour_gone == whole(50)
    assert at.left(cast.wang, DUE.date()) == 12
    assert at.honour(cast.wang) == 12
    turn = cast.read(year_end.plan, year=YEAR, at=DUE).lines
    assert next(one.base for one in turn if one.participant == cast.wang.id) == (1200, 1200, 0)
    assert at.findings() == []


def test_what_is_closed_before_and_after_keeps_its_anchors(sqlite_database: Database):
    cast = chayuan(sqlite_database)
    resolved(cast)
    move(cast, cast.wang, 10, at=AUTUMN)
    before = cast.write(proof.close_month, month="2026-09", at=NOW + timedelta(days=40))
    ended(cast)
    after = cast.write(proof.close_month, month="2026-10", at=LATER)

    assert before.fields["totals"].get("clearing") is None
    assert after.fields["totals"]["clearing"] == {"points": 1000}
    assert cast.read(proof.anchor, month="2026-09").digest == before.digest
    assert findings(cast) == []


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["wang", "shan", "li"]),
        st.sampled_from(["award", "gift", "deduction"]),
        st.integers(1, 60),
        st.booleans(),
    ),
    max_size=8,
)
RULES = st.sampled_from(
    [
        {"points": "clear"},
        {"points": "clear", "keeps_gifts": True, "honour": "anew"},
        {"points": "ceiling", "ceiling": whole(30)},
        {"points": "to_honour", "rate": 33},
    ]
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, rule=RULES, later=MOVES)
def test_units_sum_to_zero_and_undoing_restores_beside_what_came_since(
    sqlite_template: Path, tmp_path: Path, moves: list[Any], rule: dict[str, Any], later: list[Any]
):
    files = Files(sqlite_template.parent, str(sqlite_template))
    database = Untouched(files, "pointsbank", str(tmp_path / f"{new_name()}.sqlite3"))
    cast = chayuan(database)
    resolved(cast, **rule)
    for one in sorted(moves, key=lambda one: not one[3]):
        played(cast, one, AUTUMN if one[3] else JANUARY)
    before = cast.read(ledger.balances)
    with suppress(problems.NothingToEnd):
        ended(cast)
    after = cast.read(ledger.balances)

    assert sums(database) == {0}
    assert all(min(0, before[who].points) <= one.points <= before[who].points for who, one in after.items())
    if after != before:
        for one in later:
            played(cast, one, DUE)
        since = cast.read(ledger.balances)
        undone(cast)
        for who, one in cast.read(ledger.balances).items():
            moved = [sub(*both) for both in zip(astuple(since[who]), astuple(after[who]), strict=True)]
            assert [sub(*both) for both in zip(astuple(one), astuple(before[who]), strict=True)] == moved
    assert ledger.audit(database, village=VILLAGE).findings == []
    database.dispose()


def played(cast: Chayuan, one: tuple[str, str, int, bool], at: datetime) -> None:
    """One of the moves, posted."""
    who, kind, amount, _ = one
    signed = -amount if kind == "deduction" else amount
    move(cast, getattr(cast, who), signed, at=at, kind=kind, honour=kind != "gift")


def sums(database: Database) -> set[int]:
    """What all accounts of each unit come to."""
    query = select(col(AccountRow.unit), func.sum(col(AccountRow.balance)))
    of_village = query.where(AccountRow.in_village(VILLAGE)).group_by(col(AccountRow.unit))
    with database.reading() as session:
        return {int(total) for _, total in session.exec(of_village)}


def new_name() -> str:
    """A name that no other file has."""
    return uuid4().hex
