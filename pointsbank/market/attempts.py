"""Attempts: what was refused at the counter, committed on its own, so that no rollback forgets it.

An attempt holds who tried, when, and the reason; never what was typed or scanned.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank.database import Database, new_id
from pointsbank.errors import Problem
from pointsbank.market.models import AttemptRow
from pointsbank.outcomes import OutcomeUnknown


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing refused at the counter, or a PIN set or reset there."""

    id: str
    kind: str
    reason: str
    participant_id: str | None
    made_by: str
    made_at: datetime


def note(
    session: Session,
    *,
    village: str,
    kind: str,
    reason: str,
    by: str,
    at: datetime,
    participant: str | None = None,
) -> None:
    """Write one attempt (`kind`: scan, sale, reversal or pin) into this transaction."""
    session.add(
        AttemptRow(
            village_id=village,
            id=new_id(session),
            kind=kind,
            reason=reason,
            participant_id=participant,
            made_by=by,
            made_at=at,
        )
    )


@contextmanager
def recorded(
    database: Database,
    *,
    village: str,
    kind: str,
    by: str,
    at: datetime,
    unless: type[Problem] | None = None,
) -> Iterator[None]:
    """Commit whatever is refused inside as an attempt, in a transaction of its own, and raise it again.

    A problem of the class `unless`, and an outcome that is not known, are raised without a record.

    Example:
        with market.recorded(database, village="chayuan", kind="pin", by=who, at=now): ...
    """
    try:
        yield
    except Problem as problem:
        # What may have been done was not refused.
        if isinstance(problem, (OutcomeUnknown, unless or OutcomeUnknown)):
            raise
        with database.writing() as session:
            note(session, village=village, kind=kind, reason=problem.code, by=by, at=at)
        raise


def attempts_made(
    session: Session, *, village: str, kind: str | None = None, limit: int = 200
) -> list[Attempt]:
    """Return the village's attempts, newest first; only those of one kind where it is given."""
    query = select(AttemptRow).where(AttemptRow.in_village(village))
    if kind is not None:
        query = query.where(AttemptRow.kind == kind)
    query = query.order_by(col(AttemptRow.made_at).desc(), col(AttemptRow.id)).limit(limit)
    return [row.into(Attempt) for row in session.exec(query)]
