"""Conditions on a score by what was put right of it, for statements about scores."""

from typing import Any

from sqlalchemy import ColumnElement, and_, column, exists, true
from sqlalchemy import table as named
from sqlmodel import col

from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.values import WITHDRAWN


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

# The tables of objections are publicity's, above us: named, not imported, as a foreign key names a table.
_objection = named("score_objection", column("village_id"), column("id"), column("subject_id"))
_answer = named("score_objection_answer", column("village_id"), column("objection_id"), column("upheld"))

TAKEN_BY_OBJECTION = and_(
    col(StoredScoreRow.status) == WITHDRAWN,
    exists()
    .select_from(_objection, _answer)
    .where(
        _objection.c.village_id == col(StoredScoreRow.village_id),
        _objection.c.subject_id == col(StoredScoreRow.id),
        _answer.c.village_id == _objection.c.village_id,
        _answer.c.objection_id == _objection.c.id,
        _answer.c.upheld == true(),
    )
    .correlate(StoredScoreRow),
)
"""It never reached the ledger, because an objection to it was upheld."""
