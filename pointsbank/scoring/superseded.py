"""Conditions on a score by what was put right of it, for statements about scores."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from pointsbank.scoring.models import CorrectionRow, StoredScoreRow


def _correction(*conditions: Any) -> ColumnElement[bool]:
    """Return the condition that there is such a correction in the score's village."""
    own = CorrectionRow.in_village_of(StoredScoreRow)
    return exists().where(own, *conditions).correlate(StoredScoreRow)


_corrects_it = col(CorrectionRow.corrects) == col(StoredScoreRow.id)
_is_it = col(CorrectionRow.score_id) == col(StoredScoreRow.id)

REPLACED = _correction(_corrects_it, col(CorrectionRow.dropped_at).is_(None))
"""Another version stands for it, posted or still hanging."""

CORRECTED = _correction(_corrects_it, col(CorrectionRow.posted_at).is_not(None))
"""It was posted, and posted back."""

STRUCK = _correction(_is_it, col(CorrectionRow.struck))
"""It is a version that says that there should be no score."""

PUTS_RIGHT = _correction(_is_it, col(CorrectionRow.reverses))
"""It is a version of a posted score, and posted by itself, not with its meeting's notice."""

TAKEN_BACK_AT_ONCE = _correction(_corrects_it, col(CorrectionRow.taken_back_in) == StoredScoreRow.counted_in)
"""It was taken back in the very month in which it counted: the month is as if it had never been."""
