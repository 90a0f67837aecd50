"""Answers: another person confirms, and the act is done in the same transaction; or declines."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import staff
from pointsbank.approvals.kind import Approval
from pointsbank.approvals.models import ApprovalRow
from pointsbank.approvals.register import find_kind
from pointsbank.approvals.requesting import RequesterNotAllowed, end
from pointsbank.approvals.rules import may_second
from pointsbank.approvals.stored import lock_waiting, people, view
from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.labels.decline_reason import DECLINE_REASON
from pointsbank.staff import SignedIn


class SecondNotAllowed(NotAllowed):
    """Who confirms is the requester, has no other role, or none that may confirm this."""

    code = "second_not_allowed"
    sentence = "“{label}”要由另一位角色不同的工作人员确认，{who}不能确认，请换一位。"
    fixed_by = "管理员"


class NotInBulk(Refused):
    """What ends or lowers something is confirmed on its own page, which says what will happen."""

    code = "not_in_bulk"
    sentence = "“{label}”不能成批确认，请打开这份申请，看清“确认后会怎样”，再单独确认。"
    fixed_by = "本人"


class OwnSignInNeeded(NotAllowed):
    """A program may not confirm: a token may lie with somebody else, and outlives a password."""

    code = "own_sign_in_needed"
    sentence = (
        "访问令牌不能确认两个人办的事，请确认的人用自己的密码登录以后再确认，"
        "或当着申请人的面输入自己的账号和动态码。"
    )
    fixed_by = "本人"


class OutlookChanged(Refused):
    """What the request would do is no longer what the second person read."""

    code = "outlook_changed"
    sentence = "您看过以后情况变了，“{label}”还没有办。请再看一遍“确认后会怎样”，照样要办的再确认。"
    fixed_by = "本人"


class DeclineReasonUnknown(Invalid):
    """The reason is none of the closed list."""

    code = "decline_reason_unknown"
    sentence = "请从列出的原因中选一个。"
    fixed_by = "本人"
    at = ("reason",)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A request that was confirmed, and the sentence that tells what was done."""

    approval: Approval
    sentence: str


def confirm(
    session: Session,
    *,
    village: str,
    approval: str,
    by: str,
    at: datetime,
    on_screen: bool = False,
    in_bulk: bool = False,
    by_token: bool = False,
    seen: str | None = None,
) -> Confirmed:
    """Confirm another one's request and do the act, as the people, the roles and the act stand now.

    Args:
        by: id of the second person, who is signed in or has just given a code.
        on_screen: the second person gave a code on the first one's screen.
        in_bulk: it was ticked in a list, with others.
        by_token: a program acts for the second person; nobody signed in or gave a code.
        seen: the `mark` of the outlook that the second person read; None where nobody says what was read.

    Raises:
        OwnSignInNeeded: a program would confirm.
        NotInBulk: this act is confirmed by itself.
        RequesterNotAllowed: who requested it may no longer.
        SecondNotAllowed: this person may not confirm it.
        LoginNotIndependent: see `staff.independence.check`.
        OutlookChanged: it would do something else than what was read.
        VillageUnknown: and the refusals of `lock_waiting`, `find_kind` and of the kind's `describe` and
            `act`.

    Example:
        confirm(session, village="cy", approval=waiting.id, by=li.id, at=now).sentence
        # "王建国户的兑换密码已设好。"
    """
    row = lock_waiting(session, village=village, approval=approval, at=at)
    kind = find_kind(row.kind)
    if by_token:
        raise OwnSignInNeeded()
    if in_bulk and not kind.in_bulk:
        raise NotInBulk(label=kind.label)
    check_second(session, row, by=by, at=at)
    if seen is not None and kind.describe(session, view(row)).mark != seen:
        raise OutlookChanged(label=kind.label)
    sentence = kind.act(session, view(row), by, at)
    end(session, row, "confirmed", by=by, at=at, on_screen=on_screen)
    return Confirmed(view(row), sentence)


def decline(session: Session, *, village: str, approval: str, reason: str, by: str, at: datetime) -> Approval:
    """Decline another one's request: it ends, and nothing is done.

    Args:
        reason: a code of `labels.decline_reason`.

    Raises:
        DeclineReasonUnknown: the reason is none of them.
        SecondNotAllowed: this person may not confirm it, nor decline it.
        VillageUnknown: and the refusals of `lock_waiting` and `find_kind`: ApprovalUnknown, ApprovalEnded.

    Example:
        decline(session, village="cy", approval=waiting.id, reason="mistaken", by=li.id, at=now).status
        # "declined"
    """
    if reason not in DECLINE_REASON.codes:
        raise DeclineReasonUnknown()
    row = lock_waiting(session, village=village, approval=approval, at=at)
    known = people(session, village=village)
    if not can_second(view(row), known.get(row.requested_by), known.get(by)):
        raise _refusal(row, known.get(by))
    find_kind(row.kind).drop(session, view(row))
    end(session, row, "declined", by=by, at=at, reason=reason)
    return view(row)


def can_second(approval: Approval, first: SignedIn | None, second: SignedIn | None) -> bool:
    """Return True if the second person's roles let them answer the first one's request.

    A first person who no longer works here holds no role: whoever may confirm at all may then decline.

    Example:
        can_second(waiting, chen, li)  # True
    """
    if second is None or second.staff.id == approval.requested_by:
        return False
    kind = find_kind(approval.kind)
    return may_second(
        first=first.roles_in(approval.village) if first else frozenset(),
        second=second.roles_in(approval.village),
        seconds=kind.seconds,
        among_committee=kind.among_committee,
    )


def check_second(session: Session, row: ApprovalRow, *, by: str, at: datetime) -> None:
    """Check both people as they stand now.

    Raises:
        RequesterNotAllowed: who requested it may no longer.
        SecondNotAllowed: the other one may not confirm it.
        LoginNotIndependent: see `staff.independence.check`.
    """
    kind = find_kind(row.kind)
    known = people(session, village=row.village_id)
    first, second = known.get(row.requested_by), known.get(by)
    if first is None or not staff.may(first, row.village_id, kind.requested_with):
        raise RequesterNotAllowed(label=kind.label)
    if not can_second(view(row), first, second):
        raise _refusal(row, second)
    staff.independence.check(session, first=row.requested_by, second=by, at=at, begun_at=row.requested_at)


def _refusal(row: ApprovalRow, second: SignedIn | None) -> SecondNotAllowed:
    return SecondNotAllowed(label=find_kind(row.kind).label, who=second.staff.name if second else "此人")
