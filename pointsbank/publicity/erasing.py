"""Forgetting a household's words in public matters: what was said against its scores, and its consent."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import objections
from pointsbank.ledger import LogRecord
from pointsbank.publicity.consent import end_consent
from pointsbank.publicity.objections import SCORES


def forget(
    session: Session, *, village: str, participant: str, scores: Sequence[str], by: str, at: datetime
) -> list[LogRecord]:
    """Put a placeholder for every word about these scores of a participant (id), and end its consent.

    Returns the entry that the caller writes into the log when it locks nothing more.

    Example:
        forget(session, village="chayuan", participant="7qk…", scores=ids, by="li", at=now)
    """
    objections.forget(session, SCORES, village=village, subjects=scores)
    return end_consent(session, village=village, participant=participant, by=by, at=at)
