"""Reads what households have now, and so what putting a score right leaves each of them with."""

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.ledger import POINTS
from pointsbank.scoring.correction_effects import Effect, effects
from pointsbank.scoring.values import Score


def effects_now(session: Session, old: Score, new: tuple[str, int], *, village: str) -> tuple[Effect, ...]:
    """Return what each household has more or less after a posted score is put right.

    Args:
        new: whose the new version is, and what counts of it in signed hundredths.

    Raises:
        VillageUnknown: raised by `settings`.
        TransactionUnknown: raised by `transaction`.
    """
    whose = [old.participant_id, new[0]]
    balances = ledger.balances(session, village=village, participants=whose)
    before = (old.participant_id, int(old.counted_points), _points_moved(session, old, village=village))
    return effects(
        before,
        new,
        {who: balances[who].points if who in balances else 0 for who in whose},
        stop_at_zero=villages.settings(session, village=village).deduction_floor == "stop_at_zero",
    )


def _points_moved(session: Session, old: Score, *, village: str) -> int:
    """Return the points that a posted score gave its household, below zero: took, in hundredths."""
    if old.log_index is None:
        return 0
    own = ledger.account_of(old.participant_id, POINTS)
    posted = ledger.transaction(session, village=village, index=old.log_index)
    signed = [
        line.amount if line.destination == own else -line.amount
        for line in posted.postings
        if line.unit == POINTS
    ]
    return sum(signed)
