"""Accounts and roles: who may be added, and who may never be both."""

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff.models import StaffRoleRow
from pointsbank.staff.permissions import Staff
from tests.builders import NEIGHBOUR, NOW, VILLAGE
from tests.staff.people import PASSWORD, hire


def add(database: Database, *, login: str = "new", password: str = PASSWORD, name: str = "新人") -> Staff:
    hashed = staff.hash_password(password)
    with database.writing() as session:
        return staff.add(session, login=login, password=hashed, name=name, roles=[], by="operator", at=NOW)


def test_a_password_of_nine_characters_is_too_short(sqlite_database: Database) -> None:
    with pytest.raises(staff.problems.PasswordTooShort):
        add(sqlite_database, password="123456789")


@pytest.mark.parametrize("login", ["", "a", "Li", "李", "li wang", "a" * 33, "li\0", "-li"])
def test_a_login_is_plain(sqlite_database: Database, login: str) -> None:
    with pytest.raises(staff.problems.LoginInvalid):
        add(sqlite_database, login=login)


@pytest.mark.parametrize("name", ["", " ", "李\u202e主任", "李\n主任", "李" * 41])
def test_a_name_holds_nothing_hidden(sqlite_database: Database, name: str) -> None:
    with pytest.raises(staff.problems.StaffNameInvalid):
        add(sqlite_database, name=name)


def test_a_login_is_used_once(sqlite_database: Database) -> None:
    add(sqlite_database)

    with pytest.raises(staff.problems.LoginTaken):
        add(sqlite_database)


def test_a_supervisor_never_sits_in_the_committee_of_the_same_village(sqlite_database: Database) -> None:
    with pytest.raises(staff.problems.RolesConflict):
        hire(sqlite_database, "zhao", "supervisor", "committee")


def test_the_database_too_refuses_a_supervisor_in_the_committee(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    seat = {"staff_id": zhao.id, "scope": VILLAGE, "village_id": VILLAGE, "role": "committee"}

    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(StaffRoleRow(**seat, seat="judgement"))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(StaffRoleRow(**seat, seat="committee"))


def test_a_supervisor_here_may_sit_in_the_committee_next_door(sqlite_database: Database) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    hire(sqlite_database, "other", "clerk", village=NEIGHBOUR)
    roles = [(VILLAGE, "supervisor"), (NEIGHBOUR, "committee")]

    with sqlite_database.writing() as session:
        staff.set_roles(session, staff=zhao.id, roles=roles, by="operator", at=NOW)


@pytest.mark.parametrize(("village", "role"), [(None, "clerk"), (VILLAGE, "county"), (VILLAGE, "king")])
def test_a_role_belongs_in_its_place(sqlite_database: Database, village: str | None, role: str) -> None:
    with pytest.raises(staff.problems.RoleInvalid):
        hire(sqlite_database, "new", role, village=village)


def test_names_are_found_behind_ids(sqlite_database: Database) -> None:
    li = hire(sqlite_database, "li", "committee")

    with sqlite_database.reading() as session:
        assert staff.names(session, ids=[li.id, "operator"]) == {li.id: "李主任"}
