"""Signing in and out: sessions live on the server and end there."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.database import Database
from pointsbank.errors import NotAllowed
from pointsbank.staff import throttling
from pointsbank.staff.accounts import view
from pointsbank.staff.models import StaffRow, StaffSession
from pointsbank.staff.passwords import matches
from pointsbank.staff.permissions import Staff
from pointsbank.staff.presence import digest

# A long working day: a till is signed in once in the morning.
LASTS = timedelta(hours=16)


class SignInRefused(NotAllowed):
    """Login or password is wrong; it is not said which."""

    code = "sign_in_refused"
    sentence = "账号或密码不对，请核对后再试；忘记密码请找村管理员重设。"
    fixed_by = "管理员"


def verify_password(session: Session, *, login: str, password: str, at: datetime) -> Staff:
    """The person whose login and password these are; counts nothing, writes nothing."""
    throttling.check(session, kind="sign_in_login", key=login.strip().lower(), at=at)
    row = session.exec(select(StaffRow).where(StaffRow.login == login.strip().lower())).first()
    if not matches(row.password_hash if row else None, password) or row is None or row.disabled:
        raise SignInRefused()
    return view(row)


def sign_in(base: Database, *, login: str, password: str, address: str, at: datetime) -> str:
    """Check a password, count a failure for good, and begin a session; answers its secret token."""
    login = login.strip().lower()[:100]
    try:
        with base.reading() as session:
            throttling.check(session, kind="sign_in_address", key=address, at=at)
            staff = verify_password(session, login=login, password=password, at=at)
    except SignInRefused:
        with base.writing() as session:
            throttling.count_failure(session, kind="sign_in_login", key=login, at=at)
            throttling.count_failure(session, kind="sign_in_address", key=address, at=at)
        raise
    with base.writing() as session:
        throttling.forgive(session, kind="sign_in_login", key=login)
        return begin(session, staff=staff.id, at=at)


def begin(session: Session, *, staff: str, at: datetime) -> str:
    """Begin a session for somebody already known; answers its secret token."""
    database.execute(session, delete(StaffSession).where(col(StaffSession.ends_at) <= at))
    token = secrets.token_urlsafe(32)
    session.add(StaffSession(digest=digest(token), staff_id=staff, signed_in_at=at, ends_at=at + LASTS))
    session.flush()
    return token


def sign_out(session: Session, *, token: str) -> None:
    """End this session; the cookie is worth nothing from now on."""
    database.execute(session, delete(StaffSession).where(col(StaffSession.digest) == digest(token)))


def end_sessions(session: Session, *, ended_by: datetime, at: datetime) -> None:
    """After the clock was put back: end what had ended by then, and what would begin later than now."""
    over = (col(StaffSession.ends_at) <= ended_by) | (col(StaffSession.signed_in_at) > at)
    database.execute(session, delete(StaffSession).where(over))
