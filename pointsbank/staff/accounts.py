"""Adds people who sign in, gives and takes their roles, sets their passwords."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import database, villages
from pointsbank.errors import Invalid, Refused
from pointsbank.staff import directory, events
from pointsbank.staff.account_acts import OWN_PASSWORD, SETUP, note_act
from pointsbank.staff.account_words import check_login, check_name
from pointsbank.staff.directory import StaffUnknown, everyone, row_by_login, sorted_roles, view
from pointsbank.staff.handing_back import PasswordChanged, end_factor, end_what_others_made
from pointsbank.staff.models import (
    ApiTokenRow,
    PasswordDueRow,
    StaffRoleRow,
    StaffRow,
    StaffSessionRow,
)
from pointsbank.staff.passwords import PasswordHash
from pointsbank.staff.permissions import GROUP_ROLES, Role, Staff
from pointsbank.staff.places import group_of, place_of, scope_of, township_of, village_of
from pointsbank.staff.seats import seat_of


class LoginTaken(Refused):
    """Another person has this login."""

    code = "login_taken"
    sentence = "账号{login}已有人使用，请换一个。"
    fixed_by = "管理员"


class RoleInvalid(Invalid):
    """A role that does not exist, or in the wrong place."""

    code = "role_invalid"
    sentence = (
        "角色{role}不能这样分配：村里的角色要指定村，小组长还要指定小组，别的角色不要；"
        "县镇角色不要指定村，只有它可以指定乡镇。"
    )
    fixed_by = "管理员"
    at = ("role",)


class RolesConflict(Refused):
    """Who supervises a village runs nothing in it."""

    code = "roles_conflict"
    sentence = "村务监督在本村不能另有角色（评议小组、店员、管理员），请只选其中一个。"
    fixed_by = "管理员"


class RoleOfAnotherPlace(Refused):
    """The person has no role whose place is this village: only one in its township or in all villages."""

    code = "role_of_another_place"
    sentence = "{name}的角色不是本村给的，本村不能取消；请联系管理所有村的管理员。"
    fixed_by = "管理员"


def add(
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
        password: as `hash_password` returns it; unless its owner set the installation up, it has to be
            changed before anything else is done.
        roles: pairs of place and role, see `places`; None is the whole installation.

    Raises:
        LoginInvalid: the login is not 2 to 32 lower-case letters, digits, dots, dashes or underscores.
        StaffNameInvalid: the name is empty, longer than 40 characters or has invisible ones.
        LoginReserved: the program itself acts under it.
        LoginTaken: another person has this login.
        RoleInvalid, RolesConflict, VillageUnknown, GroupUnknown, TownshipUnknown: as `set_roles`.

    Example:
        seats = [("cy", "committee")]
        li = staff.add(session, login="li", password=hashed, name="李会计", roles=seats, by="sun", at=now)
    """
    check_login(login)
    check_name(name)
    directory.refuse_reserved(login)
    if row_by_login(session, login):
        raise LoginTaken(login=login)
    row = StaffRow(
        id=database.new_id(session),
        login=login,
        name=name.strip(),
        password_hash=password,
        created_at=at,
        created_by=by,
    )
    session.add(row)
    session.flush()
    if by != SETUP:
        session.add(PasswordDueRow(staff_id=row.id, set_by=by, set_at=at))
    _replace_roles(session, staff=row.id, roles=roles)
    note_act(session, staff=row.id, kind="made", by=by, at=at)
    events.note(session, "added", staff=row.id, by=by, at=at)
    return view(row)


def set_roles(
    session: Session, *, staff: str, roles: Sequence[tuple[str | None, str]], by: str, at: datetime
) -> None:
    """Replace the roles of a person (by id) and end their sessions; a role given ends API tokens too.

    Raises:
        RoleInvalid: a role does not exist, or is given in a place where it cannot be.
        RolesConflict: supervisor and anything else of the same village.
        VillageUnknown: there is no such village.
        GroupUnknown: the village has no such group, or it is closed.
        TownshipUnknown: there is no such township.

    Example:
        staff.set_roles(session, staff=li.id, roles=[("cy", "committee"), ("cy", "clerk")], by="sun", at=now)
    """
    before = _replace_roles(session, staff=staff, roles=roles)
    after = {(place, Role(role)) for place, role in roles}
    if not after <= before:
        # Made for what its person could do then, and lying where that was harmless.
        revoke_tokens_of(session, staff=staff)
    if by != staff and not after <= before:
        note_act(session, staff=staff, kind="role_given", by=by, at=at)
    places = events.places_reached(session, [place for place, _ in sorted_roles(before | after)])
    listed = "、".join(f"{_named(session, place)}:{role}" for place, role in sorted_roles(after))
    events.note(session, "roles", staff=staff, by=by, at=at, places=places, detail=listed)


