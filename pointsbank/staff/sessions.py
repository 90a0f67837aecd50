"""Signs people in and out: sessions live on the server and end there."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, SQLModel, col, select

from pointsbank.database import Database, execute
from pointsbank.errors import NotAllowed
from pointsbank.staff import events, second_factor
from pointsbank.staff.digests import digest
from pointsbank.staff.directory import row_by_login, view
from pointsbank.staff.idle import IDLE
from pointsbank.staff.models import ApiTokenRow, StaffRow, StaffSessionRow
from pointsbank.staff.passwords import matches
from pointsbank.staff.permissions import Staff
from pointsbank.staff.recovery_codes import check_code_or_recovery
from pointsbank.staff.throttling import Try, counted

# A long working day: a till is signed in once in the morning. Without a request it ends earlier (`idle`).
LASTS = timedelta(hours=16)
# Time to find the telephone, or the sheet with the recovery codes.
AWAITS_CODE = timedelta(minutes=10)
TOKENS_STAY_LISTED = timedelta(days=30)


class SignInRefused(NotAllowed):
    """Login or password is wrong; it is not said which."""

    code = "sign_in_refused"
    sentence = "账号或密码不对，请核对后再试；忘记密码请找管理员重设。"
    fixed_by = "管理员"


class SignInExpired(NotAllowed):
    """The password was given too long ago, or the sign-in was ended meanwhile."""

    code = "sign_in_expired"
    sentence = "输入密码后等得太久，请从头登录。"
    fixed_by = "本人"


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

    For whoever has a second factor nobody is signed in by that token yet: `awaited_code` says so, and
    `confirm_sign_in` takes the code.

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
    try:
        staff = _verify(database, *tries, login=login, password=password, at=at)
    except SignInRefused:
        with database.writing() as session:
            row = row_by_login(session, login)
            whose = row.id if row else None
            events.note(session, "refused", staff=whose, by=whose or "", at=at, address=address)
        raise
    with database.writing() as session:
        if second_factor.has_second_factor(session, person=staff.id):
            return begin(session, staff=staff.id, at=at, lasts=AWAITS_CODE, awaits_code=True)
        return enter(session, staff.id, address=address, at=at)


def awaited_code(session: Session, *, token: str, at: datetime) -> Staff | None:
    """Return the person whose password was checked under this token and whose code is awaited, or None.

    Example:
        staff.awaited_code(session, token=cookie, at=now).login == "sun"
    """
    row = session.get(StaffSessionRow, digest(token))
    if row is None or not row.awaits_code or row.ends_at <= at:
        return None
    person = session.get_one(StaffRow, row.staff_id)
    return None if person.disabled else view(person)


def confirm_sign_in(
    database: Database, *, token: str, code: str, address: str, at: datetime, device: str | None = None
) -> str:
    """Check the code after the password and begin the session; return its secret token, a new one.

    Args:
        database: opens its own transactions, since a wrong guess stays counted although it is refused.
        token: as `sign_in` returned it.
        code: six digits of the person's telephone, or a recovery code.
        address, device: as for `sign_in`.

    Raises:
        SignInExpired: the password was given more than ten minutes ago, or not at all.
        CodeWrong, CodeUsed, SealBroken: see `check_code_or_recovery`.
        SecondFactorMissing: it was taken off meanwhile.
        TooManyAttempts: too many wrong codes lately, here or in all unknown browsers together.

    Example:
        token = staff.confirm_sign_in(database, token=cookie, code="492039", address="10.0.0.7", at=now)
    """
    with database.reading() as session:
        person = awaited_code(session, token=token, at=at)
    if person is None:
        raise SignInExpired()
    place = f"address {address}" if device is None else f"device {device}"
    known = device is not None
    counting = second_factor.counting_codes(database, person=person.id, place=place, at=at, known=known)
    try:
        with counting, database.writing() as session:
            # Looked at again inside: a reset or another window may have ended it meanwhile.
            if awaited_code(session, token=token, at=at) is None:
                raise SignInExpired()
            check_code_or_recovery(session, person=person.id, code=code, at=at)
            sign_out(session, token=token)
            return enter(session, person.id, address=address, at=at)
    except second_factor.CodeWrong:
        with database.writing() as session:
            events.note(session, "code_refused", staff=person.id, by=person.id, at=at, address=address)
        raise


def enter(session: Session, staff: str, *, address: str, at: datetime) -> str:
    """Begin a session as `begin` does, and note that the person (by id) signed in.

    Example:
        token = staff.enter(session, li.id, address="10.0.0.7", at=now)
    """
    events.note(session, "signed_in", staff=staff, by=staff, at=at, address=address)
    return begin(session, staff=staff, at=at)


def _verify(database: Database, *tries: Try, login: str, password: str, at: datetime) -> Staff:
    with counted(database, *tries, wrong=SignInRefused, at=at):
        with database.reading() as session:
            row = session.exec(select(StaffRow).where(StaffRow.login == login)).first()
            person, digest = (view(row), row.password_hash) if row else (None, None)
        if not matches(digest, password) or person is None or person.disabled:
            raise SignInRefused()
    return person


def begin(
    session: Session,
    *,
    staff: str,
    at: datetime,
    lasts: timedelta = LASTS,
    awaits_code: bool = False,
) -> str:
    """Begin a session for a person (by id) whose password was checked; return its secret token.

    Args:
        lasts: until it ends however much it is used, by default 16 hours.
        awaits_code: nobody is signed in by it before `confirm_sign_in`.

    Example:
        token = staff.begin(session, staff=li.id, at=now)
    """
    execute(session, delete(StaffSessionRow).where(col(StaffSessionRow.ends_at) <= at))
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSessionRow(
            digest=digest(token),
            staff_id=staff,
            signed_in_at=at,
            seen_at=at,
            ends_at=at + lasts,
            awaits_code=awaits_code,
        )
    )
    session.flush()
    return token


def sign_out(session: Session, *, token: str) -> None:
    """End the session with this token; an unknown token is ignored.

    Example:
        staff.sign_out(session, token=cookie)
    """
    execute(session, delete(StaffSessionRow).where(col(StaffSessionRow.digest) == digest(token)))


def end_sessions(session: Session, *, ended_by: datetime, at: datetime) -> None:
    """End the sessions and API tokens that a clock which was put back would revive.

    Args:
        ended_by: the latest moment the old clock showed; what was over by then ends.
        at: now by the new clock; sessions begun later than that end.

    Example:
        staff.end_sessions(session, ended_by=before, at=now)
    """
    over = (col(StaffSessionRow.ends_at) <= ended_by) | (col(StaffSessionRow.signed_in_at) > at)
    # A session at rest would be fresh again by the new clock; the shortest limit stands for all.
    rested = col(StaffSessionRow.seen_at) <= ended_by - min(IDLE.values())
    execute(session, delete(StaffSessionRow).where(over | rested))
    execute(session, delete(ApiTokenRow).where(col(ApiTokenRow.ends_at) <= ended_by))


def count_ended(session: Session, *, at: datetime) -> int:
    """Return how many sessions and API tokens `forget_ended` would remove.

    Example:
        staff.count_ended(session, at=now)  # 3
    """
    counts = [select(func.count()).select_from(table).where(over) for table, over in _ended(at)]
    return sum(session.exec(count).one() for count in counts)


def forget_ended(session: Session, *, at: datetime) -> int:
    """Remove sessions that are over and API tokens that ended 30 days ago; return how many there were.

    A token that has just ended stays in its owner's list for a while: it says why a program was refused.

    Example:
        staff.forget_ended(session, at=now)  # 3
    """
    return sum(execute(session, delete(table).where(over)).rowcount for table, over in _ended(at))


def _ended(at: datetime) -> list[tuple[type[SQLModel], ColumnElement[bool]]]:
    return [
        (StaffSessionRow, col(StaffSessionRow.ends_at) <= at),
        (ApiTokenRow, col(ApiTokenRow.ends_at) <= at - TOKENS_STAY_LISTED),
    ]
