"""Objections to listings on a board that wait for a written answer."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.due.wording import last_day_in_words
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    waiting = boards.answers_due(session, village=asked.village)
    if not waiting:
        return None
    day, listing = waiting[0]
    what = f"{len(waiting)}条对上榜的异议待书面答复，最早的{last_day_in_words(day, asked.today)}"
    late = day < asked.today
    page, several = (
        ("one_listing", {"listing": listing}),
        ("one_list", {"name": "listings", "objection": "open"}),
    )
    return one_or_all(len(waiting), what, page, several, late=late)


KIND = Kind("listing_objections", Permission.OBJECTION_DECIDE, "months", _waiting, step="board")