def _replace_roles(
    session: Session, *, staff: str, roles: Sequence[tuple[str | None, str]]
) -> set[tuple[str | None, Role]]:
    """Replace the roles of a person and end their sessions; return the roles there were."""
    checked = [_checked(session, place, role) for place, role in dict.fromkeys(roles)]
    _refuse_conflict(checked)
    rows = session.exec(select(StaffRoleRow).where(col(StaffRoleRow.staff_id) == staff))
    before = {(place_of(row.village_id, row.group_id, row.township_id), Role(row.role)) for row in rows}
    database.execute(session, delete(StaffRoleRow).where(col(StaffRoleRow.staff_id) == staff))
    for place, role in checked:
        session.add(
            StaffRoleRow(
                staff_id=staff,
                scope=scope_of(place),
                seat=seat_of(role.value),
                role=role.value,
                village_id=village_of(place),
                group_id=group_of(place),
                township_id=township_of(place),
            )
        )
    sign_out_everywhere(session, staff=staff)
    session.flush()
    return before


def remove_roles(session: Session, *, village: str, login: str, by: str, at: datetime) -> None:
    """Take from a person the roles whose place is this village or a group of it; end their sessions.

    Raises:
        StaffUnknown: nobody with a role that counts here has this login, or it is one's own.
        RoleOfAnotherPlace: the person's roles are of the township or of all villages; nothing is changed.

    Example:
        staff.remove_roles(session, village="cy", login="chen", by=sun.id, at=now)
    """
    here = {one.staff.login: one for one in everyone(session, village=village)}.get(login)
    if here is None or here.staff.id == by:
        raise StaffUnknown()
    if village not in (village_of(place) for place, _ in here.roles):
        raise RoleOfAnotherPlace(name=here.staff.name)
    mine = (col(StaffRoleRow.staff_id) == here.staff.id, col(StaffRoleRow.village_id) == village)
    database.execute(session, delete(StaffRoleRow).where(*mine))
    sign_out_everywhere(session, staff=here.staff.id)
    session.flush()
    events.note(session, "roles", staff=here.staff.id, by=by, at=at, places=[village], detail="")


def change_password(
    session: Session, *, staff: str, password: PasswordHash, by: str, at: datetime
) -> PasswordChanged:
    """Set the password of a person (by id) and end their sessions; return what else ended.

    One that somebody else sets ends API tokens, second factor and recovery codes too, and has to be changed
    before anything else is done. The owner's own ends those that were made in another's hands.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.change_password(session, staff=li.id, password=hashed, by=li.id, at=now)
    """
    row = session.get(StaffRow, staff)
    if row is None:
        raise StaffUnknown()
    row.password_hash = password
    sign_out_everywhere(session, staff=staff)
    changed = PasswordChanged()
    if by == staff:
        changed = end_what_others_made(session, staff=staff, at=at)
    note_act(session, staff=staff, kind="password_reset" if by != staff else OWN_PASSWORD, by=by, at=at)
    database.execute(session, delete(PasswordDueRow).where(col(PasswordDueRow.staff_id) == staff))
    if by != staff:
        # A reset is for who lost the account: nothing that was given before goes on.
        tokens = revoke_tokens_of(session, staff=staff)
        factor = end_factor(session, staff=staff, by=by, at=at, why="密码被重设")
        changed = PasswordChanged(tokens_ended=tokens, factor_ended=factor)
        session.add(PasswordDueRow(staff_id=staff, set_by=by, set_at=at))
    session.flush()
    kind = "password_changed" if by == staff else "password_reset"
    events.note(session, kind, staff=staff, by=by, at=at)
    return changed


def sign_out_everywhere(session: Session, *, staff: str) -> None:
    """End every session of one person (by id).

    Example:
        staff.sign_out_everywhere(session, staff=li.id)
    """
    database.execute(session, delete(StaffSessionRow).where(col(StaffSessionRow.staff_id) == staff))


def revoke_tokens_of(session: Session, *, staff: str) -> int:
    """Delete every API token of one person (by id); return how many there were."""
    return database.execute(session, delete(ApiTokenRow).where(col(ApiTokenRow.staff_id) == staff)).rowcount


def _refuse_conflict(roles: Sequence[tuple[str | None, Role]]) -> None:
    """Raise RolesConflict if a supervisor has another role in the same village, or runs the installation."""
    supervised = {place for place, role in roles if role is Role.SUPERVISOR}
    others = [village_of(place) for place, role in roles if role not in (Role.SUPERVISOR, Role.COUNTY)]
    if supervised and any(village is None or village in supervised for village in others):
        raise RolesConflict()


def _named(session: Session, place: str | None) -> str:
    """Return a place as the page of account events names it: a village's code, a township's name, or `*`."""
    township = township_of(place)
    if township is not None:
        return villages.township(session, township_id=township).name
    return village_of(place) or "*"


def _checked(session: Session, place: str | None, role: str) -> tuple[str | None, Role]:
    village, group = village_of(place), group_of(place)
    try:
        known = Role(role)
    except ValueError:
        raise RoleInvalid(role=role) from None
    if known is not Role.ADMIN and (village is None) != (known is Role.COUNTY):
        raise RoleInvalid(role=role)
    if (group is None) == (known in GROUP_ROLES):
        raise RoleInvalid(role=role)
    if (township := township_of(place)) is not None:
        if known is not Role.COUNTY:
            raise RoleInvalid(role=role)
        villages.township(session, township_id=township)
    if village is not None:
        villages.get(session, village)
        if group is not None:
            villages.group(session, village=village, group_id=group)
    return place, known
