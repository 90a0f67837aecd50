"""Who is there: the person behind a secret token, with the roles held now. Asked at every request."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, Table, bindparam, select
from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.prepared import ask
from pointsbank.staff.accounts import sorted_roles
from pointsbank.staff.models import ApiToken, StaffRole, StaffRow, StaffSession
from pointsbank.staff.permissions import Role, SignedIn, Staff

_staff, _role = table_of(StaffRow), table_of(StaffRole)
_session, _token = table_of(StaffSession), table_of(ApiToken)


def _behind(secret: Table) -> Select[Any]:
    """The person a secret belongs to, unless disabled: a row for each role."""
    return (
        select(
            _staff.c.id, _staff.c.login, _staff.c.name, _staff.c.disabled, _role.c.village_id, _role.c.role
        )
        .join_from(secret, _staff, _staff.c.id == secret.c.staff_id)
        .outerjoin(_role, _role.c.staff_id == _staff.c.id)
        .where(secret.c.digest == bindparam("digest"), ~_staff.c.disabled)
    )


_BY_SESSION = _behind(_session).where(_session.c.ends_at > bindparam("at"))
_BY_TOKEN = _behind(_token)


def signed_in(session: Session, *, token: str, at: datetime) -> SignedIn | None:
    """Who is signed in under this token of a browser, if anybody."""
    return _present(ask(session, _BY_SESSION, {"digest": digest(token), "at": at}).all())


def by_token(session: Session, *, token: str, at: datetime) -> SignedIn | None:
    """Whose API token this is, if anybody's."""
    return _present(ask(session, _BY_TOKEN, {"digest": digest(token)}).all())


def _present(rows: Any) -> SignedIn | None:
    """One person with their roles, read from a row for each role."""
    if not rows:
        return None
    first = rows[0]
    roles = sorted_roles((row.village_id, Role(row.role)) for row in rows if row.role is not None)
    return SignedIn(Staff(first.id, first.login, first.name, first.disabled), tuple(roles))


def digest(token: str) -> str:
    """What is stored instead of a secret token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
