"""Erasing what was said of a keeper in rounds, checks and decisions."""

from sqlmodel import Session, col, select

from pointsbank.keepers.models import KeeperCheckRow, KeeperDecisionRow, KeeperPatrolRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words about a participant (id), and for who checked it.

    Its photos go with attachments.

    Example:
        keepers.forget(session, village="chayuan", participant=zhou.id)
    """
    patrol, check, decided = KeeperPatrolRow, KeeperCheckRow, KeeperDecisionRow
    mine = select(patrol).where(patrol.in_village(village), col(patrol.participant_id) == participant)
    for one in session.exec(mine).all():
        one.words = one.words and ERASED
    of_it = select(check).where(check.in_village(village), col(check.participant_id) == participant)
    for each in session.exec(of_it).all():
        each.words, each.checker = each.words and ERASED, ERASED
        each.struck_why = each.struck_why and ERASED
        after = session.exec(
            select(decided).where(decided.in_village(village), col(decided.check_id) == each.id)
        ).first()
        if after is not None:
            after.words = ERASED
    session.flush()
