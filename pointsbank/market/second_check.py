"""The second check of a large or typed sale: the household's PIN, or a second member of staff.

Proved before the sale in transactions of its own, so that a wrong try stays counted whatever the sale does.
"""

from dataclasses import dataclass
from datetime import datetime

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.market.pin_tries import PinWrong, prove_pin
from pointsbank.market.pins import PinMissing
from pointsbank.market.tickets import find_ticket


class ApproverInvalid(Refused):
    """The approver's login is wrong, is no second for the seller, or may not approve."""

    code = "approver_invalid"
    sentence = "{why}，请换一位工作人员登录。"
    fixed_by = "店员"


_SELLERS = staff.Permission.TILL.roles
CONTROL = staff.declare(
    staff.Control(
        act="超过限额或没有扫卡的兑换",
        controlled="who sells at the till",
        controls="the household with its PIN, or another clerk, the committee or an admin with a password",
        where=__name__,
        permissions=(staff.Permission.TILL,),
        people=(_SELLERS, _SELLERS | staff.Permission.GOODS_CHANGE.roles),
    )
)

_WRONG = "第二位工作人员的账号或密码不对，或无权确认"


@dataclass(frozen=True, slots=True)
class SecondCheck:
    """Proof, for one scan ticket, that a second person confirmed the sale; made by `prove`."""

    ticket: str
    kind: str
    approver: str | None = None


def prove(
    database: Database,
    *,
    village: str,
    scan_ticket: str,
    pin: str | None,
    approver: str | None,
    approver_password: str | None,
    by: str,
    at: datetime,
) -> SecondCheck:
    """Check a PIN or a second login, whichever is given.

    Raises PinWrong, PinLocked, PinTooNew, ApproverInvalid, and TicketExpired where a PIN's ticket is over.
    """
    if pin is not None:
        with database.reading() as session:
            ticket = find_ticket(session, village=village, ticket=scan_ticket, at=at)
        try:
            prove_pin(
                database,
                village=village,
                participant=ticket.participant_id,
                pin=pin,
                typed=ticket.typed,
                at=at,
            )
        except PinMissing as missing:
            # The till's list of reasons is closed: where there is no PIN, every PIN is wrong.
            raise PinWrong(then=missing.then) from None
        return SecondCheck(scan_ticket, "pin")
    second = _prove_approver(
        database, village=village, login=approver or "", password=approver_password or "", by=by, at=at
    )
    return SecondCheck(scan_ticket, "approver", second)


def _prove_approver(
    database: Database, *, village: str, login: str, password: str, by: str, at: datetime
) -> str:
    """Return the approver's id; a wrong password is counted as at the front door."""
    try:
        # Counted for the seller who types it: nobody at a till can lock a colleague out of the front door.
        second = staff.verify_password(database, login=login, password=password, place=by, at=at)
    except (staff.problems.SignInRefused, staff.problems.TooManyAttempts):
        raise ApproverInvalid(why=_WRONG) from None
    with database.reading() as session:
        here = {one.staff.id: one for one in staff.everyone(session, village=village)}
        known = here.get(second.id)
        if known is None or second.id == by or not _may_approve(known, village):
            raise ApproverInvalid(why=_WRONG)
        try:
            staff.independence.check(session, first=by, second=second.id, at=at)
        except staff.problems.LoginNotIndependent as dependent:
            # The till's list of reasons is closed: to the clerk it is an approver who does not count.
            raise ApproverInvalid(why=dependent.fields["why"]) from None
        try:
            staff.check_owes_nothing(known)
        except staff.problems.PasswordMustChange:
            # Who chose it knows it: what opens no page confirms no sale either.
            raise ApproverInvalid(why=f"{known.staff.name}的密码是别人设的，要本人先登录改掉") from None
        except staff.problems.SecondFactorNeeded:
            raise ApproverInvalid(why=f"{known.staff.name}要先在“我的账号”设置动态码") from None
    return second.id


def _may_approve(second: staff.SignedIn, village: str) -> bool:
    """Return True for clerks, the committee and admins; the supervisor reads everything, changes nothing."""
    return any(
        staff.may(second, village, permission)
        for permission in (staff.Permission.TILL, staff.Permission.GOODS_CHANGE)
    )
