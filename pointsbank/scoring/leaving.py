"""What a leaving household leaves in scoring: scores still on their way, and notes to be forgotten."""

from sqlalchemy import func, select, update
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.values import CONTESTED, ENTERED, PUBLISHED

_score = table_of(StoredScoreRow)


def unsettled(session: Session, *, village: str, participant: str) -> int:
    """How many scores of a participant (id) are neither posted nor withdrawn."""
    query = (
        select(func.count())
        .select_from(_score)
        .where(
            _score.c.village_id == village,
            _score.c.participant_id == participant,
            _score.c.status.in_((ENTERED, PUBLISHED, CONTESTED)),
        )
    )
    return int(execute(session, query).scalar_one())


def forget(session: Session, *, village: str, participant: str) -> list[str]:
    """Blank the notes and remarks on a participant's (id) scores; answers the scores' ids.

    What was judged, and how much it counted, stays in the minutes.
    """
    mine = (_score.c.village_id == village, _score.c.participant_id == participant)
    execute(session, update(_score).where(*mine).values(note="", remark="", recused=""))
    return list(execute(session, select(_score.c.id).where(*mine)).scalars())
