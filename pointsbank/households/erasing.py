"""A household that has ended is forgotten: names, addresses, notes and reasons go; what was posted stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, ledger, market, publicity, roster, scoring, villages
from pointsbank.errors import Refused
from pointsbank.text import clean_required


class NotClosedYet(Refused):
    """Only what has ended can be forgotten."""

    code = "not_closed_yet"
    sentence = "这一户还没有销户，请先办理销户或并户，再删除资料。"
    fixed_by = "村委"


class AlreadyErased(Refused):
    """There is nothing left to forget."""

    code = "already_erased"
    sentence = "这一户的资料已经删除，不需要再次删除。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Erased:
    """A household that was forgotten, and the log entries whose words went, each with its tombstone."""

    participant: str
    entries: tuple[int, ...]


def erase(session: Session, *, village: str, participant: str, reason: str, by: str, at: datetime) -> Erased:
    """Forget the closed household with this code, everywhere; every proof still verifies.

    Raises NotClosedYet, AlreadyErased.
    """
    # Held first: an import of the roster would write the name back.
    villages.lock(session, village=village)
    person = roster.by_code(session, village=village, code=participant)
    if person.status != "closed":
        raise NotClosedYet()
    if person.erased:
        raise AlreadyErased()
    why = clean_required(reason, maximum=200)
    whose = {"village": village, "participant": person.id}
    scores = scoring.forget(session, **whose)
    publicity.forget(session, **whose, scores=scores, by=by, at=at)
    boards.forget(session, **whose)
    market.forget(session, **whose)
    roster.forget(session, **whose, at=at)
    entries = ledger.erase_words(session, **whose, why=why, by=by, at=at)
    return Erased(person.id, tuple(entries))
