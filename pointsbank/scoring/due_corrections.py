"""Which corrections have hung their days, in any village: asked by what runs by itself, and by home."""

from datetime import date

from sqlmodel import Session, col, select

from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.values import PUBLISHED


def due_corrections(session: Session, *, day: date, village: str | None = None) -> list[tuple[str, str]]:
    """Return village and new version (id) of the corrections whose days are over and that nobody contests.

    Args:
        village: of this one (code) alone, the longest over first.

    Example:
        scoring.due_corrections(session, day=date(2026, 9, 9))  # [("chayuan", "a7…")]
    """
    query = (
        select(CorrectionRow.village_id, CorrectionRow.score_id)
        .join(
            StoredScoreRow,
            StoredScoreRow.in_village_of(CorrectionRow)
            & (col(StoredScoreRow.id) == col(CorrectionRow.score_id)),
        )
        .where(
            col(CorrectionRow.reverses),
            col(CorrectionRow.posted_at).is_(None),
            col(CorrectionRow.dropped_at).is_(None),
            col(CorrectionRow.ends_on) < day,
            col(StoredScoreRow.status) == PUBLISHED,
        )
        .order_by(col(CorrectionRow.village_id), col(CorrectionRow.ends_on), col(CorrectionRow.score_id))
    )
    if village is not None:
        query = query.where(CorrectionRow.in_village(village))
    return [(village, score) for village, score in session.exec(query)]
