"""Holds the bytes of attachments against what is known of them: those there, and those that are gone."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import func, select

from pointsbank.attachments.models import AttachmentContentRow, AttachmentRemovalRow, AttachmentRow
from pointsbank.database import Database, table_of
from pointsbank.ledger import Finding
from pointsbank.raw_rows import raw_rows, raw_rows_by, unreadable

_PAGE = 20
"""Attachments read at a time: 6 MB at most."""


def faults(database: Database, *, village: str) -> Iterator[Finding]:
    """Yield what is wrong with the bytes of a village's attachments, a few in each short read.

    Bytes that are there have the size and the SHA-256 that was written when they came; those that are gone
    were removed by an entry, and those removed are gone.

    Example:
        list(attachments.faults(database, village="chayuan"))  # []
    """
    checked = there = 0
    while True:
        with database.reading() as session:
            mine = AttachmentRow.in_village(village)
            rows = raw_rows(session, table_of(AttachmentRow), mine, maximum=_PAGE, after=checked)
            if not rows:
                all_there = session.exec(
                    select(func.count())
                    .select_from(AttachmentContentRow)
                    .where(AttachmentContentRow.in_village(village))
                ).one()
                break
            ids = [row.id for row in rows if not unreadable(row)]
            contents = raw_rows_by(
                session, table_of(AttachmentContentRow), "attachment_id", ids, village=village
            )
            removals = raw_rows_by(
                session, table_of(AttachmentRemovalRow), "attachment_id", ids, village=village
            )
        checked += len(rows)
        there += sum(map(len, contents.values()))
        for row in rows:
            # What cannot be read is found where the table's rows are held against the log.
            if not unreadable(row):
                yield from _of_one(row, contents.get(row.id, []), removals.get(row.id, []))
    if there != all_there:
        yield Finding(None, "附件内容 有不属于任何附件的", table="attachment_content")


def _of_one(row: Any, contents: Sequence[Any], removals: Sequence[Any]) -> Iterator[Finding]:
    """Yield what is wrong with one attachment."""
    if not contents and not removals:
        yield _finding(row, "内容不见了，却没有删除登记")
    for content in contents:
        if removals:
            yield _finding(row, "登记为已删除，内容却还在")
        elif unreadable(content) or len(content.content) != row.size or _digest(content) != row.sha256:
            yield _finding(row, "内容与登记的指纹（SHA-256）不符")
    for removal in removals:
        if not unreadable(removal) and removal.due_on is not None and removal.due_on > row.until:
            yield _finding(row, "登记的到期日晚于最晚保存日")


def _digest(content: Any) -> str:
    return hashlib.sha256(content.content).hexdigest()


def _finding(row: Any, what: str) -> Finding:
    return Finding(None, f"附件 {row.id} {what}", table="attachment_content", row=row.id)
