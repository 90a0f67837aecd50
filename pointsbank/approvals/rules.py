"""Who may confirm what another one requested; decided on roles alone."""

from pointsbank.staff import Role

ADMIN, CLERK, COMMITTEE, SUPERVISOR = Role.ADMIN, Role.CLERK, Role.COMMITTEE, Role.SUPERVISOR


def may_second(
    *, first: frozenset[Role], second: frozenset[Role], seconds: frozenset[Role], among_committee: bool
) -> bool:
    """Return True if who holds the roles `second` may confirm what a holder of `first` requested.

    The second person needs one of the roles `seconds` that the first one does not hold; `among_committee`
    lets one member of the committee confirm another's request. Elsewhere: that they are two people.

    >>> everybody = frozenset({ADMIN, CLERK, COMMITTEE, SUPERVISOR})
    >>> def may(first, second, seconds=everybody, among_committee=True):
    ...     return may_second(first=frozenset(first), second=frozenset(second), seconds=frozenset(seconds),
    ...                       among_committee=among_committee)
    >>> may({CLERK}, {COMMITTEE}), may({CLERK}, {SUPERVISOR}), may({CLERK}, {ADMIN}), may({ADMIN}, {CLERK})
    (True, True, True, True)
    >>> may({CLERK}, {CLERK}), may({ADMIN}, {ADMIN}), may({CLERK, COMMITTEE}, {CLERK})
    (False, False, False)
    >>> may({COMMITTEE}, {COMMITTEE}), may({COMMITTEE}, {COMMITTEE}, among_committee=False)
    (True, False)
    >>> may({CLERK}, {CLERK, SUPERVISOR}), may({CLERK}, set()), may({CLERK}, {SUPERVISOR}, seconds={ADMIN})
    (True, False, False)
    """
    able = second & seconds
    return bool(able - first) or (among_committee and COMMITTEE in able)
