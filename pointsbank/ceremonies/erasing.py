"""Erasing what was said in announcements of a household, and the name of an elder of it."""

from sqlmodel import Session, col, select

from pointsbank.ceremonies.models import (
    CeremonyChangeRow,
    CeremonyDecisionRow,
    CeremonyReportRow,
    CeremonyRow,
)
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for place, words and reasons of what a participant (id) announced, and its elders.

    Its photos go with attachments.

    Example:
        ceremonies.forget(session, village="chayuan", participant=wang.id)
    """
    row, report = CeremonyRow, CeremonyReportRow
    of_it = select(row).where(row.in_village(village), col(row.participant_id) == participant)
    for one in session.exec(of_it).all():
        one.place, one.words = ERASED, one.words and ERASED
        _forget_beside(session, village, one.id)
    by_them = (report.in_village(village), col(report.elder_participant_id) == participant)
    for seen in session.exec(select(report).where(*by_them)).all():
        seen.elder_name = ERASED
    session.flush()


def _forget_beside(session: Session, village: str, ceremony_id: str) -> None:
    """Put a placeholder for what was said of one announcement later."""
    changed, decided = CeremonyChangeRow, CeremonyDecisionRow
    mine = (changed.in_village(village), col(changed.ceremony_id) == ceremony_id)
    for change in session.exec(select(changed).where(*mine)).all():
        change.reason = ERASED
    mine = (decided.in_village(village), col(decided.ceremony_id) == ceremony_id)
    for decision in session.exec(select(decided).where(*mine)).all():
        decision.reason = decision.reason and ERASED
    seen = session.get(CeremonyReportRow, (village, ceremony_id))
    if seen is not None:
        seen.words = seen.words and ERASED
