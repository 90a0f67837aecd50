"""Who may do what: one table of permissions, each with the roles that have it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from pointsbank.staff.places import group_of, township_place, village_of


class Role(StrEnum):
    """What a person is in a village, all (county, admin), a township (county), a group (the last two)."""

    COMMITTEE = "committee"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    COUNTY = "county"
    LEADER = "leader"
    INSPECTOR = "inspector"


COMMITTEE, CLERK, SUPERVISOR, ADMIN, COUNTY, LEADER, INSPECTOR = Role
GROUP_ROLES = frozenset({LEADER, INSPECTOR})
"""Roles that are of one group each."""


class Permission(StrEnum):
    """One thing that a route or a verb may require, and the roles that have it."""

    roles: frozenset[Role]

    def __new__(cls, code: str, *roles: Role) -> Self:
        """Make a member that is its code and knows its roles."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.roles = frozenset(roles)
        return member

    # Clerks read a household's file because a villager without a phone asks at the counter. Supervisors read
    # everything and change nothing by themselves; their signature under a count is a check of the shop, and a
    # vote that they write down is one that the committee cannot have made up.
    # Admins may do everything but judge objections: that needs someone who runs nothing here.
    # What a leader or an inspector may, he may for the households of his group alone, by routes that say that
    # they see to it.
    HOME = "home", COMMITTEE, CLERK, SUPERVISOR, ADMIN, COUNTY, LEADER, INSPECTOR
    # Open too to who still has to change a password or set up a second factor before anything else.
    ACCOUNT_OWN = "account.own", COMMITTEE, CLERK, SUPERVISOR, ADMIN, COUNTY, LEADER, INSPECTOR
    TOTALS_VIEW = "totals.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, COUNTY, LEADER, INSPECTOR
    ROSTER_VIEW = "roster.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, LEADER
    ROSTER_CHANGE = "roster.change", COMMITTEE, ADMIN
    # Who may post the balances with which a village begins; once it has begun one person alone may not.
    BALANCES_OPEN = "balances.open", COMMITTEE, ADMIN
    FILE_VIEW = "file.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, LEADER
    SALES_VIEW = "sales.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    CARDS_ISSUE = "cards.issue", COMMITTEE, ADMIN
    CARDS_LOSE = "cards.lose", COMMITTEE, CLERK, ADMIN
    SCHEME_VIEW = "scheme.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, LEADER, INSPECTOR
    SCHEME_ADOPT = "scheme.adopt", COMMITTEE, ADMIN
    MEETING_VIEW = "meeting.view", COMMITTEE, SUPERVISOR, ADMIN, LEADER
    MEETING_HOLD = "meeting.hold", COMMITTEE, ADMIN
    # Whose relatives live where: not for who leads one group, whom it may concern himself.
    PANEL_VIEW = "panel.view", COMMITTEE, SUPERVISOR, ADMIN
    PANEL_CHANGE = "panel.change", COMMITTEE, ADMIN
    SCORE_ENTER = "score.enter", COMMITTEE, ADMIN, LEADER
    # Who asks for a posted score to be put right, a supervisor by an objection that is right; somebody of
    # another role confirms.
    SCORE_CORRECT = "score.correct", COMMITTEE, SUPERVISOR, ADMIN
    CLAIM_VIEW = "claim.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, LEADER
    # A villager without a phone reports a deed at the counter or to who leads the group.
    CLAIM_FILE = "claim.file", COMMITTEE, CLERK, ADMIN, LEADER
    CLAIM_REVIEW = "claim.review", COMMITTEE, ADMIN, LEADER
    # An inspector meets nothing of a household but what inspections found there.
    INSPECTION_VIEW = "inspection.view", COMMITTEE, SUPERVISOR, ADMIN, LEADER, INSPECTOR
    INSPECTION_MAKE = "inspection.make", COMMITTEE, ADMIN, LEADER, INSPECTOR
    # A household comes to the counter or to who leads the group; elders tell either of them what they saw.
    CEREMONY_VIEW = "ceremony.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN, LEADER
    CEREMONY_ANNOUNCE = "ceremony.announce", COMMITTEE, CLERK, ADMIN, LEADER
    CEREMONY_REPORT = "ceremony.report", COMMITTEE, ADMIN, LEADER
    NOTICE_VIEW = "notice.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    NOTICE_HANG = "notice.hang", COMMITTEE, ADMIN
    NOTICE_SETTLE = "notice.settle", COMMITTEE, ADMIN
    OBJECTION_RAISE = "objection.raise", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    OBJECTION_DECIDE = "objection.decide", SUPERVISOR
    # Whoever stands at the counter may ask; which of the three answers is named with each question.
    QUESTION_VIEW = "question.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    QUESTION_RECORD = "question.record", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    QUESTION_ANSWER = "question.answer", COMMITTEE, SUPERVISOR, ADMIN
    BOARD_VIEW = "board.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    BOARD_DECIDE = "board.decide", COMMITTEE, ADMIN
    BOARD_VOTE = "board.vote", COMMITTEE, SUPERVISOR, ADMIN
    MONTH_CLOSE = "month.close", COMMITTEE, ADMIN
    GOODS_VIEW = "goods.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    GOODS_CHANGE = "goods.change", COMMITTEE, ADMIN
    STOCK_MOVE = "stock.move", CLERK, ADMIN
    STOCK_COUNT = "stock.count", CLERK, ADMIN
    STOCK_SIGN = "stock.sign", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    # Whoever stands there, with a card or a name only: what may be done for them each act decides by itself.
    RECEPTION = "reception", COMMITTEE, CLERK, ADMIN
    TILL = "till", CLERK, ADMIN
    # What is brought to the counter is posted at once, by the rule alone.
    COUNTER_ENTER = "counter.enter", COMMITTEE, CLERK, ADMIN
    TILL_REVERSE = "till.reverse", CLERK, ADMIN
    PIN_SET = "pin.set", CLERK, ADMIN
    # Who may answer which request is decided by its kind and the roles of both people.
    APPROVAL_VIEW = "approval.view", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    APPROVAL_ANSWER = "approval.answer", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    PRINT_POSTER = "print.poster", COMMITTEE, CLERK, SUPERVISOR, ADMIN
    PRINT_CARDS = "print.cards", COMMITTEE, ADMIN
    LEDGER_VIEW = "ledger.view", COMMITTEE, SUPERVISOR, ADMIN
    # Who writes down what dice drew and what was found there; two of two roles sign it.
    SPOT_CHECK = "spot_check", COMMITTEE, SUPERVISOR, ADMIN
    SETTINGS_CHANGE = "settings.change", COMMITTEE, ADMIN
    STAFF_MANAGE = "staff.manage", ADMIN
    STAFF_EVENTS_VIEW = "staff.events.view", SUPERVISOR, ADMIN
    TOWNSHIP_MANAGE = "township.manage", ADMIN
    JOBS_MANAGE = "jobs.manage", ADMIN
    # Whoever takes a backup along has every name of every village in the pocket.
    BACKUP_TAKE = "backup.take", ADMIN
    # What stands in the codes of every village's cards.
    ADDRESS_SET = "address.set", ADMIN


