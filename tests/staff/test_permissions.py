"""The one table of permissions, and what it promises."""

import pytest

from pointsbank.staff import Permission, Role, SignedIn, may, permissions
from pointsbank.staff.permissions import Staff
from tests.builders import NEIGHBOUR, VILLAGE
from tests.missed_rules import TakenOut, check

VIEWS = {one for one in Permission if one.value.endswith(".view")} | {
    Permission.HOME,
    Permission.ACCOUNT_OWN,
    Permission.PRINT_POSTER,
}


def allowed(role: Role) -> set[Permission]:
    return {permission for permission in Permission if role in permission.roles}


def somebody(*roles: tuple[str | None, Role], only_village: str | None = None) -> SignedIn:
    return SignedIn(Staff("id", "login", "name", False), roles, only_village=only_village)


def test_every_role_stands_in_the_table() -> None:
    assert all(allowed(role) for role in Role)


def test_a_supervisor_reads_everything_decides_objections_and_signs_second() -> None:
    own = {
        *(Permission.OBJECTION_RAISE, Permission.OBJECTION_DECIDE, Permission.SCORE_CORRECT),
        *(Permission.STOCK_SIGN, Permission.BOARD_VOTE, Permission.APPROVAL_ANSWER),
        *(Permission.QUESTION_RECORD, Permission.QUESTION_ANSWER, Permission.SPOT_CHECK),
    }
    assert allowed(Role.SUPERVISOR) == VIEWS | own


def test_only_a_supervisor_decides_objections() -> None:
    assert Permission.OBJECTION_DECIDE.roles == {Role.SUPERVISOR}


def test_an_admin_may_do_everything_else() -> None:
    assert allowed(Role.ADMIN) == set(Permission) - {Permission.OBJECTION_DECIDE}


def test_the_county_sees_totals_and_no_person() -> None:
    assert allowed(Role.COUNTY) == {Permission.HOME, Permission.ACCOUNT_OWN, Permission.TOTALS_VIEW}


@pytest.mark.parametrize("permission", [Permission.TILL, Permission.STOCK_MOVE])
def test_clerks_and_admins_sell_and_the_committee_does_not(permission: Permission) -> None:
    assert permission.roles == {Role.CLERK, Role.ADMIN}


def test_a_role_counts_in_its_own_village_only() -> None:
    clerk = somebody((VILLAGE, Role.CLERK))

    assert may(clerk, VILLAGE, Permission.TILL)
    assert not may(clerk, NEIGHBOUR, Permission.TILL)


def test_an_admin_of_the_installation_is_one_everywhere() -> None:
    assert may(somebody((None, Role.ADMIN)), NEIGHBOUR, Permission.SETTINGS_CHANGE)


def test_who_holds_no_role_may_nothing() -> None:
    assert not any(may(somebody(), VILLAGE, permission) for permission in Permission)


OF_THE_MACHINE = {Permission.JOBS_MANAGE, Permission.BACKUP_TAKE, Permission.ADDRESS_SET}


@pytest.mark.parametrize(
    ("place", "role", "only_village", "allowed_there"),
    [
        (None, Role.ADMIN, None, OF_THE_MACHINE | {Permission.TOWNSHIP_MANAGE}),
        (None, Role.ADMIN, VILLAGE, OF_THE_MACHINE | {Permission.TOWNSHIP_MANAGE}),
        (VILLAGE, Role.ADMIN, VILLAGE, OF_THE_MACHINE),
        (VILLAGE, Role.ADMIN, None, set()),
        (VILLAGE, Role.ADMIN, NEIGHBOUR, set()),
        (VILLAGE, Role.COMMITTEE, VILLAGE, set()),
        (VILLAGE, Role.CLERK, VILLAGE, set()),
        (VILLAGE, Role.SUPERVISOR, VILLAGE, set()),
        (f"{VILLAGE}/k2", Role.LEADER, VILLAGE, set()),
        (None, Role.COUNTY, VILLAGE, set()),
    ],
)
def test_the_machine_is_for_a_role_of_everywhere_or_for_the_admin_of_its_only_village(
    place: str | None, role: Role, only_village: str | None, allowed_there: set[Permission]
) -> None:
    one = somebody((place, role), only_village=only_village)
    of_all = OF_THE_MACHINE | {Permission.TOWNSHIP_MANAGE}

    assert {each for each in of_all if may(one, None, each)} == allowed_there
    assert {each for each in of_all if may(one, VILLAGE, each)} == allowed_there


@pytest.mark.parametrize("instead", ["{None}", "{None, *(place for place, _ in signed_in.roles)}"])
def test_the_rule_of_the_only_village_is_missed_when_it_is_taken_out(
    instead: str, request: pytest.FixtureRequest
) -> None:
    rule = "{None, signed_in.only_village}"
    test = test_the_machine_is_for_a_role_of_everywhere_or_for_the_admin_of_its_only_village
    check(TakenOut(permissions.may, rule, instead, test), request)
