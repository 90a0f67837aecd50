"""Conditions on a score by what was put right of it, for statements about scores."""

from typing import Any

from sqlalchemy import ColumnElement, Select, column, exists, select, true
from sqlalchemy import table as named
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

HAS_COME = col(CorrectionRow.posted_at).is_not(None)
"""A correction was posted; until then it hangs."""

CORRECTED = _correction(_corrects_it, HAS_COME, col(CorrectionRow.dropped_at).is_(None))
"""It was posted, and posted back."""


def corrected_ids(*, village: str) -> Select[Any]:
    """Return the statement that selects the ids of all scores that are `CORRECTED`: few, and found once."""
    return select(col(CorrectionRow.corrects)).where(CorrectionRow.in_village(village), HAS_COME)


STRUCK = _correction(_is_it, col(CorrectionRow.struck))
"""It is a version that says that there should be no score."""

PUTS_RIGHT = _correction(_is_it, col(CorrectionRow.reverses))
"""It is a version of a posted score, and posted by itself, not with its meeting's notice."""


def taken_back_ids(*, village: Any, month: Any) -> Select[Any]:
    """Return the statement that selects the ids of all scores taken back in a month.

    Of the scores that counted in the same month these are the ones of `TAKEN_BACK_AT_ONCE`.
    """
    here = CorrectionRow.in_village(village)
    return select(col(CorrectionRow.corrects)).where(here, col(CorrectionRow.taken_back_in) == month)


TAKEN_BACK_AT_ONCE = _correction(
    _corrects_it,
    col(CorrectionRow.taken_back_in) == StoredScoreRow.counted_in,
    # What was posted was not dropped: said, because of corrections that stand there is an index.
    col(CorrectionRow.dropped_at).is_(None),
)
"""It was taken back in the very month in which it counted: the month is as if it had never been."""

# The tables of objections are publicity's, above us: named, not imported, as a foreign key names a table.
_objection = named("score_objection", column("village_id"), column("id"), column("subject_id"))
_answer = named("score_objection_answer", column("village_id"), column("objection_id"), column("upheld"))


def taken_ids(*, village: str) -> Select[Any]:
    """Return the statement that selects the ids of scores to which an objection was upheld.

    One that is withdrawn never reached the ledger because of it.
    """
    return (
        select(_objection.c.subject_id)
        .select_from(_objection, _answer)
        .where(
            _objection.c.village_id == village,
            _answer.c.village_id == _objection.c.village_id,
            _answer.c.objection_id == _objection.c.id,
            _answer.c.upheld == true(),
        )
    )
