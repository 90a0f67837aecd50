"""The one table of permissions, and what it promises."""

import pytest

from pointsbank.staff import Permission, Role, SignedIn, may
from pointsbank.staff.permissions import ALLOWED, Staff
from tests.builders import NEIGHBOUR, VILLAGE

VIEWS = {one for one in Permission if one.value.endswith(".view")} | {
    Permission.HOME,
    Permission.PRINT_POSTER,
}


def somebody(*roles: tuple[str | None, Role]) -> SignedIn:
    return SignedIn(Staff("id", "login", "name", False), roles)


def test_every_role_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(Role)


def test_a_supervisor_reads_everything_decides_objections_and_signs_second() -> None:
    own = {Permission.OBJECTION_RAISE, Permission.OBJECTION_DECIDE, Permission.STOCK_SIGN}
    assert ALLOWED[Role.SUPERVISOR] - VIEWS == own
    assert ALLOWED[Role.SUPERVISOR] >= VIEWS


def test_only_a_supervisor_decides_objections() -> None:
    assert {role for role in Role if Permission.OBJECTION_DECIDE in ALLOWED[role]} == {Role.SUPERVISOR}


def test_the_county_sees_totals_and_no_person() -> None:
    assert ALLOWED[Role.COUNTY] == {Permission.HOME, Permission.TOTALS_VIEW}


@pytest.mark.parametrize("permission", [Permission.TILL, Permission.STOCK_MOVE])
def test_clerks_and_admins_sell_and_the_committee_does_not(permission: Permission) -> None:
    assert {role for role in Role if permission in ALLOWED[role]} == {Role.CLERK, Role.ADMIN}


def test_a_role_counts_in_its_own_village_only() -> None:
    clerk = somebody((VILLAGE, Role.CLERK))

    assert may(clerk, VILLAGE, Permission.TILL)
    assert not may(clerk, NEIGHBOUR, Permission.TILL)


def test_an_admin_of_the_installation_is_one_everywhere() -> None:
    assert may(somebody((None, Role.ADMIN)), NEIGHBOUR, Permission.SETTINGS_CHANGE)


def test_who_holds_no_role_may_nothing() -> None:
    assert not any(may(somebody(), VILLAGE, permission) for permission in Permission)
