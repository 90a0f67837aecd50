"""Adding an attachment: its bytes, what is known of them, and an entry in the log."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.attachments.content import check_content
from pointsbank.attachments.models import AttachmentContentRow, AttachmentRow
from pointsbank.attachments.owners import owner_of
from pointsbank.attachments.reading import Attachment, of_owners, view
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Refused


class AttachmentsFull(Refused):
    """The owner has as many as it may."""

    code = "attachments_full"
    sentence = "这里最多放{most}份附件，已经有{count}份。请先撤掉不要的，再添加。"
    fixed_by = "本人"


def add(
    session: Session,
    *,
    village: str,
    owner_kind: str,
    owner: str,
    content: bytes,
    about: str | None = None,
    by: str,
    at: datetime,
) -> Attachment:
    """Keep a file for an owner (id) whom the caller has found, until the owner is over; the same one once.

    Locks the village's row, so that no owner gets more than its number.

    Args:
        content: 1 to 300,000 bytes of a kind that the owner takes; a picture bare, as `photos` draws it anew.
        about: the household (id) that it is about; goes when that is erased.

    Raises:
        AttachmentTooLarge, AttachmentKindUnknown, AttachmentNotBare: as `content.check_content`.
        AttachmentsFull: the owner has as many as it may.
        VillageUnknown: there is no such village.

    Example:
        attachments.add(
            session, village="cy", owner_kind="claim", owner=id, content=jpeg, about=wang.id, by="li", at=now
        ).number  # 1
    """
    kind = owner_of(owner_kind)
    media_type = check_content(content, kind.media_types)
    villages.lock(session, village=village)
    before = of_owners(session, village=village, owner_kind=owner_kind, owners=[owner]).get(owner, [])
    there = [one for one in before if one.removed_on is None]
    digest = hashlib.sha256(content).hexdigest()
    if same := next((one for one in there if one.sha256 == digest), None):
        return same
    if len(there) >= kind.maximum:
        raise AttachmentsFull(most=kind.maximum, count=len(there))
    today = day_of(at)
    row = AttachmentRow(
        village_id=village,
        id=new_id(session),
        owner_kind=owner_kind,
        owner_id=owner,
        number=len(before) + 1,
        participant_id=about,
        sha256=digest,
        media_type=media_type,
        size=len(content),
        until=today + timedelta(days=kind.days),
        added_on=today,
        added_at=at,
        added_by=by,
    )
    session.add(row)
    session.flush()
    session.add(AttachmentContentRow(village_id=village, attachment_id=row.id, content=content))
    session.flush()
    words = {
        "attachment": row.id,
        "owner_kind": owner_kind,
        "owner": owner,
        "number": row.number,
        "participant": about,
        "sha256": digest,
        "media_type": media_type,
        "size": row.size,
        "until": row.until.isoformat(),
    }
    ledger.record(session, village=village, kind="attachment_added", by=by, at=at, words=words)
    return view(row, None)


@ledger.describes("attachment_added")
def _added(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 照片184kB，最晚保存到2027-03-01."""
    what = "PDF" if words["media_type"] == "application/pdf" else "照片"
    return f"{what}{-(-int(words['size']) // 1000)}kB，最晚保存到{words['until']}"
