"""The digest that binds a closed meeting's scores to the village's log."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.ledger import canonical
from pointsbank.scoring.models import StoredScoreRow

_score = table_of(StoredScoreRow)


def scores_digest(session: Session, *, village: str, meeting: str) -> str:
    """SHA-256 over who got how much for what on which day, by whom, what was struck out, in order.

    Notes are left out: erasing a person blanks them, and the digest must still be found again.
    """
    query = (
        select(
            _score.c.number,
            _score.c.participant_id,
            _score.c.item_code,
            _score.c.occurred_on,
            _score.c.points,
            _score.c.counted_points,
            _score.c.status,
            _score.c.item_id,
            _score.c.quantity,
            _score.c.entered_by,
            _score.c.entered_at,
        )
        .where(_score.c.village_id == village, _score.c.meeting_id == meeting)
        .order_by(_score.c.number)
    )
    return digest_of((row, row.status == "withdrawn") for row in execute(session, query))


def digest_of(scores: Iterable[tuple[Any, bool]]) -> str:
    """The digest over scores in the minutes' order, each with whether it was struck out."""
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
