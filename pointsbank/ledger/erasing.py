"""Erasing a participant's words: a tombstone for each entry about them, then the words and their salts go."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.ledger.constants import TRANSACTION_KINDS, UNITS, account_of
from pointsbank.ledger.log import LogRecord, lock_head, record_many
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, PostingRow

_entry = table_of(LogEntryRow)
_private = table_of(LogPrivateRow)
_posting = table_of(PostingRow)
_CHUNK = 500


def erase_words(
    session: Session, *, village: str, participant: str, why: str, by: str, at: datetime
) -> list[int]:
    """Erase who, why and where of every entry about a participant; answers which entries.

    What was hashed stays, so every proof still holds; amounts, kinds and moments stay public.
    """
    lock_head(session, village=village)
    about = sorted({*_moved(session, village, participant), *_told(session, village, participant)})
    tombstones = [
        LogRecord("erasure", {"participant": participant, "why": why}, ref=index) for index in about
    ]
    record_many(session, tombstones, village=village, by=by, at=at)
    for start in range(0, len(about), _CHUNK):
        gone = _private.c.log_index.in_(about[start : start + _CHUNK])
        execute(session, delete(_private).where(_private.c.village_id == village, gone))
    return about


def _moved(session: Session, village: str, participant: str) -> Sequence[int]:
    """The transactions that touched the participant's accounts and still have their words."""
    own = [account_of(participant, unit) for unit in UNITS]
    same = (_posting.c.village_id == _private.c.village_id) & (_posting.c.log_index == _private.c.log_index)
    touched = or_(_posting.c.source_account_id.in_(own), _posting.c.destination_account_id.in_(own))
    query = select(_private.c.log_index).join(_posting, same).where(_private.c.village_id == village, touched)
    return execute(session, query.distinct()).scalars().all()


def _told(session: Session, village: str, participant: str) -> Iterator[int]:
    """The other entries whose words name the participant: cards, listings, its closing."""
    same = (_entry.c.village_id == _private.c.village_id) & (_entry.c.log_index == _private.c.log_index)
    moves_nothing = _entry.c.kind.not_in((*TRANSACTION_KINDS, "erasure"))
    query = (
        select(_private.c.log_index, _private.c.private)
        .join(_entry, same)
        .where(_private.c.village_id == village, moves_nothing)
        .order_by(_private.c.log_index)
        .limit(_CHUNK)
    )
    last = -1
    while rows := execute(session, query.where(_private.c.log_index > last)).all():
        yield from (row.log_index for row in rows if _names(row, participant))
        last = rows[-1].log_index


def _names(row: Any, participant: str) -> bool:
    """Whether an entry's words are about the participant."""
    words = json.loads(bytes(row.private)).get("words", {})
    return participant in (words.get("participant"), words.get("heir"))
