"""Forgetting a household's words in public matters: what was said against its scores, and its consent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, update
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.publicity.models import ConsentRow, ObjectionRow
from pointsbank.text import ERASED

_objection = table_of(ObjectionRow)
_consent = table_of(ConsentRow)
_CHUNK = 500


def forget(
    session: Session, *, village: str, participant: str, scores: Sequence[str], by: str, at: datetime
) -> None:
    """Put a placeholder for every word about these scores of a participant (id), and end its consent."""
    answered = case((_objection.c.decision.is_(None), None), else_=ERASED)
    blank = update(_objection).values(raised_by=ERASED, reason=ERASED, decision=answered)
    for start in range(0, len(scores), _CHUNK):
        about = _objection.c.score_id.in_(scores[start : start + _CHUNK])
        execute(session, blank.where(_objection.c.village_id == village, about))
    in_force = (
        _consent.c.village_id == village,
        _consent.c.participant_id == participant,
        _consent.c.withdrawn_at.is_(None),
    )
    ended = case((_consent.c.given_at > at, _consent.c.given_at), else_=at)
    execute(session, update(_consent).where(*in_force).values(withdrawn_by=by, withdrawn_at=ended))
