"""The second factor: six digits that change every half minute (TOTP, RFC 6238), made by a telephone's app.

The secret behind them is the same here and in the telephone, so it is kept sealed (`sealing`) rather than
hashed. It counts once a first code has confirmed it. A code is good for its half minute and the one before
and after, since telephones' clocks drift, and once: `code_use` has a row for each half minute that was used,
and its key refuses a second one. Guesses are counted before they are judged: `counting_codes` goes round
whatever transaction calls `check_code`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, text
from sqlmodel import Session, col

from pointsbank.database import Database, UtcDateTime, execute
from pointsbank.errors import NotAllowed, Refused
from pointsbank.lazy import LazyModule
from pointsbank.sealing import seal, unseal
from pointsbank.staff import events
from pointsbank.staff.account_acts import note_act
from pointsbank.staff.models import CodeUseRow, RecoveryCodeRow, SecondFactorRow, StaffRow
from pointsbank.staff.throttling import Try, counted
from pointsbank.text import narrow

if TYPE_CHECKING:
    import pyotp
    from pyotp import exceptions
else:
    pyotp, exceptions = LazyModule("pyotp"), LazyModule("pyotp.exceptions")

ISSUER = "积分银行"
"""What the app in the telephone writes beside the codes."""
DRIFT = 1
"""Half minutes by which a telephone's clock may be early or late."""
UNCONFIRMED = timedelta(hours=1)
"""How long a secret waits for its first code."""
_PURPOSE = "second factor"
# Longer than a code is good, and than a clock that was put back by mistake stays so.
_USES_KEPT = timedelta(days=2)

_counted: ContextVar[str | None] = ContextVar("whose guess at a code was counted", default=None)


class CodeWrong(NotAllowed):
    """The code is not the person's, or it is too old."""

    code = "code_wrong"
    sentence = "动态码不对或已经过时，请看手机上现在的6位数字，重新输入；手机时间要准。"
    fixed_by = "本人"


class CodeUsed(NotAllowed):
    """The code was used before."""

    code = "code_used"
    sentence = "这个动态码已经用过，请等手机上出现下一个再输入。"
    fixed_by = "本人"


class SecondFactorMissing(Refused):
    """The person has no second factor."""

    code = "second_factor_missing"
    sentence = "{name}还没有设置动态码，请本人登录后在“我的账号”设置，或改用本人登录确认。"
    fixed_by = "本人"


class SecondFactorThere(Refused):
    """The person has a second factor already."""

    code = "second_factor_there"
    sentence = "已经设置了动态码；要换手机，请先用动态码或恢复码取消，再重新设置。"
    fixed_by = "本人"


@dataclass(frozen=True)
class Enrolment:
    """A secret that waits for its first code: as text to type, and as the address in a QR code."""

    secret: str
    uri: str


def begin_enrolment(session: Session, *, by: str, at: datetime) -> None:
    """Make a new secret for oneself, which counts once `confirm_enrolment` has seen a code of it.

    Raises:
        SecondFactorThere: a confirmed one is there; it is taken off first.

    Example:
        staff.begin_enrolment(session, by=li.id, at=now)
    """
    row = session.get(SecondFactorRow, by)
    if row is not None and row.confirmed_at is not None:
        raise SecondFactorThere()
    if row is not None:
        session.delete(row)
        session.flush()
    sealed = seal(session, pyotp.random_base32().encode(), purpose=_PURPOSE, owner=by)
    session.add(SecondFactorRow(staff_id=by, sealed=sealed, made_at=at))
    session.flush()


def enrolment(session: Session, *, by: str, at: datetime) -> Enrolment | None:
    """Return one's own secret while it waits for its first code, at most an hour; else None.

    Raises:
        SealBroken: the installation's `secret_key` is another one.

    Example:
        staff.enrolment(session, by=li.id, at=now).secret  # "JBSWY3DPEHPK3PXP…"
    """
    row = session.get(SecondFactorRow, by)
    if row is None or row.confirmed_at is not None or row.made_at + UNCONFIRMED <= at:
        return None
    secret = _secret(session, row)
    login = session.get_one(StaffRow, by).login
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER))


def confirm_enrolment(session: Session, *, code: str, by: str, at: datetime) -> None:
    """Let one's new second factor count, by a code of it; call inside `counting_codes`.

    Raises:
        SecondFactorMissing: none waits for its first code.
        CodeWrong, CodeUsed, SealBroken: as `check_code`.

    Example:
        with counting_codes(database, person=li.id, place=li.id, at=now), database.writing() as session:
            confirm_enrolment(session, code=typed, by=li.id, at=now)
    """
    row = session.get(SecondFactorRow, by, with_for_update=True)
    if row is None or row.confirmed_at is not None or row.made_at + UNCONFIRMED <= at:
        raise SecondFactorMissing(name=session.get_one(StaffRow, by).name)
    _use_code(session, row, code, at=at)
    session.get_one(SecondFactorRow, by).confirmed_at = at
    session.flush()
    events.note(session, "factor_on", staff=by, by=by, at=at)


