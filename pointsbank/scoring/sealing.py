"""The digest that binds a closed meeting's scores to the village's log."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.ledger import canonical
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.values import WITHDRAWN, StoredScore


def scores_digest(session: Session, *, village: str, meeting: str) -> str:
    """Return the SHA-256 (hex) of who got how much for what on which day, by whom, what was struck out.

    Notes are left out: erasing a person blanks them, and the digest must still be found again.
    """
    mine = (StoredScoreRow.in_village(village), col(StoredScoreRow.meeting_id) == meeting)
    query = select(*StoredScoreRow.columns_of(StoredScore)).where(*mine)
    rows = execute(session, query.order_by(col(StoredScoreRow.number)))
    return digest_of((row, row.status == WITHDRAWN) for row in rows)


def digest_of(scores: Iterable[tuple[Any, bool]]) -> str:
    """Return the digest over scores in the minutes' order, each with whether it was struck out."""
    lines = [
        [
            row.number,
            row.participant_id,
            row.item_code,
            row.occurred_on.isoformat(),
            row.points,
            row.counted_points,
            struck_out,
            row.item_id,
            row.quantity,
            row.entered_by,
            row.entered_at.isoformat(),
        ]
        for row, struck_out in scores
    ]
    return hashlib.sha256(canonical({"scores": lines})).hexdigest()


@ledger.describes("minutes_closed")
def _minutes(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会（2026-09-28），评分12条."""
    return f"{words['title']}（{words['held_on']}），评分{words['scores']}条"
