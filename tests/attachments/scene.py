"""Things that have attachments: the room knows them by kind and id only, and asks whether they are over."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from PIL import Image
from sqlmodel import Session

from pointsbank import attachments
from pointsbank.attachments import Attachment, Owner, owners
from pointsbank.database import Database
from tests.builders import COMMITTEE, NOW, VILLAGE

KIND = "inspection"
HERE: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
OF_ONE = {"village": VILLAGE, "owner_kind": KIND, "owner": "k1"}


@contextmanager
def things(*, maximum: int = 2, days: int = 10, over: dict[str, date] | None = None) -> Iterator[None]:
    """Things with so many attachments for so many days; those in `over` are, since that day."""

    def ended(_session: Session, _village: str, ids: Sequence[str]) -> dict[str, date]:
        return {one: day for one, day in (over or {}).items() if one in ids}

    before = dict(owners._OWNERS)
    attachments.declare(Owner(KIND, maximum=maximum, days=days, ended=ended))
    try:
        yield
    finally:
        owners._OWNERS.clear()
        owners._OWNERS.update(before)


def jpeg(shade: int = 100) -> bytes:
    """A picture, each shade another file."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 0, 0)).save(stream, "JPEG")
    return stream.getvalue()


def added(database: Database, content: bytes | None = None, **more: Any) -> Attachment:
    """An attachment of one thing, added now."""
    with database.writing() as session:
        given = {**HERE, "owner_kind": KIND, "owner": "k1", "content": content or jpeg(), **more}
        return attachments.add(session, **given)


def listed(database: Database, owner: str = "k1") -> list[Attachment]:
    """What one thing has, gone or not."""
    with database.reading() as session:
        found = attachments.of_owners(session, village=VILLAGE, owner_kind=KIND, owners=[owner])
    return found.get(owner, [])
