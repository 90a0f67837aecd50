"""Objections to titles that wait for a written answer."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.due.wording import last_day_in_words
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    waiting = titles.answers_due(session, village=asked.village)
    if not waiting:
        return None
    day, title = waiting[0]
    what = f"{len(waiting)}条对称号的异议待书面答复，最早的{last_day_in_words(day, asked.today)}"
    page, several = ("title_objections", {"title": title}), ("title_list", {"state": "hanging"})
    return one_or_all(len(waiting), what, page, several, late=day < asked.today)


KIND = Kind("title_objections", Permission.OBJECTION_DECIDE, "title_list", _waiting, step="board")
