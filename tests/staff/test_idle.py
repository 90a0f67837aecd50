"""A session at rest ends, earlier the more its person may do."""

from datetime import timedelta

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff.idle import IDLE, SESSION_NOTED
from tests.builders import NOW, VILLAGE
from tests.staff.people import PASSWORD, hire

WHERE = {"password": PASSWORD, "address": "10.0.0.7", "at": NOW}


def is_in(database: Database, token: str, minutes: int, *, uses: bool = False) -> bool:
    at = NOW + timedelta(minutes=minutes)
    with database.reading() as session:
        found = staff.signed_in(session, token=token, at=at)
    if found is not None and uses:
        staff.note_use(database, token=token, program=False, seen_at=found.seen_at, at=at)
    return found is not None


@pytest.mark.parametrize(
    ("role", "village", "minutes"),
    [
        ("admin", None, 30),
        ("admin", VILLAGE, 30),
        ("county", None, 30),
        ("supervisor", VILLAGE, 60),
        ("committee", VILLAGE, 120),
        ("clerk", VILLAGE, 240),
    ],
)
def test_a_session_at_rest_ends_by_role(
    sqlite_database: Database, role: str, village: str | None, minutes: int
) -> None:
    hire(sqlite_database, "qian", role, village=village)
    token = staff.sign_in(sqlite_database, login="qian", **WHERE)

    assert is_in(sqlite_database, token, minutes - 1)
    assert not is_in(sqlite_database, token, minutes)


def test_of_several_roles_the_shortest_counts(sqlite_database: Database) -> None:
    hire(sqlite_database, "sun", "clerk", "admin")
    token = staff.sign_in(sqlite_database, login="sun", **WHERE)

    assert not is_in(sqlite_database, token, 30)


def test_a_session_in_use_goes_on_until_the_working_day_ends(database: Database) -> None:
    hire(database, "sun", "admin")
    token = staff.sign_in(database, login="sun", **WHERE)

    assert all(is_in(database, token, minutes, uses=True) for minutes in range(0, 16 * 60, 20))
    assert not is_in(database, token, 16 * 60)


def test_a_clock_put_back_revives_no_session_at_rest(sqlite_database: Database) -> None:
    hire(sqlite_database, "sun", "admin")
    token = staff.sign_in(sqlite_database, login="sun", **WHERE)
    with sqlite_database.writing() as session:
        staff.end_sessions(session, ended_by=NOW + timedelta(minutes=31), at=NOW + timedelta(minutes=1))

    assert not is_in(sqlite_database, token, 1)


def test_every_role_has_its_limit_and_uses_are_noted_often_enough() -> None:
    assert set(IDLE) == set(staff.Role)
    assert min(IDLE.values()) >= 10 * SESSION_NOTED
