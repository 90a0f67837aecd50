"""What the scores of a month come to, for each participant."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.correction_effects import taken_back
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.superseded import taken_back_ids
from pointsbank.scoring.values import POSTED, MonthTotal

_COUNTED = col(StoredScoreRow.counted_points)
SUMS = tuple(
    # PostgreSQL adds up whole numbers to a decimal.
    cast(func.sum(amount), BigInteger)
    for amount in (
        _COUNTED,
        case((_COUNTED > 0, _COUNTED), else_=0),
        case((_COUNTED < 0, _COUNTED), else_=0),
        case((col(StoredScoreRow.late), _COUNTED), else_=0),
    )
)
"""What scores come to, in the order of a `MonthTotal`."""

_TOTALS = (
    select_columns(col(StoredScoreRow.participant_id), *SUMS)
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        col(StoredScoreRow.counted_in) == bindparam("month"),
        col(StoredScoreRow.status) == POSTED,
        col(StoredScoreRow.id).not_in(taken_back_ids(village=bindparam("village"), month=bindparam("month"))),
    )
    .group_by(col(StoredScoreRow.participant_id))
)
_TAKEN_BACK = (
    select_columns(col(StoredScoreRow.participant_id), col(StoredScoreRow.counted_points))
    .join(
        CorrectionRow,
        CorrectionRow.in_village_of(StoredScoreRow) & (col(CorrectionRow.corrects) == col(StoredScoreRow.id)),
    )
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        col(CorrectionRow.taken_back_in) == bindparam("month"),
        col(StoredScoreRow.counted_in) != col(CorrectionRow.taken_back_in),
    )
)
NOTHING = MonthTotal(honour=Points(0), plus=Points(0), minus=Points(0), late=Points(0))


def month_totals(session: Session, *, village: str, month: str) -> Mapping[str, MonthTotal]:
    """Return what each participant's posted scores of a month come to, by participant id.

    What was put right in its own month counts as it is now; what a closed month had is taken back here, in
    the month in which that was posted.

    Example:
        month_totals(session, village="chayuan", month="2026-08")[wang.id].honour  # 1500 hundredths
    """
    # A score that counts, or counts no more, is an entry of the log, and none of the till's.
    return ledger.kept_under(
        session,
        village=village,
        about=("month totals", month),
        version=ledger.last_but_sales(session, village=village),
        make=lambda: _month_totals(session, village, month),
        size=len,
    )


def _month_totals(session: Session, village: str, month: str) -> dict[str, MonthTotal]:
    """Sum up the posted scores of a month."""
    asked = {"village": village, "month": month}
    found: Sequence[Any] = execute(session, _TOTALS, asked).all()
    totals = {row[0]: MonthTotal(*row[1:]) for row in found}
    back: Sequence[Any] = execute(session, _TAKEN_BACK, asked).all()
    for participant, counted in back:
        totals[participant] = taken_back(totals.get(participant, NOTHING), counted)
    return totals
