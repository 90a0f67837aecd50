"""Signs people in and out: sessions live on the server and end there."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank.database import Database, execute
from pointsbank.errors import NotAllowed
from pointsbank.staff.accounts import view
from pointsbank.staff.authentication import digest
from pointsbank.staff.models import StaffRow, StaffSessionRow
from pointsbank.staff.passwords import matches
from pointsbank.staff.permissions import Staff
from pointsbank.staff.throttling import Try, counted

# A long working day: a till is signed in once in the morning.
LASTS = timedelta(hours=16)


class SignInRefused(NotAllowed):
    """Login or password is wrong; it is not said which."""

    code = "sign_in_refused"
    sentence = "账号或密码不对，请核对后再试；忘记密码请找村管理员重设。"
    fixed_by = "管理员"


def verify_password(database: Database, *, login: str, password: str, place: str, at: datetime) -> Staff:
    """Return the person with this login and password; a failure is counted for the login at this place alone.

    Checked outside any transaction: it takes 20 ms, which nobody who writes should wait for.

    Args:
        database: opens its own transactions, since a failure stays counted although the caller refuses.
        place: who types, where it is typed: the id of the person signed in, or a browser known for the login.

    Raises:
        SignInRefused: login or password is wrong, or the person is disabled.
        TooManyAttempts: this login failed too often lately at this place.

    Example:
        staff.verify_password(database, login="li", password=typed, place=chen.id, at=now).login == "li"
    """
    login = login.strip().lower()[:100]
    return _verify(database, Try("sign_in", f"{login}\n{place}"), login=login, password=password, at=at)


def sign_in(
    database: Database, *, login: str, password: str, address: str, at: datetime, device: str | None = None
) -> str:
    """Check a password and begin a session; return its secret token. A failure is counted for good.

    Args:
        database: opens its own transactions, since a failure is written although the sign-in is refused.
        address: network address of the browser; nobody else's failures from there are held against it.
        device: a browser in which this login signed in before: strangers' failures do not make it wait.

    Raises:
        SignInRefused: login or password is wrong, or the person is disabled.
        TooManyAttempts: this login failed too often lately, here or in all unknown browsers together.

    Example:
        token = staff.sign_in(database, login="li", password=typed, address="10.0.0.7", at=now)
    """
    login = login.strip().lower()[:100]
    if device is not None:
        tries = [Try("sign_in", f"{login}\ndevice {device}")]
    else:
        tries = [Try("sign_in", f"{login}\naddress {address}"), Try("sign_in_login", login)]
    staff = _verify(database, *tries, login=login, password=password, at=at)
    with database.writing() as session:
        return begin(session, staff=staff.id, at=at)


def _verify(database: Database, *tries: Try, login: str, password: str, at: datetime) -> Staff:
    with counted(database, *tries, wrong=SignInRefused, at=at):
        with database.reading() as session:
            row = session.exec(select(StaffRow).where(StaffRow.login == login)).first()
            person, digest = (view(row), row.password_hash) if row else (None, None)
        if not matches(digest, password) or person is None or person.disabled:
            raise SignInRefused()
    return person


def begin(session: Session, *, staff: str, at: datetime) -> str:
    """Begin a session of 16 hours for a person (by id) whose password was checked; return its secret token.

    Example:
        token = staff.begin(session, staff=li.id, at=now)
    """
    execute(session, delete(StaffSessionRow).where(col(StaffSessionRow.ends_at) <= at))
    token = secrets.token_urlsafe(32)
    session.add(StaffSessionRow(digest=digest(token), staff_id=staff, signed_in_at=at, ends_at=at + LASTS))
    session.flush()
    return token


def sign_out(session: Session, *, token: str) -> None:
    """End the session with this token; an unknown token is ignored.

    Example:
        staff.sign_out(session, token=cookie)
    """
    execute(session, delete(StaffSessionRow).where(col(StaffSessionRow.digest) == digest(token)))


def end_sessions(session: Session, *, ended_by: datetime, at: datetime) -> None:
    """End the sessions that a clock which was put back would revive.

    Args:
        ended_by: the latest moment the old clock showed; sessions over by then end.
        at: now by the new clock; sessions begun later than that end.

    Example:
        staff.end_sessions(session, ended_by=before, at=now)
    """
    over = (col(StaffSessionRow.ends_at) <= ended_by) | (col(StaffSessionRow.signed_in_at) > at)
    execute(session, delete(StaffSessionRow).where(over))
