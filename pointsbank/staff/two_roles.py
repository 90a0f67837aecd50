"""Two people of two roles: asked where both have just signed in at the machine."""

from pointsbank.staff.permissions import GROUP_ROLES, Role, SignedIn

VOUCHING = frozenset(Role) - {Role.COUNTY, *GROUP_ROLES}
"""Roles of those who work in the village itself: for what two of them say together at the machine."""


def have_two_roles(people: tuple[SignedIn, SignedIn], village: str) -> bool:
    """Return whether two people have two different roles in a village between them.

    That they are two people at all is asked by `independence.check`.

    Example:
        staff.have_two_roles((li, zhao), "cy")  # True
    """
    first, second = people
    roles = [one.roles_in(village) & VOUCHING for one in people]
    return first.staff.id != second.staff.id and all(roles) and len(roles[0] | roles[1]) > 1
