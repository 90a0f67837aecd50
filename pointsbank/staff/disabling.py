"""Disables a person: nobody signs in as them, no program acts for them; what they did stays."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.errors import Refused
from pointsbank.staff import accounts, directory, events
from pointsbank.staff.account_acts import note_act
from pointsbank.staff.models import StaffRow
from pointsbank.staff.permissions import Role, SignedIn, Staff
from pointsbank.staff.places import village_of


class ServesElsewhere(Refused):
    """The person has a role outside this village, so this village may not disable the account."""

    code = "serves_elsewhere"
    sentence = "{name}还有本村以外的角色，本村不能停用或启用；请联系管理所有村的管理员。"
    fixed_by = "管理员"


def disable(session: Session, *, login: str, by: str, at: datetime) -> None:
    """Disable a person: their sessions end, their API tokens are gone.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.disable(session, login="chen", by=sun.id, at=now)
    """
    row = session.get_one(StaffRow, directory.by_login(session, login=login).id)
    row.disabled = True
    accounts.sign_out_everywhere(session, staff=row.id)
    # Gone, not asleep: who is enabled again does not find programs acting that nobody remembers.
    accounts.revoke_tokens_of(session, staff=row.id)
    session.flush()
    events.note(session, "disabled", staff=row.id, by=by, at=at)


def enable(session: Session, *, login: str, by: str, at: datetime) -> None:
    """Let a disabled person sign in again, with the password and the roles they had.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.enable(session, login="chen", by=sun.id, at=now)
    """
    row = session.get_one(StaffRow, directory.by_login(session, login=login).id)
    row.disabled = False
    session.flush()
    note_act(session, staff=row.id, kind="enabled", by=by, at=at)
    events.note(session, "enabled", staff=row.id, by=by, at=at)


def check_may_disable(session: Session, *, village: str, login: str, by: SignedIn) -> Staff:
    """Return that person, whom this one may disable and enable from a page of this village.

    Raises:
        StaffUnknown: nobody with a role that counts here has this login, or it is one's own.
        ServesElsewhere: the other has a role of another place, and `by` is no admin of them all.

    Example:
        staff.check_may_disable(session, village="cy", login="chen", by=sun)
    """
    here = {one.staff.login: one for one in directory.everyone(session, village=village)}.get(login)
    if here is None or here.staff.id == by.staff.id:
        raise directory.StaffUnknown()
    if _is_beyond(here, village, by):
        raise ServesElsewhere(name=here.staff.name)
    return here.staff


def out_of_reach(session: Session, *, village: str, by: SignedIn) -> frozenset[str]:
    """Return who (by id) serves here and is managed from elsewhere, as far as this one is concerned.

    Example:
        staff.out_of_reach(session, village="cy", by=sun)  # frozenset({he.id}), who sees a township
    """
    everyone = directory.everyone(session, village=village)
    return frozenset(one.staff.id for one in everyone if _is_beyond(one, village, by))


def _is_beyond(person: SignedIn, village: str, by: SignedIn) -> bool:
    """Return whether a person has a role of another place than the village, and `by` does not manage all."""
    return (None, Role.ADMIN) not in by.roles and any(
        village_of(place) != village for place, _ in person.roles
    )