def has_second_factor(session: Session, *, person: str) -> bool:
    """Return whether a person (by id) signs in with a code too.

    Example:
        staff.has_second_factor(session, person=li.id)
    """
    row = session.get(SecondFactorRow, person)
    return row is not None and row.confirmed_at is not None


def check_code(session: Session, *, person: str, code: str, at: datetime) -> None:
    """Raise unless this is a code of a person (by id) now, not used before; from here on it is used.

    Call inside `counting_codes`: a guess has to be counted before it is judged, and stays so when this write
    is undone. If the write is undone, the code is unused again.

    Raises:
        SecondFactorMissing: the person has no second factor.
        CodeWrong: it is no code of this half minute, the one before or the one after.
        CodeUsed: it was used before.
        SealBroken: the installation's `secret_key` is another one.
        AssertionError: the guess was not counted.

    Example:
        counting = staff.counting_codes(database, person=zhao.id, place=chen.id, at=now)
        with counting, database.writing() as session:
            staff.check_code(session, person=zhao.id, code=typed, at=now)
    """
    row = session.get(SecondFactorRow, person)
    if row is None or row.confirmed_at is None:
        found = session.get(StaffRow, person)
        raise SecondFactorMissing(name=found.name if found else "")
    _use_code(session, row, code, at=at)


@contextmanager
def counting_codes(
    database: Database, *, person: str, place: str, at: datetime, known: bool = False
) -> Iterator[None]:
    """Count one guess at a person's codes before the block; what raises CodeWrong stays counted.

    Nobody else's guesses make the owner wait: they are counted by who guesses, and a browser known for the
    owner meets its own limit alone.

    Args:
        person: id of the person whose code it is to be.
        place: who guesses: an address or a browser, or the id of the person on whose screen it is typed.
        known: the place is a browser in which the person signed in before.

    Raises:
        TooManyAttempts: the place, or all unknown places together, guessed wrong too often lately.

    Example:
        counting = staff.counting_codes(database, person=zhao.id, place=chen.id, at=now)
        with counting, database.writing() as session:
            staff.check_code(session, person=zhao.id, code=typed, at=now)
    """
    tries = [Try("second_factor", f"{person}\n{place}")]
    if not known:
        tries.append(Try("second_factor_person", person))
    with counted(database, *tries, wrong=CodeWrong, at=at):
        before = _counted.set(person)
        try:
            yield
        finally:
            _counted.reset(before)


def take_off_second_factor(session: Session, *, person: str, by: str, at: datetime, why: str = "") -> None:
    """Take a person's second factor and recovery codes off; a code or two people have to stand behind it.

    Example:
        staff.take_off_second_factor(session, person=li.id, by=sun.id, at=now)
    """
    forget_second_factor(session, person=person)
    if by != person:
        note_act(session, staff=person, kind="second_factor_removed", by=by, at=at)
    events.note(session, "factor_off", staff=person, by=by, at=at, detail=why)


def forget_second_factor(session: Session, *, person: str) -> None:
    """Delete a person's second factor and recovery codes, also one that waits for its first code."""
    session.flush()
    for table in (CodeUseRow, RecoveryCodeRow, SecondFactorRow):
        execute(session, delete(table).where(col(table.staff_id) == person))
    session.expire_all()


def _use_code(session: Session, row: SecondFactorRow, code: str, *, at: datetime) -> None:
    """Find the half minute of a code and mark it as used."""
    if _counted.get() != row.staff_id:
        raise AssertionError("count the guess before it is judged: call this inside counting_codes")
    step = _step(_secret(session, row), code, at)
    if step is None:
        raise CodeWrong()
    used = {"staff": row.staff_id, "step": step, "at": at}
    if execute(session, _MARK_USED, used).rowcount != 1:
        raise CodeUsed()
    old = (col(CodeUseRow.staff_id) == row.staff_id) & (col(CodeUseRow.used_at) < at - _USES_KEPT)
    execute(session, delete(CodeUseRow).where(old))


def _step(secret: str, typed: str, at: datetime) -> int | None:
    """Return the half minute, counted since 1970, to which a code belongs, if it is near `at`."""
    digits = "".join(narrow(typed).split())
    if not digits.isascii():
        return None
    codes = pyotp.TOTP(secret)
    try:
        return int(codes.verify_and_get_timecode(digits, for_time=at, valid_window=DRIFT))
    except exceptions.OTPVerificationError:
        return None


def _secret(session: Session, row: SecondFactorRow) -> str:
    return unseal(session, row.sealed, purpose=_PURPOSE, owner=row.staff_id).decode()


_MARK_USED = text(
    "INSERT INTO code_use (staff_id, step, used_at) VALUES (:staff, :step, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcDateTime))
