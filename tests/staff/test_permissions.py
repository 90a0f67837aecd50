"""The one table of permissions, and what it promises."""

import pytest

from pointsbank.staff import Permission, Role, SignedIn, may
from pointsbank.staff.permissions import Staff
from tests.builders import NEIGHBOUR, VILLAGE

VIEWS = {one for one in Permission if one.value.endswith(".view")} | {
    Permission.HOME,
    Permission.ACCOUNT_OWN,
    Permission.PRINT_POSTER,
}


def allowed(role: Role) -> set[Permission]:
    return {permission for permission in Permission if role in permission.roles}


def somebody(*roles: tuple[str | None, Role]) -> SignedIn:
    return SignedIn(Staff("id", "login", "name", False), roles)


def test_every_role_stands_in_the_table() -> None:
    assert all(allowed(role) for role in Role)


def test_a_supervisor_reads_everything_decides_objections_and_signs_second() -> None:
    own = {
        *(Permission.OBJECTION_RAISE, Permission.OBJECTION_DECIDE),
        *(Permission.STOCK_SIGN, Permission.BOARD_VOTE, Permission.APPROVAL_ANSWER),
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
