"""Finds the person behind a secret token, with the roles held now.

Runs at every request, so both queries read the person and all roles at once: a row for each role (in a
township: for each of its villages), or one row without a role; and in each row the only village, if there is
no other. Only SHA-256 digests of tokens are stored.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.prepared import fetch
from pointsbank.staff.digests import digest
from pointsbank.staff.directory import sorted_roles, unless_practice
from pointsbank.staff.idle import limit
from pointsbank.staff.models import (
    ApiTokenRow,
    PasswordDueRow,
    SecondFactorRow,
    StaffRoleRow,
    StaffRow,
    StaffSessionRow,
)
from pointsbank.staff.permissions import Role, SignedIn, Staff
from pointsbank.staff.places import place_of


class _PersonInRole(NamedTuple):
    id: str
    login: str
    name: str
    disabled: bool
    seen_at: datetime | None
    set_by: str | None
    confirmed_at: datetime | None
    village_id: str | None
    group_id: str | None
    township_id: str | None
    role: str | None
    within: str | None
    only_village: str | None


def _owner(secret: type[StaffSessionRow] | type[ApiTokenRow]) -> Select[*tuple[Any, ...]]:
    """Select the person a secret belongs to, unless disabled: a row for each role."""
    person = (col(StaffRow.id), col(StaffRow.login), col(StaffRow.name), col(StaffRow.disabled))
    state = (col(secret.seen_at), col(PasswordDueRow.set_by), col(SecondFactorRow.confirmed_at))
    place = (col(StaffRoleRow.village_id), col(StaffRoleRow.group_id), col(StaffRoleRow.township_id))
    query = (
        select(*person, *state, *place, col(StaffRoleRow.role))
        .join_from(secret, StaffRow, col(StaffRow.id) == col(secret.staff_id))
        .outerjoin(PasswordDueRow, col(PasswordDueRow.staff_id) == col(StaffRow.id))
        .outerjoin(SecondFactorRow, col(SecondFactorRow.staff_id) == col(StaffRow.id))
        .outerjoin(StaffRoleRow, col(StaffRoleRow.staff_id) == col(StaffRow.id))
        .where(col(secret.digest) == bindparam("digest"), ~col(StaffRow.disabled))
    )
    return villages.with_only_village(villages.with_villages_of(query, col(StaffRoleRow.township_id)))


_BY_SESSION = _owner(StaffSessionRow).where(
    col(StaffSessionRow.ends_at) > bindparam("at"), ~col(StaffSessionRow.awaits_code)
)
_BY_TOKEN = _owner(ApiTokenRow).where(col(ApiTokenRow.ends_at) > bindparam("at"))


def signed_in(session: Session, *, token: str, at: datetime) -> SignedIn | None:
    """Return the person who is signed in under this token of a browser, or None; a session at rest has ended.

    Example:
        signed_in(session, token=cookie, at=now).staff.login == "li"
    """
    values = {"digest": digest(token), "at": at}
    found = _person(session, fetch(session, _BY_SESSION, values, into=_PersonInRole).all())
    rested = found is not None and found.seen_at is not None and at - found.seen_at >= limit(found.roles)
    return None if rested else found


def by_token(session: Session, *, token: str, at: datetime) -> SignedIn | None:
    """Return the person for whom a program acts with this API token, or None.

    Example:
        by_token(session, token="pb_...", at=now).staff.login == "chen"
    """
    values = {"digest": digest(token), "at": at}
    return _person(session, fetch(session, _BY_TOKEN, values, into=_PersonInRole).all())


def _person(session: Session, rows: Sequence[_PersonInRole]) -> SignedIn | None:
    if not rows:
        return None
    first = rows[0]
    # A role in a township comes once for each village there.
    roles = sorted_roles(
        {
            (place_of(row.village_id, row.group_id, row.township_id), Role(row.role))
            for row in rows
            if row.role is not None
        }
    )
    within = [(row.within, row.township_id) for row in rows if row.within and row.township_id]
    return SignedIn(
        Staff(first.id, first.login, first.name, first.disabled),
        tuple(roles),
        must_change=first.set_by is not None,
        has_factor=first.confirmed_at is not None,
        seen_at=first.seen_at,
        within=tuple(within),
        only_village=unless_practice(session, first.only_village),
    )
