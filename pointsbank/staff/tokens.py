"""Makes API tokens: a program acts as one person, with that person's present roles."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session

from pointsbank import database
from pointsbank.staff import accounts
from pointsbank.staff.account_acts import TOKEN_MADE, note_act
from pointsbank.staff.authentication import digest
from pointsbank.staff.models import ApiTokenRow


def make_token(session: Session, *, login: str, by: str, at: datetime) -> str:
    """Make an API token for the person with this login; return it, since only its digest is kept.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.make_token(session, login="chen", by="operator", at=now)  # "pb_..."
    """
    staff = accounts.by_login(session, login=login)
    token = "pb_" + secrets.token_urlsafe(32)
    session.add(ApiTokenRow(digest=digest(token), staff_id=staff.id, made_at=at, made_by=by))
    session.flush()
    if by != staff.id:
        note_act(session, staff=staff.id, kind=TOKEN_MADE, by=by, at=at)
    return token


def revoke_tokens(session: Session, *, login: str | None) -> int:
    """Delete all tokens of the person with this login, or everybody's for None; return how many there were.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.revoke_tokens(session, login="chen")  # 2
    """
    if login is None:
        return database.execute(session, delete(ApiTokenRow)).rowcount
    return accounts.revoke_tokens_of(session, staff=accounts.by_login(session, login=login).id)
