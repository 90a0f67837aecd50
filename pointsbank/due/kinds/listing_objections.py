"""Objections to listings on a board that wait for a written answer."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.due.wording import last_day_in_words
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    days = boards.answers_due(session, village=asked.village)
    if not days:
        return None
    sentence = f"{len(days)}条对上榜的异议待书面答复，最早的{last_day_in_words(days[0], asked.today)}"
    return Due(len(days), sentence, "months", late=days[0] < asked.today)


KIND = Kind("listing_objections", Permission.OBJECTION_DECIDE, "months", _waiting, step="board")
