"""Reads and locks requests, and finds the people who make and confirm them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, staff
from pointsbank.approvals.kind import Approval
from pointsbank.approvals.models import ApprovalRow
from pointsbank.errors import NotFound, Refused
from pointsbank.labels.approval_status import APPROVAL_STATUS
from pointsbank.staff import SignedIn


class ApprovalUnknown(NotFound):
    """There is no such request in this village."""

    code = "approval_unknown"
    sentence = "没有这份申请，请从“双人确认”页重新打开。"
    fixed_by = "本人"


class ApprovalEnded(Refused):
    """Somebody confirmed, declined or withdrew it, or its time is over."""

    code = "approval_ended"
    sentence = "这份申请{outcome}，不能再处理；还要办的，请重新申请。"
    fixed_by = "本人"


def stored_text(terms: Mapping[str, Any]) -> str:
    """Return the terms of a request as they are stored and as the log tells them."""
    return ledger.canonical(terms).decode()


def view(row: ApprovalRow) -> Approval:
    """Return a row as others see it."""
    return row.into(Approval, village=row.village_id, terms=json.loads(row.terms))


def private_words(session: Session, approval: Approval) -> Mapping[str, Any]:
    """Return what the log tells of a request; nothing once those it is about were erased."""
    place = approval.requested_index
    [entry] = ledger.log_entries(session, village=approval.village, before=place + 1, limit=1)
    return entry.words or {}


def lock_waiting(
    session: Session, *, village: str, approval: str, at: datetime, lock: bool = True
) -> ApprovalRow:
    """Lock a request that can still be answered, so that of two answers the second sees the first.

    Args:
        lock: False only reads it, for what is decided again under the lock.

    Raises:
        ApprovalUnknown: there is none.
        ApprovalEnded: it was answered, withdrawn, or its time is over.
    """
    row = session.get(ApprovalRow, (village, approval), with_for_update=lock, populate_existing=True)
    if row is None:
        raise ApprovalUnknown()
    standing = view(row).standing(at)
    if standing != "waiting":
        raise ApprovalEnded(outcome=APPROVAL_STATUS.name(standing))
    return row


def lock_expired(session: Session, *, village: str, at: datetime) -> list[ApprovalRow]:
    """Lock the requests whose time is over and that nobody has ended, oldest first."""
    over = (col(ApprovalRow.ended_at).is_(None), col(ApprovalRow.expires_at) <= at)
    query = select(ApprovalRow).where(ApprovalRow.in_village(village), *over)
    return list(session.exec(query.order_by(col(ApprovalRow.id)).with_for_update()))


def people(session: Session, *, village: str) -> dict[str, SignedIn]:
    """Return all who hold a role that counts in the village and may sign in, by their id."""
    everybody = staff.everyone(session, village=village)
    return {one.staff.id: one for one in everybody if not one.staff.disabled}
