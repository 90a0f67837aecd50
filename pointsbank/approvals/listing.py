"""Lists requests for pages and programs: what waits, what ended, who may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank.approvals.answering import can_second
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.models import ApprovalRow
from pointsbank.approvals.register import find_kind, kinds
from pointsbank.approvals.stored import ApprovalUnknown, people, view
from pointsbank.staff import SignedIn

_MAXIMUM = 200
"""Requests that are looked at, the oldest first."""
KINDS = kinds()
"""Known as soon as the room is: each declares who controls whom, which the home page reads."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as a page shows it to one person.

    Attributes:
        label: the Chinese name of the act.
        status: as it stands at this moment.
        outlook: whom it is about, and what happens when it is confirmed.
        in_bulk: may be ticked and confirmed with others.
        mine: this person made the request.
        can_answer: this person may confirm or decline it.
        seconds: all who may confirm it.
        may_be_undone: once confirmed it can still be undone by another request.
    """

    approval: Approval
    label: str
    status: str
    outlook: Outlook
    in_bulk: bool
    mine: bool
    can_answer: bool
    seconds: tuple[SignedIn, ...]
    may_be_undone: bool


def waiting(session: Session, *, village: str, by: str, at: datetime) -> list[Shown]:
    """Return the requests that wait in a village, the oldest 200, as one person (id) sees them.

    Raises ApprovalKindUnknown, and those of a kind's `describe`.

    Example:
        [one.label for one in waiting(session, village="cy", by=li.id, at=now) if one.can_answer]
        # ["设置兑换密码"]
    """
    rows = _waiting_rows(session, village=village, at=at)
    return _shown(session, rows, village=village, by=by, at=at)


def concerning(
    session: Session, *, village: str, by: str, at: datetime, limit: int = 10
) -> tuple[list[Shown], int]:
    """Return the requests that wait for one person (id) or that this person made, oldest first; and how many.

    Only the first `limit` (>= 0) are described: on the day of handing out cards hundreds may wait.

    Raises ApprovalKindUnknown, and those of a kind's `describe`.

    Example:
        first, count = concerning(session, village="cy", by=li.id, at=now)
    """
    rows = _waiting_rows(session, village=village, at=at)
    known = people(session, village=village) if rows else {}
    own = [row for row in rows if row.requested_by == by or _may_answer(row, known, by)]
    return _shown(session, own[:limit], village=village, by=by, at=at), len(own)


def count_answerable(session: Session, *, village: str, by: str, at: datetime) -> int:
    """Return how many of the requests that wait in a village this person (id) may answer.

    Raises ApprovalKindUnknown for a kind that this program does not know.

    Example:
        count_answerable(session, village="cy", by=li.id, at=now)  # 2
    """
    rows = _waiting_rows(session, village=village, at=at)
    known = people(session, village=village) if rows else {}
    return sum(_may_answer(row, known, by) for row in rows)


def ended(
    session: Session, *, village: str, by: str, at: datetime, before: int | None = None, limit: int = 50
) -> list[Shown]:
    """Return the requests that ended or expired, as one person (id) sees them, newest first.

    Args:
        before: the log index of a request below which to begin; None begins with the newest.
        limit: requests at most, >= 0.

    Raises ApprovalKindUnknown for a kind that this program does not know.

    Example:
        [one.status for one in ended(session, village="cy", by=zhao.id, at=now)]  # ["confirmed", "expired"]
    """
    over = col(ApprovalRow.ended_at).is_not(None) | (col(ApprovalRow.expires_at) <= at)
    query = select(ApprovalRow).where(ApprovalRow.in_village(village), over)
    if before is not None:
        query = query.where(col(ApprovalRow.requested_index) < before)
    rows = session.exec(query.order_by(col(ApprovalRow.requested_index).desc()).limit(limit)).all()
    return _shown(session, rows, village=village, by=by, at=at)


def shown(session: Session, *, village: str, approval: str, by: str, at: datetime) -> Shown:
    """Return one request as one person (id) sees it.

    Raises:
        ApprovalUnknown: there is none in this village.
        ApprovalKindUnknown: this program does not know its kind.

    Example:
        shown(session, village="cy", approval=id, by=li.id, at=now).outlook.happens
        # ("为王建国户（0101）设置兑换密码。", …)
    """
    row = session.get(ApprovalRow, (village, approval))
    if row is None:
        raise ApprovalUnknown()
    return _shown(session, [row], village=village, by=by, at=at)[0]


def _waiting_rows(session: Session, *, village: str, at: datetime) -> Sequence[ApprovalRow]:
    open_at = (col(ApprovalRow.ended_at).is_(None), col(ApprovalRow.expires_at) > at)
    query = select(ApprovalRow).where(ApprovalRow.in_village(village), *open_at)
    return session.exec(query.order_by(col(ApprovalRow.requested_index)).limit(_MAXIMUM)).all()


def _may_answer(row: ApprovalRow, known: Mapping[str, SignedIn], by: str) -> bool:
    return can_second(view(row), known.get(row.requested_by), known.get(by))


def _shown(
    session: Session, rows: Sequence[ApprovalRow], *, village: str, by: str, at: datetime
) -> list[Shown]:
    known = people(session, village=village) if rows else {}
    found = []
    for approval in map(view, rows):
        kind, first = find_kind(approval.kind), known.get(approval.requested_by)
        seconds = tuple(one for one in known.values() if can_second(approval, first, one))
        status = approval.standing(at)
        outlook = kind.describe(session, approval)
        can_answer = status == "waiting" and by in {one.staff.id for one in seconds}
        mine = approval.requested_by == by
        about = kind.label, status, outlook, kind.in_bulk, mine, can_answer, seconds, kind.may_be_undone
        found.append(Shown(approval, *about))
    return found
