"""Which scores stand: those that oversight counts."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.superseded import PUTS_RIGHT, STRUCK, corrected_ids
from pointsbank.scoring.values import POSTED, WITHDRAWN


def standing(village: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of what was neither withdrawn nor put right; new versions stand once posted.

    As long as a correction hangs the score that it corrects counts, as it does in the ledger.
    """
    status = col(StoredScoreRow.status)
    return (
        status != WITHDRAWN,
        col(StoredScoreRow.id).not_in(corrected_ids(village=village)),
        or_(status == POSTED, ~PUTS_RIGHT),
        ~STRUCK,
    )
