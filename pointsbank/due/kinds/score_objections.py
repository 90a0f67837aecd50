"""Objections to scores that wait for a written answer."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.due.wording import last_day_in_words
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    days = publicity.answers_due(session, village=asked.village)
    if not days:
        return None
    sentence = f"{len(days)}条对评分的异议待书面答复，最早的{last_day_in_words(days[0], asked.today)}"
    return Due(len(days), sentence, "notices", late=days[0] < asked.today)


KIND = Kind("score_objections", Permission.OBJECTION_DECIDE, "notices", _waiting, step="posting")
