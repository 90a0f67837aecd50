"""What a leaving household leaves in scoring: scores still on their way, and notes to be forgotten."""

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, func, select

from pointsbank.prepared import chunks
from pointsbank.scoring.call_models import RecusalRow
from pointsbank.scoring.models import AttendanceRow, CorrectionRow, StoredScoreRow
from pointsbank.scoring.superseded import CORRECTED, REPLACED
from pointsbank.scoring.values import CONTESTED, ENTERED, POSTED, PUBLISHED
from pointsbank.text import ERASED


def unsettled(session: Session, *, village: str, participant: str) -> int:
    """Return how many scores of a participant (id) are neither posted nor withdrawn, or wait to be corrected.

    Example:
        unsettled(session, village="chayuan", participant=wang.id)  # 2
    """
    return session.exec(select(func.count()).where(*_unsettled(village, participant))).one()


def unsettled_scores(
    session: Session, *, village: str, participant: str, limit: int = 20
) -> list[tuple[str, str]]:
    """Return id and state of the scores that `unsettled` counts, earliest deed first.

    Args:
        limit: scores at most, >= 0.

    Example:
        scoring.unsettled_scores(session, village="chayuan", participant=wang.id)  # [("a7…", "published")]
    """
    query = select(col(StoredScoreRow.id), col(StoredScoreRow.status))
    ordered = query.where(*_unsettled(village, participant)).order_by(
        col(StoredScoreRow.occurred_on), col(StoredScoreRow.id)
    )
    return [(id, status) for id, status in session.exec(ordered.limit(limit))]


def _unsettled(village: str, participant: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a score is neither posted nor withdrawn, or waits to be corrected."""
    mine = (StoredScoreRow.in_village(village), col(StoredScoreRow.participant_id) == participant)
    on_their_way = col(StoredScoreRow.status).in_((ENTERED, PUBLISHED, CONTESTED))
    # Who had a score that a hanging correction takes away still has something to come.
    return *mine, on_their_way | (REPLACED & ~CORRECTED & (col(StoredScoreRow.status) == POSTED))


def forget(session: Session, *, village: str, participant: str) -> list[str]:
    """Blank the notes and remarks on a participant's (id) scores; return the scores' ids.

    So goes why they were put right, and how a judge was related to them. What was judged, how much it
    counted, and who left it to the others, stays in the minutes.

    Example:
        forget(session, village="chayuan", participant=wang.id)  # ["a7…", "k2…"]
    """
    mine = (StoredScoreRow.in_village(village), col(StoredScoreRow.participant_id) == participant)
    session.exec(update(StoredScoreRow).where(*mine).values(note="", remark="", recused=""))
    ids = list(session.exec(select(col(StoredScoreRow.id)).where(*mine)))
    _forget_relations(session, village, participant)
    for some in chunks(ids):
        about = or_(col(CorrectionRow.corrects).in_(some), col(CorrectionRow.score_id).in_(some))
        why = update(CorrectionRow).where(CorrectionRow.in_village(village), about)
        session.exec(why.values(reason=ERASED))
    return ids


def _forget_relations(session: Session, village: str, participant: str) -> None:
    """Forget how judges were related to a participant, and how a judge of this household was to others."""
    session.exec(
        update(RecusalRow)
        .where(RecusalRow.in_village(village), col(RecusalRow.participant_id) == participant)
        .values(relation=ERASED)
    )
    sat = select(AttendanceRow.meeting_id, AttendanceRow.position).where(
        AttendanceRow.in_village(village), col(AttendanceRow.participant_id) == participant
    )
    for meeting, position in session.exec(sat).all():
        session.exec(
            update(RecusalRow)
            .where(
                RecusalRow.in_village(village),
                col(RecusalRow.meeting_id) == meeting,
                col(RecusalRow.position) == position,
            )
            .values(relation=ERASED)
        )
