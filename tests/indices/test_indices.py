"""Indices come from deductions and faults that a resolution names, and are frozen with their month."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import indices, ledger
from pointsbank.database import Database
from pointsbank.disclosure.sections.indices import gather
from pointsbank.indices import Adoption, Figure, NewRule
from pointsbank.law.problems import NamesSomebody
from tests.builders import COMMITTEE, VILLAGE
from tests.inspections import scene
from tests.proof import month
from tests.proof.month import MONTH, on

problems = indices.problems
ADOPTED: dict[str, Any] = {
    "village": VILLAGE,
    "resolution": "2026年8月村民会议",
    "from_month": MONTH,
    "by": COMMITTEE,
    "at": on(1),
}
TIDY = NewRule("environment", ("环境卫生",))


def adopted(database: Database, *rules: NewRule, **more: Any) -> Adoption:
    """What the meeting let count."""
    with database.writing() as session:
        return indices.adopt_rules(session, rules=rules or (TIDY,), **ADOPTED | more)


def figures(database: Database, *months: str) -> list[Figure]:
    """The indices of these months, September by default."""
    with database.reading() as session:
        return indices.figures(session, village=VILLAGE, months=months or [MONTH])


def lived(database: Database, *rules: NewRule) -> None:
    """The month, with the rules adopted before it: 0201 and 0301 lose points for rubbish."""
    month.begin(database)
    adopted(database, *rules)
    scores = month.meet(database)
    month.object_and_settle(database, scores)
    month.spend(database)
    month.take_stock(database)
    month.warn(database)
    month.close(database)


def test_a_share_is_of_households_and_is_frozen_with_its_month(database: Database):
    lived(database)
    [one] = figures(database)
    with database.reading() as session:
        board = gather(session, village=VILLAGE, at=on(2, month=10))

    assert (one.subjects, one.is_frozen) == (8, True)
    assert one.affected == one.faults > 0
    assert one.value == (8 - one.affected) * 10_000 // 8
    assert board is not None and board.months[0][1][0].value == one.value


def test_a_full_mark_loses_for_each_fault(sqlite_database: Database):
    lived(sqlite_database, NewRule("environment", ("HJ08",), "full_mark", per_fault=250))
    [one] = figures(sqlite_database)

    assert one.value == 10_000 - 250 * one.faults


def test_what_counts_in_no_index_changes_none(sqlite_database: Database):
    lived(sqlite_database, NewRule("relations", ("公益事业",)))

    assert figures(sqlite_database)[0].value == 10_000


def test_places_are_no_households(sqlite_database: Database):
    lived(sqlite_database, NewRule("public_places", ("环境卫生",), "clear_share", "place"))
    [one] = figures(sqlite_database)

    assert one.affected == 0


def test_a_fault_left_at_the_second_look_counts_once_and_one_put_right_never(sqlite_database: Database):
    scene.founded(sqlite_database)
    adopted(sqlite_database)
    round_id = scene.begun(sqlite_database)
    left = scene.found(sqlite_database, round_id)
    right = scene.found(sqlite_database, round_id, "0102")
    scene.looked(sqlite_database, left, "left")
    scene.looked(sqlite_database, right, "put_right")

    assert figures(sqlite_database)[0].faults == 1
    scene.taken(sqlite_database, left, scene.sitting(sqlite_database))

    # Now it is a score that hangs: it counts again once it is posted.
    assert figures(sqlite_database)[0].faults == 0


def test_where_inspections_do_not_count_what_they_found_does_not(sqlite_database: Database):
    scene.founded(sqlite_database)
    adopted(sqlite_database, NewRule("environment", ("环境卫生",), inspections=False))
    left = scene.found(sqlite_database, scene.begun(sqlite_database))
    scene.looked(sqlite_database, left, "left")

    assert figures(sqlite_database)[0].faults == 0


def test_the_same_resolution_again_is_one_and_a_later_one_stands_for_it(sqlite_database: Database):
    month.begin(sqlite_database)
    first = adopted(sqlite_database)
    again = adopted(sqlite_database, at=on(2))
    second = adopted(sqlite_database, NewRule("relations", ("公益事业",)), from_month="2026-10")

    assert (first.number, again.number, second.number) == (1, 1, 2)
    assert [one.kind for one in figures(sqlite_database, MONTH, "2026-10")] == ["environment", "relations"]


@pytest.mark.parametrize(
    ("rules", "more", "refused"),
    [
        ([NewRule("environment", ())], {}, problems.NothingCounted),
        ([NewRule("environment", ("没有的类别",))], {}, problems.CountedUnknown),
        ([NewRule("environment", ("HJ08",), "full_mark")], {}, problems.PerFaultInvalid),
        ([NewRule("environment", ("HJ08",), per_fault=100)], {}, problems.PerFaultInvalid),
        ([TIDY], {"resolution": "王建国家开的会"}, NamesSomebody),
    ],
)
def test_what_would_count_nothing_sensible_is_refused(
    sqlite_database: Database, rules: list[NewRule], more: dict[str, Any], refused: type[Exception]
):
    month.begin(sqlite_database)

    with pytest.raises(refused):
        adopted(sqlite_database, *rules, **more)
    with sqlite_database.reading() as session:
        assert indices.adoptions(session, village=VILLAGE) == []


def test_a_closed_month_keeps_its_rules_and_its_figures(database: Database):
    lived(database)
    before = figures(database)

    with pytest.raises(problems.IndexMonthClosed):
        adopted(database, NewRule("environment", ("HJ01",)))
    with pytest.raises(DatabaseError), database.writing() as session:
        session.connection().execute(text("UPDATE index_figure SET value = 10000"))
    assert figures(database) == before


def test_a_figure_that_was_taken_away_is_missed(sqlite_database: Database):
    lived(sqlite_database)
    with sqlite_database.reading() as session:
        assert ledger.row_counts(session, ("index_figure",), village=VILLAGE) == {"index_figure": 1}
