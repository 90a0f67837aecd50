"""Erasing what was said of a household in its titles and letters."""

from sqlmodel import Session, col, select

from pointsbank import objections
from pointsbank.text import ERASED
from pointsbank.titles.models import TitleBenefitNoteRow, TitleLetterRow, TitleRow, TitleStepRow
from pointsbank.titles.objecting_kind import TITLES


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for every word of the titles and letters of a participant (id).

    Example:
        titles.forget(session, village="chayuan", participant=wang.id)
    """
    row, letter = TitleRow, TitleLetterRow
    mine = (row.in_village(village), col(row.participant_id) == participant)
    ids = []
    for one in session.exec(select(row).where(*mine)).all():
        ids.append(one.id)
        one.person, one.nominator = one.person and ERASED, one.nominator and ERASED
        one.reason = one.reason and ERASED
    step, note = TitleStepRow, TitleBenefitNoteRow
    for title_id in ids:
        steps = (step.in_village(village), col(step.title_id) == title_id)
        for each in session.exec(select(step).where(*steps)).all():
            each.words, each.seen_by = each.words and ERASED, each.seen_by and ERASED
        notes = (note.in_village(village), col(note.title_id) == title_id)
        for noted in session.exec(select(note).where(*notes)).all():
            noted.words = noted.words and ERASED
    to_them = (letter.in_village(village), col(letter.participant_id) == participant)
    for written in session.exec(select(letter).where(*to_them)).all():
        written.person, written.deed = written.person and ERASED, ERASED
        written.addressee = written.addressee and ERASED
    session.flush()
    objections.forget(session, TITLES, village=village, subjects=ids)
