"""What was made as the owner while another had the login in hand goes with the owner's own password."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff import PasswordChanged
from pointsbank.staff.models import AccountActRow, StaffEventRow
from tests.builders import NOW
from tests.staff.people import HASHED, hire
from tests.staff.test_second_factor import enrol


def changed(session: Session, person: str, by: str, hours: float) -> PasswordChanged:
    """Set a password so many hours later."""
    at = NOW + timedelta(hours=hours)
    return staff.change_password(session, staff=person, password=HASHED, by=by, at=at)


@pytest.mark.parametrize(
    ("made", "again", "ended"),
    [(-1, 2, 0), (1, 2, 1), (1, 200, 1), (24.9, 200, 1), (25.1, 200, 0)],
    ids=["before the reset", "in hand", "long after", "within the day", "its owner's again"],
)
def test_a_token_made_in_another_s_hands_ends_with_the_owner_s_change(
    sqlite_database: Database, made: float, again: float, ended: int
) -> None:
    sun, chen = (hire(sqlite_database, login, "committee").id for login in ("sun", "chen"))
    with sqlite_database.writing() as session:
        # Whose reset ends what was there: a token from before it is made after it here.
        changed(session, chen, sun, 0)
        changed(session, chen, chen, 1)
        staff.make_token(session, login="chen", by=chen, at=NOW + timedelta(hours=made))
        done = changed(session, chen, chen, again)

    assert (done.tokens_ended, done.tokens_left) == (ended, 1 - ended)


def test_a_telephone_and_codes_of_that_time_go_and_the_owner_s_own_stay(sqlite_database: Database) -> None:
    people = [hire(sqlite_database, login, "committee") for login in ("sun", "chen", "li")]
    sun, chen, li = (one.id for one in people)
    with sqlite_database.writing() as session:
        changed(session, chen, sun, 0)
        changed(session, chen, chen, 0.5)
    for one in people[1:]:
        enrol(sqlite_database, one, at=NOW + timedelta(hours=1))
    with sqlite_database.writing() as session:
        for who in (chen, li):
            staff.make_recovery_codes(session, by=who, at=NOW + timedelta(hours=1))
        done, own = changed(session, chen, chen, 2), changed(session, li, li, 2)

        assert (done.factor_ended, own) == (True, PasswordChanged())
        assert [staff.recovery_codes_left(session, person=one) for one in (chen, li)] == [0, 10]
        assert not staff.second_factor.has_second_factor(session, person=chen)
        assert staff.second_factor.has_second_factor(session, person=li)


def test_a_reset_takes_off_telephone_and_codes_and_says_so(sqlite_database: Database) -> None:
    sun, chen = (hire(sqlite_database, login, "clerk") for login in ("sun", "chen"))
    enrol(sqlite_database, chen, at=NOW)
    with sqlite_database.writing() as session:
        staff.make_recovery_codes(session, by=chen.id, at=NOW)
        changed(session, chen.id, sun.id, 1)

        assert not staff.second_factor.has_second_factor(session, person=chen.id)
        assert staff.recovery_codes_left(session, person=chen.id) == 0
        acts = session.exec(select(AccountActRow).where(AccountActRow.staff_id == chen.id))
        kinds = {one.kind for one in acts if one.done_by == sun.id}
        assert kinds == {"password_reset", "second_factor_removed"}
        assert "factor_off" in {one.kind for one in session.exec(select(StaffEventRow))}


def test_a_token_another_made_openly_stays_and_a_role_given_ends_nothing(sqlite_database: Database) -> None:
    chen = hire(sqlite_database, "chen", "clerk").id
    with sqlite_database.writing() as session:
        staff.make_token(session, login="chen", by="operator", at=NOW)
        staff.make_token(session, login="chen", by=chen, at=NOW)
        done = changed(session, chen, chen, 1)

    assert done == PasswordChanged(tokens_left=2)
