"""From a score back to the page of paper that it came from."""

from sqlmodel import Session, col, select

from pointsbank.score_sheets.models import ScoreSheetEntryRow, ScoreSheetRow
from pointsbank.score_sheets.reading import Page, page


def page_of_score(session: Session, *, village: str, meeting: str, number: int) -> Page | None:
    """Return the page that a meeting's (id) score of this number was entered from; None for any other score.

    Example:
        score_sheets.page_of_score(session, village="cy", meeting=id, number=3).label  # "一组第1页（共2页）"
    """
    sheet, entry = ScoreSheetRow, ScoreSheetEntryRow
    query = (
        select(sheet.number)
        .join(entry, (col(entry.village_id) == sheet.village_id) & (col(entry.sheet) == sheet.number))
        .where(sheet.in_village(village), col(sheet.meeting_id) == meeting)
        .where(col(entry.first) <= number, col(entry.last) >= number)
    )
    found = session.exec(query).first()
    return None if found is None else page(session, village=village, number=found)
