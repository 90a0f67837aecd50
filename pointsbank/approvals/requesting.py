"""Requests: one person asks for an act, may withdraw it, and is forgotten by it after seven days."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, staff
from pointsbank.approvals.kind import Approval
from pointsbank.approvals.models import ApprovalRow
from pointsbank.approvals.register import find_kind
from pointsbank.approvals.stored import lock_expired, lock_waiting, people, stored_text, view
from pointsbank.database import new_id
from pointsbank.errors import NotAllowed, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.labels.decline_reason import DECLINE_REASON

LASTS = timedelta(days=7)


class RequesterNotAllowed(NotAllowed):
    """Who requests it has no role that may, or no longer works here."""

    code = "requester_not_allowed"
    sentence = "“{label}”要由有这项权限、在岗的工作人员申请，请换一位来申请。"
    fixed_by = "管理员"


class ApprovalWaiting(Refused):
    """The same act waits already."""

    code = "approval_waiting"
    sentence = "同样的申请已经在等人确认，请先请人确认，或由申请人撤回。"
    fixed_by = "本人"


class NotTheRequester(NotAllowed):
    """Only who requested it can withdraw it, or let the other one confirm on this screen."""

    code = "not_the_requester"
    sentence = "这份申请不是您提出的，请用“确认”或“不同意”。"
    fixed_by = "本人"


def request(
    session: Session,
    *,
    village: str,
    kind: str,
    subject: str,
    terms: Mapping[str, Any],
    private: Mapping[str, Any] = MappingProxyType({}),
    by: str,
    at: datetime,
) -> Approval:
    """Request an act that needs a second person; it waits for seven days.

    Args:
        kind: a code of `register.kinds`.
        subject: see `Approval`; one request of a kind waits for each.
        terms: what the act needs: ids and numbers, no secret and no words about people; the log tells them.
        private: what the log alone tells besides: words about people, which erasing these people takes away.

    Raises:
        ApprovalKindUnknown: no kind is called so.
        RequesterNotAllowed: this person may not request it.
        ApprovalWaiting: the same waits already.
        VillageUnknown: there is no such village.

    Example:
        terms = {"card": card.id, "proposal": proposal}
        request(session, village="cy", kind="pin_set", subject=wang.id, terms=terms, by=chen.id, at=now)
        # Approval(id="…", kind="pin_set", status="waiting", …)
    """
    check_requester(session, village=village, kind=kind, by=by)
    expire(session, village=village, at=at)
    _refuse_second_request(session, village=village, kind=kind, subject=subject)
    id, until = new_id(session), at + LASTS
    words = {
        **private,
        "approval": id,
        "kind": kind,
        "subject": subject,
        "terms": terms,
        "requested_at": at.astimezone(UTC).isoformat(),
        "expires_at": until.astimezone(UTC).isoformat(),
    }
    entry = ledger.record(session, village=village, kind="approval_requested", by=by, at=at, words=words)
    row = ApprovalRow(
        village_id=village,
        id=id,
        kind=kind,
        subject=subject,
        terms=stored_text(terms),
        requested_by=by,
        requested_at=at,
        requested_index=entry.index,
        expires_at=until,
    )
    session.add(row)
    with refusing_duplicates(ApprovalWaiting()):
        session.flush()
    return view(row)


def check_requester(session: Session, *, village: str, kind: str, by: str) -> None:
    """Raise unless a person (id) may request acts of this kind.

    Raises:
        ApprovalKindUnknown: no kind is called so.
        RequesterNotAllowed: this person may not request it.
    """
    found = find_kind(kind)
    who = people(session, village=village).get(by)
    if who is None or not staff.may(who, village, found.requested_with):
        raise RequesterNotAllowed(label=found.label)


def withdraw(session: Session, *, village: str, approval: str, by: str, at: datetime) -> Approval:
    """Withdraw one's own request.

    Raises:
        NotTheRequester: somebody else made it.
        VillageUnknown: and the refusals of `lock_waiting` and `find_kind`: ApprovalUnknown, ApprovalEnded.

    Example:
        withdraw(session, village="cy", approval=waiting.id, by=chen.id, at=now).status  # "withdrawn"
    """
    row = lock_waiting(session, village=village, approval=approval, at=at)
    if row.requested_by != by:
        raise NotTheRequester()
    find_kind(row.kind).drop(session, view(row))
    end(session, row, "withdrawn", by=by, at=at)
    return view(row)


def expire(session: Session, *, village: str, at: datetime, over_by: datetime | None = None) -> int:
    """End the requests that nobody answered in time, forget what was kept for them; return how many.

    The log tells it under the name of whoever made the request: nobody else has to do with it.

    Args:
        over_by: the moment by which they were over, where the clock was put back since; None is now.

    Raises VillageUnknown, and ApprovalKindUnknown for a kind that this program no longer knows.
    """
    rows = lock_expired(session, village=village, at=over_by or at)
    for row in rows:
        find_kind(row.kind).drop(session, view(row))
    for row in rows:
        entry = ledger.record(
            session,
            village=village,
            kind="approval_expired",
            by=row.requested_by,
            at=at,
            words=_about(row),
            ref=row.requested_index,
        )
        row.status, row.ended_at, row.ended_index = "expired", at, entry.index
    session.flush()
    return len(rows)


def end(
    session: Session,
    row: ApprovalRow,
    status: str,
    *,
    by: str,
    at: datetime,
    on_screen: bool = False,
    reason: str = "",
) -> None:
    """Write how a locked request ended, first into the log, then into its row.

    The log is locked last: who requests the same anew holds it while the unique key looks at this row.

    Raises VillageUnknown.
    """
    words = {
        **_about(row),
        "ended_at": at.astimezone(UTC).isoformat(),
        "on_screen": on_screen,
        "reason": reason,
    }
    entry = ledger.record(
        session,
        village=row.village_id,
        kind=f"approval_{status}",
        by=by,
        at=at,
        words=words,
        ref=row.requested_index,
    )
    row.status, row.ended_by, row.ended_at, row.ended_index = status, by, at, entry.index
    row.on_screen, row.reason = on_screen, reason
    session.flush()


def _about(row: ApprovalRow) -> dict[str, Any]:
    """Return what the log says of every request that ended."""
    return {"approval": row.id, "kind": row.kind, "subject": row.subject}


@ledger.describes(
    "approval_requested",
    "approval_confirmed",
    "approval_declined",
    "approval_withdrawn",
    "approval_expired",
)
def _in_words(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 设置兑换密码：王建国."""
    reason = DECLINE_REASON.name(words["reason"]) if words.get("reason") else words.get("note", "")
    kind = find_kind(words["kind"])
    return f"{kind.label}：{kind.title(words['subject'], names)}{f'（{reason}）' if reason else ''}"


def _refuse_second_request(session: Session, *, village: str, kind: str, subject: str) -> None:
    """Raise ApprovalWaiting before anything is written, where the same request waits."""
    same = (
        ApprovalRow.kind == kind,
        ApprovalRow.subject == subject,
        col(ApprovalRow.ended_at).is_(None),
    )
    if session.exec(select(ApprovalRow.id).where(ApprovalRow.in_village(village), *same)).first():
        raise ApprovalWaiting()
