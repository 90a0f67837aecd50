"""Who may do what: one table of permissions by role."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a village, or (county, admin) in the whole installation."""

    COMMITTEE = "committee"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    COUNTY = "county"


class Permission(StrEnum):
    """One thing that a route or a verb may require."""

    HOME = "home"
    TOTALS_VIEW = "totals.view"
    ROSTER_VIEW = "roster.view"
    ROSTER_CHANGE = "roster.change"
    FILE_VIEW = "file.view"
    CARDS_ISSUE = "cards.issue"
    CARDS_LOSE = "cards.lose"
    SCHEME_VIEW = "scheme.view"
    SCHEME_ADOPT = "scheme.adopt"
    MEETING_VIEW = "meeting.view"
    MEETING_HOLD = "meeting.hold"
    NOTICE_VIEW = "notice.view"
    NOTICE_SETTLE = "notice.settle"
    OBJECTION_RAISE = "objection.raise"
    OBJECTION_DECIDE = "objection.decide"
    BOARD_VIEW = "board.view"
    BOARD_DECIDE = "board.decide"
    MONTH_CLOSE = "month.close"
    GOODS_VIEW = "goods.view"
    GOODS_CHANGE = "goods.change"
    STOCK_MOVE = "stock.move"
    STOCK_COUNT = "stock.count"
    STOCK_SIGN = "stock.sign"
    TILL = "till"
    TILL_REVERSE = "till.reverse"
    PIN_SET = "pin.set"
    PRINT_POSTER = "print.poster"
    PRINT_CARDS = "print.cards"
    LEDGER_VIEW = "ledger.view"
    SETTINGS_CHANGE = "settings.change"
    STAFF_MANAGE = "staff.manage"


_READS = frozenset(
    {
        Permission.HOME,
        Permission.TOTALS_VIEW,
        Permission.ROSTER_VIEW,
        Permission.FILE_VIEW,
        Permission.SCHEME_VIEW,
        Permission.MEETING_VIEW,
        Permission.NOTICE_VIEW,
        Permission.BOARD_VIEW,
        Permission.GOODS_VIEW,
        Permission.PRINT_POSTER,
        Permission.LEDGER_VIEW,
    }
)

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.COMMITTEE: _READS
    | {
        Permission.ROSTER_CHANGE,
        Permission.CARDS_ISSUE,
        Permission.CARDS_LOSE,
        Permission.SCHEME_ADOPT,
        Permission.MEETING_HOLD,
        Permission.NOTICE_SETTLE,
        Permission.OBJECTION_RAISE,
        Permission.BOARD_DECIDE,
        Permission.MONTH_CLOSE,
        Permission.GOODS_CHANGE,
        Permission.STOCK_SIGN,
        Permission.PRINT_CARDS,
        Permission.SETTINGS_CHANGE,
    },
    # The clerk reads a household's file because a villager without a phone asks at the counter.
    Role.CLERK: frozenset(
        {
            Permission.HOME,
            Permission.TOTALS_VIEW,
            Permission.ROSTER_VIEW,
            Permission.FILE_VIEW,
            Permission.CARDS_LOSE,
            Permission.SCHEME_VIEW,
            Permission.NOTICE_VIEW,
            Permission.OBJECTION_RAISE,
            Permission.BOARD_VIEW,
            Permission.GOODS_VIEW,
            Permission.STOCK_MOVE,
            Permission.STOCK_COUNT,
            Permission.STOCK_SIGN,
            Permission.TILL,
            Permission.TILL_REVERSE,
            Permission.PIN_SET,
            Permission.PRINT_POSTER,
        }
    ),
    # Reads everything and changes nothing by itself; its signature under a count is a check of the shop.
    Role.SUPERVISOR: _READS
    | {Permission.OBJECTION_RAISE, Permission.OBJECTION_DECIDE, Permission.STOCK_SIGN},
    # Everything but judging objections: that needs someone who runs nothing here.
    Role.ADMIN: frozenset(Permission) - {Permission.OBJECTION_DECIDE},
    Role.COUNTY: frozenset({Permission.HOME, Permission.TOTALS_VIEW}),
}


@dataclass(frozen=True)
class Staff:
    """A person who may sign in, as shown outside this package."""

    id: str
    login: str
    name: str
    disabled: bool


@dataclass(frozen=True)
class SignedIn:
    """A person with the roles held at this moment; village None means everywhere."""

    staff: Staff
    roles: tuple[tuple[str | None, Role], ...]

    def roles_in(self, village: str | None) -> frozenset[Role]:
        """Return the roles that count in this village, or all roles without a village."""
        return frozenset(role for place, role in self.roles if village is None or place in (None, village))


def may(signed_in: SignedIn, village: str | None, permission: Permission) -> bool:
    """Return True if this person may do this in this village, or in any for None.

    Example:
        staff.may(chen, "cy", Permission.TILL)
    """
    return any(permission in ALLOWED[role] for role in signed_in.roles_in(village))


def belongs(signed_in: SignedIn, village: str) -> bool:
    """Return True if this person has any role that counts in this village.

    Example:
        staff.belongs(chen, "cy")
    """
    return bool(signed_in.roles_in(village))
