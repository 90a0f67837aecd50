"""Adding people, giving and taking their roles, disabling them: told in every village that it reaches."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff
from pointsbank.governing.reaching import hold_groups, hold_reach, villages_reached
from pointsbank.governing.roles import Roles, roles_record, villages_here
from pointsbank.ledger import LogRecord
from pointsbank.staff import PasswordHash, Staff


def add_staff(
    session: Session,
    *,
    login: str,
    password: PasswordHash,
    name: str,
    roles: Sequence[tuple[str | None, str]],
    by: str,
    at: datetime,
) -> Staff:
    """Add a person who may sign in, with these roles.

    Args:
        password: as `staff.hash_password` returns it.
        roles: pairs of place and role, see `staff.group_place`; None is the whole installation.

    Raises:
        LoginInvalid, StaffNameInvalid, LoginTaken, LoginReserved: login or name cannot be used.
        RoleInvalid, RolesConflict, VillageUnknown, GroupUnknown, TownshipUnknown: the roles cannot be given.

    And those of `lock_person`, which cannot be so of who was just added.

    Example:
        seats = [("cy", "committee")]
        li = {"login": "li", "password": hashed, "name": "李会计"}
        governing.add_staff(session, **li, roles=seats, by="sun", at=now)
    """
    hold_reach(session)
    hold_groups(session, [place for place, _ in roles])
    added = staff.add(session, login=login, password=password, name=name, roles=roles, by=by, at=at)
    _record_change(session, added.id, (), by=by, at=at)
    return added


def use_setup_code(
    session: Session, *, code: str, login: str, password: PasswordHash, name: str, at: datetime
) -> Staff:
    """Make the first administrator, whose role is told in every village that there is.

    Raises:
        SetupCodeWrong: the code is wrong or used, or there are people already.
        LoginInvalid, LoginTaken, LoginReserved, StaffNameInvalid: as `add_staff`.

    And those of `staff.use_setup_code`, `lock_person` and `record_in_villages`.

    Example:
        governing.use_setup_code(session, code=typed, login="sun", password=hashed, name="孙主任", at=now)
    """
    hold_reach(session)
    added = staff.use_setup_code(session, code=code, login=login, password=password, name=name, at=at)
    _record_change(session, added.id, (), by="setup", at=at)
    return added


def set_roles(
    session: Session, *, person: str, roles: Sequence[tuple[str | None, str]], by: str, at: datetime
) -> None:
    """Replace the roles of a person (by id), end their sessions, and tell each village where they differ.

    Locks the villages of groups that are to be led, the person, then the logs of these villages in order.

    Raises:
        StaffUnknown: there is no such person.
        RoleInvalid, RolesConflict, VillageUnknown, GroupUnknown, TownshipUnknown: the roles cannot be given.

    Example:
        governing.set_roles(session, person=li.id, roles=[("cy", "committee")], by=sun.id, at=now)
    """
    hold_reach(session)
    hold_groups(session, [place for place, _ in roles])
    before = staff.lock_person(session, person=person).roles
    staff.set_roles(session, staff=person, roles=roles, by=by, at=at)
    _record_change(session, person, before, by=by, at=at)


def end_leadership(session: Session, *, village: str, group: str, by: str, at: datetime) -> list[Staff]:
    """Take from whoever leads a group (id) that role alone; their sessions end, the village's log is told.

    The caller has locked the village. Returns who led it.

    Raises:
        StaffUnknown: somebody of them is gone, which nobody ever is.

    And those of `set_roles`, which cannot be so of roles that are held.

    Example:
        governing.end_leadership(session, village="cy", group=first.id, by=li.id, at=now)  # [zhou]
    """
    place = staff.group_place(village, group)
    led = [one for one in staff.everyone(session, village=village) if group in one.groups_in(village)]
    for one in sorted(led, key=lambda each: each.staff.id):
        before = staff.lock_person(session, person=one.staff.id).roles
        others = [(where, role.value) for where, role in before if where != place]
        staff.set_roles(session, staff=one.staff.id, roles=others, by=by, at=at)
        _record_change(session, one.staff.id, before, by=by, at=at)
    return [one.staff for one in led]


def remove_roles(session: Session, *, village: str, login: str, by: str, at: datetime) -> None:
    """Take from a person the roles whose place is this village or a group of it; end their sessions.

    Raises:
        StaffUnknown: nobody with a role that counts here has this login, or it is one's own.
        RoleOfAnotherPlace: the person's roles are of the township or of all villages; nothing is changed.

    And those of `record_in_villages`.

    Example:
        governing.remove_roles(session, village="cy", login="chen", by=sun.id, at=now)
    """
    hold_reach(session)
    person = staff.by_login(session, login=login).id
    before = staff.lock_person(session, person=person).roles
    staff.remove_roles(session, village=village, login=login, by=by, at=at)
    _record_change(session, person, before, by=by, at=at)


def disable(session: Session, *, login: str, by: str, at: datetime) -> None:
    """Disable a person: nobody signs in as them any more; told in every village where a role counts.

    Raises:
        StaffUnknown: there is no such person.

    And those of `record_in_villages`.

    Example:
        governing.disable(session, login="chen", by=sun.id, at=now)
    """
    hold_reach(session)
    staff.disable(session, login=login, by=by, at=at)
    _record_state(session, "staff_disabled", login, by=by, at=at)


def enable(session: Session, *, login: str, by: str, at: datetime) -> None:
    """Let a disabled person sign in again; told in every village where a role counts.

    Raises:
        StaffUnknown: there is no such person.

    And those of `record_in_villages`.

    Example:
        governing.enable(session, login="chen", by=sun.id, at=now)
    """
    hold_reach(session)
    staff.enable(session, login=login, by=by, at=at)
    _record_state(session, "staff_enabled", login, by=by, at=at)


def _record_change(session: Session, person: str, before: Roles, *, by: str, at: datetime) -> None:
    """Write into the log of each village which roles counted there before and count there now."""
    now = staff.lock_person(session, person=person)
    # A role that came or went counts in every village that its place reaches, and only there.
    places = {place for place, _ in {*before} ^ {*now.roles}}
    records = {
        here.village: [roles_record(now.staff, before, now.roles, here)]
        for here in villages_here(session, villages_reached(session, places))
    }
    ledger.record_in_villages(session, records, by=by, at=at)


def _record_state(session: Session, kind: str, login: str, *, by: str, at: datetime) -> None:
    """Write into the log of each village where the person has a role that they were disabled or enabled."""
    person = staff.lock_person(session, person=staff.by_login(session, login=login).id)
    words = {"staff": person.staff.id, "login": person.staff.login, "name": person.staff.name}
    reached = villages_reached(session, {place for place, _ in person.roles})
    records = {village: [LogRecord(kind, words)] for village in reached}
    ledger.record_in_villages(session, records, by=by, at=at)


@ledger.describes("staff_disabled", "staff_enabled")
def _state(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return whose account it is."""
    return f"{words['name']}（{words['login']}）"
