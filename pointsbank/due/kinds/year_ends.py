"""The year's end that comes, or whose day has come."""

from sqlmodel import Session

from pointsbank import year_end
from pointsbank.dates import day_in_words
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = year_end.coming(session, village=asked.village, at=asked.at)
    if found is None:
        return None
    places = {"year": str(found.year)}
    if asked.today < found.due_on:
        what = f"{found.year}年年终结转{day_in_words(found.due_on)}起办，已在提醒各户"
        return Due(1, what, "one_year_end", places)
    what = f"{found.year}年年终结转该办了，{day_in_words(found.last_on)}以前办完"
    return Due(1, what, "one_year_end", places, late=True)


KIND = Kind("year_ends", Permission.MONTH_CLOSE, "year_end_rules", _waiting, step="board")
