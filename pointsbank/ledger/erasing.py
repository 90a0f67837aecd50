"""Erasing a participant's words: a tombstone for each entry about them, then the words and their salts go."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from pointsbank.ledger.constants import TRANSACTION_KINDS, UNITS, account_of
from pointsbank.ledger.log import LogRecord, lock_head, record_many
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, PostingRow
from pointsbank.prepared import chunks

_CHUNK = 500


def erase_words(
    session: Session, *, village: str, participant: str, why: str, by: str, at: datetime
) -> list[int]:
    """Erase who, why and where of every entry about a participant, and return the indexes of these entries.

    Each gets a tombstone, an entry `erasure` that refers to it. What was hashed stays, so every proof still
    holds; amounts, kinds and moments stay public.

    Raises VillageUnknown.

    Example:
        erase_words(session, village="chayuan", participant=wang.id, why="本人要求", by=clerk, at=now)
        # [3, 7]
    """
    lock_head(session, village=village)
    about = sorted({*_moved(session, village, participant), *_named(session, village, participant)})
    tombstones = [
        LogRecord("erasure", {"participant": participant, "why": why}, ref=index) for index in about
    ]
    record_many(session, tombstones, village=village, by=by, at=at)
    for some in chunks(about):
        session.exec(
            delete(LogPrivateRow).where(
                LogPrivateRow.in_village(village), col(LogPrivateRow.log_index).in_(some)
            )
        )
    return about


def _moved(session: Session, village: str, participant: str) -> Sequence[int]:
    """Return the transactions that touched the participant's accounts and still have their words."""
    own = [account_of(participant, unit) for unit in UNITS]
    touched = or_(col(PostingRow.source_account_id).in_(own), col(PostingRow.destination_account_id).in_(own))
    query = select(col(LogPrivateRow.log_index)).join(PostingRow, PostingRow.in_entry_of(LogPrivateRow))
    return session.exec(query.where(LogPrivateRow.in_village(village), touched).distinct()).all()


def _named(session: Session, village: str, participant: str) -> Iterator[int]:
    """Return the other entries whose words name the participant: cards, listings, its closing."""
    query = (
        select(col(LogPrivateRow.log_index), col(LogPrivateRow.private))
        .join(LogEntryRow, LogEntryRow.in_entry_of(LogPrivateRow))
        .where(
            LogPrivateRow.in_village(village),
            col(LogEntryRow.kind).not_in((*TRANSACTION_KINDS, "erasure")),
        )
        .order_by(col(LogPrivateRow.log_index))
        .limit(_CHUNK)
    )
    last = -1
    while rows := session.exec(query.where(last < col(LogPrivateRow.log_index))).all():
        yield from (index for index, private in rows if _names(private, participant))
        last = rows[-1][0]


def _names(private: bytes, participant: str) -> bool:
    """Tell whether an entry's words are about the participant."""
    words = json.loads(private).get("words", {})
    one = (words.get("participant"), words.get("heir"), words.get("subject"))
    return participant in (*one, *words.get("participants", ()))
