"""Finding the attachments of something, and the bytes of one of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank.attachments.models import AttachmentContentRow, AttachmentRemovalRow, AttachmentRow
from pointsbank.errors import NotFound
from pointsbank.prepared import chunks


class AttachmentUnknown(NotFound):
    """Nothing of the kind belongs to this owner."""

    code = "attachment_unknown"
    sentence = "没有找到这份附件。"
    fixed_by = "本人"


class AttachmentGone(NotFound):
    """It was there and is deleted."""

    code = "attachment_gone"
    sentence = "这份附件已经按期删除，不再保存。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to something, without its bytes; `removed_on`: since when these are gone."""

    id: str
    owner_id: str
    number: int
    sha256: str
    media_type: str
    size: int
    until: date
    added_at: datetime
    added_by: str
    removed_on: date | None = None


def of_owners(
    session: Session, *, village: str, owner_kind: str, owners: Collection[str]
) -> dict[str, list[Attachment]]:
    """Return the attachments of some owners (ids) by owner, in the order in which they were added.

    Those whose bytes are gone are among them.

    Example:
        attachments.of_owners(session, village="chayuan", owner_kind="claim", owners=[id])[id][0].size
    """
    found: dict[str, list[Attachment]] = defaultdict(list)
    mine = (AttachmentRow.in_village(village), col(AttachmentRow.owner_kind) == owner_kind)
    query = (
        select(AttachmentRow, AttachmentRemovalRow)
        .outerjoin(
            AttachmentRemovalRow,
            AttachmentRemovalRow.in_village_of(AttachmentRow)
            & (col(AttachmentRemovalRow.attachment_id) == col(AttachmentRow.id)),
        )
        .where(*mine)
        .order_by(col(AttachmentRow.owner_id), col(AttachmentRow.number))
    )
    for some in chunks(sorted(set(owners))):
        for row, removal in session.exec(query.where(col(AttachmentRow.owner_id).in_(some))):
            found[row.owner_id].append(view(row, removal))
    return dict(found)


def read(
    session: Session, *, village: str, owner_kind: str, owner: str, attachment: str
) -> tuple[Attachment, bytes]:
    """Return an attachment of this owner (id) with its bytes; the caller has looked who may see it.

    Raises:
        AttachmentUnknown: it belongs to no such owner.
        AttachmentGone: its bytes are deleted.

    Example:
        one, content = attachments.read(session, village="cy", owner_kind="claim", owner=id, attachment=photo)
    """
    row = session.get(AttachmentRow, (village, attachment))
    if row is None or (row.owner_kind, row.owner_id) != (owner_kind, owner):
        raise AttachmentUnknown()
    content = session.get(AttachmentContentRow, (village, attachment))
    if content is None:
        raise AttachmentGone()
    return view(row, None), bytes(content.content)


def view(row: AttachmentRow, removal: AttachmentRemovalRow | None) -> Attachment:
    """Return a row as others see it."""
    return row.into(Attachment, removed_on=removal.removed_on if removal else None)