@dataclass(frozen=True)
class Staff:
    """A person who may sign in, as shown outside this package."""

    id: str
    login: str
    name: str
    disabled: bool


OF_THE_INSTALLATION = frozenset(
    {Permission.TOWNSHIP_MANAGE, Permission.JOBS_MANAGE, Permission.BACKUP_TAKE, Permission.ADDRESS_SET}
)
"""What is the business of no single village: a role of the whole installation has it."""

# Where there is one village nobody else is concerned, and often nobody else is there. To found a second one
# ends this, so that is not its admin's to do.
OF_THE_ONLY_VILLAGE = OF_THE_INSTALLATION - {Permission.TOWNSHIP_MANAGE}
"""What a role of the installation's only village has too, as long as there is no other village."""


@dataclass(frozen=True)
class SignedIn:
    """A person with the roles held at this moment, each with its place (`places`); None means everywhere.

    `within`: pairs of village and township (id), for every village of a township in which a role is held.
    `must_change`: somebody else chose the password. `has_factor`: signs in with a code too. `seen_at`: when
    the last use of this session or token was noted. `only_village`: the installation's village (code) while
    it has no other; None in the practice village, where anybody plays the admin.
    """

    staff: Staff
    roles: tuple[tuple[str | None, Role], ...]
    must_change: bool = False
    has_factor: bool = False
    seen_at: datetime | None = None
    within: tuple[tuple[str, str], ...] = ()
    only_village: str | None = None

    @property
    def needs_factor(self) -> bool:
        """Return whether a role of this person needs a second factor: who sees or runs many villages."""
        return any(role is COUNTY or (place is None and role is ADMIN) for place, role in self.roles)

    @property
    def lacks_factor(self) -> bool:
        """Return whether a role needs a second factor and there is none."""
        return self.needs_factor and not self.has_factor

    def roles_in(self, village: str | None) -> frozenset[Role]:
        """Return the roles that count in this whole village, or all roles without a village."""
        if village is None:
            return frozenset(role for _, role in self.roles)
        townships = (township_place(township) for code, township in self.within if code == village)
        counting = {None, village, *townships}
        return frozenset(role for place, role in self.roles if place in counting)

    def groups_in(self, village: str, *roles: Role) -> frozenset[str]:
        """Return the groups (ids) of this village in which this person has one of these roles, or any."""
        wanted = frozenset(roles) or GROUP_ROLES
        return frozenset(
            group
            for place, role in self.roles
            if role in wanted and village_of(place) == village and (group := group_of(place))
        )


def may(signed_in: SignedIn, village: str | None, permission: Permission) -> bool:
    """Return True if this person may do this in this whole village, or in any for None.

    Example:
        staff.may(chen, "cy", Permission.TILL)
    """
    if permission in OF_THE_INSTALLATION:
        counting = {None, signed_in.only_village} if permission in OF_THE_ONLY_VILLAGE else {None}
        return any(place in counting and role in permission.roles for place, role in signed_in.roles)
    return not permission.roles.isdisjoint(signed_in.roles_in(village))


def groups_where_may(signed_in: SignedIn, village: str, permission: Permission) -> frozenset[str]:
    """Return the groups (ids) of a village for which alone this person may do this.

    Example:
        staff.groups_where_may(zhou, "cy", Permission.FILE_VIEW)  # frozenset({"k2…"})
    """
    mine = permission.roles & GROUP_ROLES
    return signed_in.groups_in(village, *mine) if mine else frozenset()


def belongs(signed_in: SignedIn, village: str) -> bool:
    """Return True if this person has any role in this village, a group of it, its township, or everywhere.

    Example:
        staff.belongs(chen, "cy")
    """
    return bool(signed_in.roles_in(village) or signed_in.groups_in(village))
