"""A lost telephone: its owner says so, having given the password, and an admin of the place takes it off.

Neither can do it alone: whoever has only stolen the password can report the loss and waits for an admin who
knows the owner; an admin who was asked by nobody finds nothing to take off.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pointsbank.errors import Refused
from pointsbank.staff import directory, events, independence, second_factor
from pointsbank.staff.accounts import sign_out_everywhere
from pointsbank.staff.models import SecondFactorRow
from pointsbank.staff.permissions import Role, SignedIn
from pointsbank.staff.places import village_of
from pointsbank.staff.sessions import SignInExpired, awaited_code

ASKED = timedelta(days=7)
"""How long a report waits for an admin, as everything does that waits for a second person."""


class LossNotReported(Refused):
    """The owner has not said lately that the telephone is lost."""

    code = "loss_not_reported"
    sentence = "{name}没有登记手机丢失，或已超过7天。请本人用密码登录后，在“动态码”页点“手机丢了”。"
    fixed_by = "本人"


class FactorOfAnotherPlace(Refused):
    """The person has a role outside this village, so this village may not take the second factor off."""

    code = "factor_of_another_place"
    sentence = "{name}还有本村以外的角色，本村不能取消第二步验证；请联系管理所有村的管理员。"
    fixed_by = "管理员"


def report_lost(session: Session, *, token: str, at: datetime) -> str:
    """Note that the person whose code is awaited has lost the telephone; return the person's name.

    Args:
        token: of a sign-in whose password was checked.

    Raises:
        SignInExpired: the password was given more than ten minutes ago, or not at all.

    Example:
        staff.report_lost(session, token=cookie, at=now)  # "李会计"
    """
    person = awaited_code(session, token=token, at=at)
    if person is None:
        raise SignInExpired()
    session.get_one(SecondFactorRow, person.id).lost_at = at
    session.flush()
    events.note(session, "factor_lost", staff=person.id, by=person.id, at=at)
    return person.name


def reported_lost(session: Session, *, at: datetime) -> dict[str, datetime]:
    """Return who (by id) reported a telephone lost in the last 7 days, and when.

    Example:
        li.id in staff.reported_lost(session, at=now)
    """
    rows = session.exec(select(SecondFactorRow).where(col(SecondFactorRow.lost_at) > at - ASKED))
    return {row.staff_id: row.lost_at for row in rows if row.lost_at is not None}


def check_may_take_off(
    session: Session, *, village: str | None, login: str, by: SignedIn, at: datetime
) -> tuple[SignedIn, datetime]:
    """Return the person, and when the loss was reported, if `by` may take the second factor off now.

    Args:
        village: from whose page; None for one of the whole installation.

    Raises:
        StaffUnknown: nobody with a role that counts here has this login, or it is one's own.
        FactorOfAnotherPlace: the other has a role of another place, and `by` is no admin of them all.
        LossNotReported: the owner has not reported the loss in the last 7 days.
        LoginNotIndependent: the login may be in the hands of whoever takes it off.

    Example:
        person, since = staff.check_may_take_off(session, village="cy", login="li", by=sun, at=now)
    """
    here = {one.staff.login: one for one in directory.everyone(session, village=village)}.get(login)
    if here is None or here.staff.id == by.staff.id:
        raise directory.StaffUnknown()
    if (None, Role.ADMIN) not in by.roles and any(village_of(place) != village for place, _ in here.roles):
        raise FactorOfAnotherPlace(name=here.staff.name)
    since = reported_lost(session, at=at).get(here.staff.id)
    if since is None:
        raise LossNotReported(name=here.staff.name)
    # Who has the login in hand, or had it then, could report the loss himself.
    independence.check(session, first=here.staff.id, second=by.staff.id, at=at, begun_at=since)
    return here, since


def take_off_lost(session: Session, *, village: str | None, login: str, by: SignedIn, at: datetime) -> str:
    """Take off a second factor whose loss its owner reported; recovery codes go too, sessions end.

    Returns the person's name.

    Raises:
        StaffUnknown, FactorOfAnotherPlace, LossNotReported, LoginNotIndependent: as `check_may_take_off`.

    Example:
        staff.take_off_lost(session, village="cy", login="li", by=sun, at=now)  # "李会计"
    """
    person, _ = check_may_take_off(session, village=village, login=login, by=by, at=at)
    sign_out_everywhere(session, staff=person.staff.id)
    second_factor.take_off_second_factor(
        session, person=person.staff.id, by=by.staff.id, at=at, why="手机丢失"
    )
    return person.staff.name
