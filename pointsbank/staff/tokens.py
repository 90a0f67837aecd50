"""API tokens: a program acts as one person, with that person's present roles."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from pointsbank import database
from pointsbank.staff import accounts
from pointsbank.staff.models import ApiToken
from pointsbank.staff.presence import digest


def make_token(session: Session, *, login: str, by: str, at: datetime) -> str:
    """A new token for this person, shown once."""
    staff = accounts.by_login(session, login=login)
    token = "pb_" + secrets.token_urlsafe(32)
    session.add(ApiToken(digest=digest(token), staff_id=staff.id, made_at=at, made_by=by))
    session.flush()
    return token


def revoke_tokens(session: Session, *, login: str) -> int:
    """Make all tokens of this person worthless; answers how many there were."""
    staff = accounts.by_login(session, login=login)
    done = database.execute(session, delete(ApiToken).where(col(ApiToken.staff_id) == staff.id))
    return done.rowcount
