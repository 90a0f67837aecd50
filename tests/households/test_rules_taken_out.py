"""Without one of these rules its own test fails: what goes along, who has no place, what bars an end."""

import pytest

from pointsbank.boards import drafting
from pointsbank.boards.listings import _stands_against
from pointsbank.boards.standing import _places, group_standing
from pointsbank.database import Database
from pointsbank.households import closing, moving, splitting
from pointsbank.roster import editing
from tests.boards import test_standing
from tests.builders import Chayuan, chayuan
from tests.households import test_splitting
from tests.missed_rules import TakenOut, check
from tests.roster import test_editing

REFUSED = test_splitting.test_what_cannot_leave_is_refused_and_nothing_happens
AWAY = test_standing.test_who_is_away_all_year_has_no_place_and_no_part_in_averages
LISTED = test_splitting.test_what_is_proposed_for_a_board_is_ended_first
EDITED = test_editing.test_what_is_given_changes_and_the_log_says_what_was_and_why
RULES = [
    TakenOut(splitting.check_share, "max(had.points, 0)", "points", REFUSED),
    TakenOut(splitting.check_share, "max(had.honour, 0)", "honour", REFUSED),
    TakenOut(splitting.people_left, "moved < 1 or (people and moved >= people)", "moved < 1", REFUSED),
    TakenOut(
        splitting.people_left, "moved < 1 or (people and moved >= people)", "moved >= people > 0", REFUSED
    ),
    TakenOut(
        splitting.refuse_others,
        "one.kind != HOUSEHOLD",
        "False",
        test_splitting.test_only_a_household_that_lives_splits,
    ),
    TakenOut(
        closing._check,
        "leaver.kind != taker.kind",
        "False",
        test_splitting.test_a_household_becomes_part_of_a_household_alone,
    ),
    TakenOut(
        moving.movable,
        "wanted.id == person.group_id",
        "False",
        test_splitting.test_a_household_moves_and_its_month_with_it,
    ),
    TakenOut(_stands_against, "record.status in LIVE", "False", LISTED),
    TakenOut(
        drafting.propose_black,
        "roster.refuse_closed(session, village=village, participants=[who.id])",
        "None",
        LISTED,
    ),
    TakenOut(_places, "one.status == AWAY", "False", AWAY),
    TakenOut(
        group_standing,
        "line.kind == HOUSEHOLD and line.place and line.group_id is not None",
        "line.kind == HOUSEHOLD and line.group_id is not None",
        AWAY,
    ),
    TakenOut(
        drafting._praiseworthy,
        "bool(row.place)",
        "True",
        test_standing.test_who_is_away_is_drafted_for_no_red_board_and_may_be_chosen,
    ),
    TakenOut(
        editing.edit,
        "record_changes(session, [change_record(person, wanted, why, item)], village=village, by=by, at=at)",
        "None",
        EDITED,
    ),
    TakenOut(
        editing.as_of,
        "reversed(words)",
        "words",
        test_editing.test_a_file_reads_as_it_was_at_an_entry,
    ),
    TakenOut(
        editing.check_status,
        'status == "away" and kind not in PERSONS',
        "False",
        test_editing.test_only_people_are_away,
    ),
]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Whether a rule is missed does not depend on the storage."""
    return sqlite_database


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    """茶源村 with its whole cast."""
    return chayuan(sqlite_database)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
