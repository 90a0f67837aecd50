"""Opening balances are one person's before a village begins, and two people's afterwards."""

from typing import Any

import pytest

from pointsbank import governing, staff
from pointsbank.database import Database
from pointsbank.spreadsheets import read_table
from tests.builders import NOW, VILLAGE, chayuan
from tests.staff.people import hire

TABLE = read_table("balances.csv", "户号,积分\n0102,900\n".encode())
PLACE: dict[str, Any] = {"village": VILLAGE, "at": NOW, "table": TABLE}


def test_once_points_moved_nobody_posts_opening_balances_alone(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    village.give(village.wang, 5)

    with pytest.raises(governing.problems.OpeningsNeedTwo), sqlite_database.writing() as session:
        governing.import_balances(session, by="operator", **PLACE)


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        ("chen", governing.problems.OpeningsNeedTwoRoles),
        ("county", governing.problems.OpeningsNeedTwoRoles),
        ("zhao", staff.problems.LoginNotIndependent),
    ],
)
def test_two_of_one_role_or_of_one_hand_are_no_two(
    sqlite_database: Database, second: str, refusal: type[Exception]
) -> None:
    chayuan(sqlite_database)
    roles = {"wu": "clerk", "chen": "clerk", "county": "county", "zhao": "supervisor"}
    for login, role in roles.items():
        hire(sqlite_database, login, role, village=None if role == "county" else VILLAGE)
    with sqlite_database.writing() as session:
        people = {one.staff.login: one for one in staff.everyone(session)}
        staff.make_token(session, login="zhao", by=people["wu"].staff.id, at=NOW)

    with pytest.raises(refusal), sqlite_database.writing() as session:
        governing.import_balances(session, by="operator", people=(people["wu"], people[second]), **PLACE)
