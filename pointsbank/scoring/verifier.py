"""Compares posted scores with the words of the entries that posted them; digests cover what was judged."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import execute, table_of
from pointsbank.ledger import HONOUR, Finding, VerifiedEntry
from pointsbank.raw_rows import as_logged, differ_from_log, raw_pages, raw_rows_by, unreadable
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.scheme_models import ItemRow
from pointsbank.scoring.shapes import SHAPES
from pointsbank.scoring.values import POSTED

_item = table_of(ItemRow)
_score = table_of(StoredScoreRow)


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare the scores that some entries posted with their rows; yield what differs."""
    posted = {entry.private["source"][1]: entry for entry in entries if _is_score(entry)}
    rows = raw_rows_by(session, _score, "id", sorted(posted), village=village)
    for id, entry in posted.items():
        if differ_from_log(rows[id], _as_logged(id, entry)):
            yield Finding(entry.index, "评分记录与日志不符", "score", id)


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Yield a finding for scores posted without an entry, and for items of a shape that nobody declares."""
    here = (_score.c.village_id == village, _score.c.log_index.is_not(None))
    if execute(session, select(func.count()).where(*here)).scalar_one() != posted.get("score", 0):
        yield "已入账评分的条数与日志不符"
    for page in raw_pages(session, _item, _item.c.village_id == village):
        for row in page:
            if unreadable(row) or row.shape not in SHAPES:
                yield f"细则条目“{row.code}”的形状“{row.shape}”无法识别"


def _is_score(entry: VerifiedEntry) -> bool:
    """Return whether an entry posted a score."""
    source = entry.private.get("source")
    return isinstance(source, list) and source[0] == "score"


def _as_logged(id: str, entry: VerifiedEntry) -> dict[str, Any]:
    """Return a posted score's columns as the log has them."""
    words, day = entry.private["words"], entry.private.get("occurred_on")
    own = ledger.account_of(str(words.get("participant")), HONOUR)
    return {
        "id": id,
        "participant_id": words.get("participant"),
        "item_code": words.get("item"),
        "meeting_id": words.get("meeting"),
        "note": words.get("note"),
        "remark": words.get("remark"),
        "counted_in": words.get("counted_in"),
        "late": words.get("counted_in") != str(day)[:7],
        "occurred_on": day,
        "counted_points": sum(
            posting.amount if posting.destination_account_id == own else -posting.amount
            for posting in entry.postings
            if posting.unit == HONOUR
        ),
        "status": POSTED,
        "posted_at": as_logged(entry.recorded_at),
        "log_index": entry.index,
    }
