"""Deleting the bytes of attachments: when they are due, when somebody takes one back, when a person goes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.attachments.models import AttachmentContentRow, AttachmentRemovalRow, AttachmentRow
from pointsbank.attachments.owners import declared
from pointsbank.attachments.reading import AttachmentGone, AttachmentUnknown
from pointsbank.dates import day_of
from pointsbank.labels.attachment_removal import ATTACHMENT_REMOVAL
from pointsbank.prepared import chunks

HANDFUL = 100
"""Attachments that one write removes at most: the next write takes the next."""


def due(today: date, until: date, ended: date | None) -> tuple[str, date] | None:
    """Return why bytes are due today and the last day on which they were needed; None while they stay.

    Args:
        until: the last day on which they are there at most.
        ended: the last day on which their owner needed them; None while it does.

    Example:
        >>> due(date(2026, 9, 5), date(2026, 9, 4), None)
        ('expired', datetime.date(2026, 9, 4))
        >>> due(date(2026, 9, 5), date(2026, 9, 9), date(2026, 9, 4))
        ('ended', datetime.date(2026, 9, 4))
        >>> due(date(2026, 9, 4), date(2026, 9, 9), date(2026, 9, 4)) is None
        True
    """
    if ended is not None and ended < min(today, until):
        return "ended", ended
    return ("expired", until) if until < today else None


def any_due(session: Session, *, village: str, at: datetime) -> bool:
    """Return whether bytes of a village's attachments are due.

    Example:
        attachments.any_due(session, village="chayuan", at=now)  # False
    """
    return bool(_due_ones(session, village, day_of(at), maximum=1))


def remove_due(session: Session, *, village: str, by: str, at: datetime) -> int:
    """Delete the bytes that are due, up to 100 attachments of a village; return how many. For the duty.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        while attachments.remove_due(session, village="chayuan", by="system", at=now): ...
    """
    found = _due_ones(session, village, day_of(at), maximum=HANDFUL)
    for row, reason, due_on in found:
        _remove(session, row, reason, due_on, by=by, at=at)
    return len(found)


def withdraw(
    session: Session, *, village: str, owner_kind: str, owner: str, attachment: str, by: str, at: datetime
) -> None:
    """Take an attachment of an owner (id) back before it is due: the wrong photo, or one that shows people.

    Raises:
        AttachmentUnknown: it belongs to no such owner.
        AttachmentGone: it is gone already.
        VillageUnknown: there is no such village.

    Example:
        attachments.withdraw(
            session, village="cy", owner_kind="claim", owner=id, attachment=photo, by="li", at=now
        )
    """
    row = session.get(AttachmentRow, (village, attachment), with_for_update=True, populate_existing=True)
    if row is None or (row.owner_kind, row.owner_id) != (owner_kind, owner):
        raise AttachmentUnknown()
    if session.get(AttachmentRemovalRow, (village, attachment)) is not None:
        raise AttachmentGone()
    _remove(session, row, "withdrawn", None, by=by, at=at)


def forget(session: Session, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Delete the bytes of every attachment about a household (id) that is being erased.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        attachments.forget(session, village="chayuan", participant=wang.id, by="li", at=now)
    """
    about = (*_there(village), col(AttachmentRow.participant_id) == participant)
    for row in session.exec(select(AttachmentRow).where(*about).with_for_update(of=AttachmentRow)).all():
        _remove(session, row, "erased", None, by=by, at=at)


def forget_owners(
    session: Session, *, village: str, owner_kind: str, owners: Sequence[str], by: str, at: datetime
) -> None:
    """Delete the bytes of every attachment of some owners (ids): a household that is erased stands on them.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        attachments.forget_owners(
            session, village="cy", owner_kind="score_sheet", owners=[number], by="li", at=now
        )
    """
    for some in chunks(sorted(set(owners))):
        theirs = (col(AttachmentRow.owner_kind) == owner_kind, col(AttachmentRow.owner_id).in_(some))
        query = select(AttachmentRow).where(*_there(village), *theirs)
        for row in session.exec(query.with_for_update(of=AttachmentRow)).all():
            _remove(session, row, "erased", None, by=by, at=at)


def _there(village: str) -> tuple[Any, ...]:
    """Return the conditions that an attachment is a village's and its bytes are there; few of all are."""
    there = select(col(AttachmentContentRow.attachment_id)).where(AttachmentContentRow.in_village(village))
    return AttachmentRow.in_village(village), col(AttachmentRow.id).in_(there)


def _due_ones(
    session: Session, village: str, today: date, *, maximum: int
) -> Sequence[tuple[AttachmentRow, str, date]]:
    """Return attachments that are due, with why and since when; kind by kind of owner."""
    found: list[tuple[AttachmentRow, str, date]] = []
    for owner in declared():
        mine = (*_there(village), col(AttachmentRow.owner_kind) == owner.kind)
        rows = session.exec(select(AttachmentRow).where(*mine).order_by(col(AttachmentRow.until))).all()
        for some in chunks(list(rows)):
            ended = owner.ended(session, village, sorted({row.owner_id for row in some}))
            for row in some:
                if (why := due(today, row.until, ended.get(row.owner_id))) is not None:
                    found.append((row, *why))
                if len(found) >= maximum:
                    return found
    return found


def _remove(
    session: Session, row: AttachmentRow, reason: str, due_on: date | None, *, by: str, at: datetime
) -> None:
    """Write why an attachment goes, and delete its bytes."""
    removal = AttachmentRemovalRow(
        village_id=row.village_id,
        attachment_id=row.id,
        reason=reason,
        due_on=due_on,
        removed_on=day_of(at),
        removed_at=at,
        removed_by=by,
    )
    session.add(removal)
    session.flush()
    mine = (
        AttachmentContentRow.in_village(row.village_id),
        col(AttachmentContentRow.attachment_id) == row.id,
    )
    session.exec(delete(AttachmentContentRow).where(*mine))
    words = {
        "attachment": row.id,
        "owner_kind": row.owner_kind,
        "owner": row.owner_id,
        "participant": row.participant_id,
        "reason": reason,
        "due_on": due_on and due_on.isoformat(),
    }
    ledger.record(session, village=row.village_id, kind="attachment_removed", by=by, at=at, words=words)


@ledger.describes("attachment_removed")
def _removed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return why, e.g. 附件已删除：保存期满."""
    return f"附件已删除：{ATTACHMENT_REMOVAL.name(words['reason'])}"
