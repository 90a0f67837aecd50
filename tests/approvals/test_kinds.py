"""Each kind of act that needs two people: who may request it, who may confirm it."""

import pytest

from pointsbank.approvals.register import kinds
from pointsbank.approvals.rules import may_second
from pointsbank.staff import Role

ADMIN, CLERK, COMMITTEE, SUPERVISOR = Role.ADMIN, Role.CLERK, Role.COMMITTEE, Role.SUPERVISOR
PIN = {
    CLERK: {COMMITTEE, SUPERVISOR, ADMIN},
    ADMIN: {COMMITTEE, CLERK, SUPERVISOR},
}
OF_ANOTHER_ROLE = {
    COMMITTEE: {CLERK, SUPERVISOR, ADMIN},
    ADMIN: {COMMITTEE, CLERK, SUPERVISOR},
}
TABLE = {
    "bar_awards": {COMMITTEE: {SUPERVISOR, ADMIN}, ADMIN: {COMMITTEE, SUPERVISOR}},
    "close_household": OF_ANOTHER_ROLE,
    "close_month": OF_ANOTHER_ROLE,
    "correct_score": {
        COMMITTEE: {SUPERVISOR, ADMIN},
        SUPERVISOR: {COMMITTEE, ADMIN},
        ADMIN: {COMMITTEE, SUPERVISOR},
    },
    "describe_goods": OF_ANOTHER_ROLE,
    "erase_household": OF_ANOTHER_ROLE,
    "give_points": OF_ANOTHER_ROLE,
    "lift_bar": {COMMITTEE: {SUPERVISOR, ADMIN}, ADMIN: {COMMITTEE, SUPERVISOR}},
    "lift_restriction": {
        COMMITTEE: {SUPERVISOR, ADMIN},
        SUPERVISOR: {COMMITTEE, ADMIN},
        ADMIN: {COMMITTEE, SUPERVISOR},
    },
    "hand_out": OF_ANOTHER_ROLE,
    "loosen_limit": OF_ANOTHER_ROLE,
    "loosen_setting": OF_ANOTHER_ROLE,
    "lower_price": OF_ANOTHER_ROLE,
    "move_household": OF_ANOTHER_ROLE,
    "open_balances": OF_ANOTHER_ROLE,
    "pin_reset": PIN,
    "pin_set": PIN,
    "post_year_end": OF_ANOTHER_ROLE,
    "split_household": OF_ANOTHER_ROLE,
    "undo_year_end": OF_ANOTHER_ROLE,
}
"""By kind: who may request it, and for each who may then confirm it, where everybody has one role."""


def test_the_table_names_every_kind() -> None:
    assert kinds().keys() == TABLE.keys()


@pytest.mark.parametrize("code", TABLE)
def test_nobody_else_requests_or_confirms(code: str) -> None:
    kind = kinds()[code]
    found = {
        first: {
            second
            for second in Role
            if may_second(
                first=frozenset({first}),
                second=frozenset({second}),
                seconds=kind.seconds,
                among_committee=kind.among_committee,
            )
        }
        for first in kind.requested_with.roles
    }

    assert found == TABLE[code]
