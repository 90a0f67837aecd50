"""The digest that binds a closed meeting's scores to the village's log."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank.ledger import canonical
from pointsbank.prepared import fetch
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import StoredScore
from pointsbank.scoring.values import WITHDRAWN

_SEALED = (
    select(*StoredScoreRow.columns_of(StoredScore))
    .where(StoredScoreRow.in_village(bindparam("village")))
    .where(col(StoredScoreRow.meeting_id) == bindparam("meeting"))
    .order_by(col(StoredScoreRow.number))
)


def scores_digest(session: Session, *, village: str, meeting: str) -> str:
    """Return the SHA-256 (hex) of who got how much for what on which day, by whom, what was struck out.

    Notes are left out: erasing a person blanks them, and the digest must still be found again.
    """
    rows = fetch(session, _SEALED, {"village": village, "meeting": meeting}, into=StoredScore).all()
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
