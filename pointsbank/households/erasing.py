"""Erases the words about a closed household: names, addresses, notes, reasons. What was posted stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import (
    attachments,
    boards,
    card_visits,
    ceremonies,
    claims,
    helping,
    inspections,
    keepers,
    ledger,
    market,
    panels,
    publicity,
    questions,
    roster,
    score_sheets,
    scoring,
    spot_checks,
    titles,
    villages,
)
from pointsbank.errors import Refused
from pointsbank.roster import Participant
from pointsbank.text import clean_required


class NotClosedYet(Refused):
    """Only a closed household can be erased."""

    code = "not_closed_yet"
    sentence = "这一户还没有销户，请先办理销户或并户，再删除资料。"
    fixed_by = "村委"


class AlreadyErased(Refused):
    """The household is erased already."""

    code = "already_erased"
    sentence = "这一户的资料已经删除，不需要再次删除。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Erased:
    """An erased household (id), and the indexes of the log entries whose words were removed."""

    participant: str
    entries: tuple[int, ...]


def erasable(session: Session, *, village: str, participant: str) -> Participant:
    """Return the household with this code, whose words can be erased.

    Raises:
        ParticipantUnknown: there is no such household.
        NotClosedYet: the household is not closed.
        AlreadyErased: it is erased already.

    Example:
        erasable(session, village="cy", participant="0101").status  # "closed"
    """
    person = roster.by_code(session, village=village, code=participant)
    if person.status != "closed":
        raise NotClosedYet()
    if person.erased:
        raise AlreadyErased()
    return person


def erase(session: Session, *, village: str, participant: str, reason: str, by: str, at: datetime) -> Erased:
    """Erase the words about the closed household with this code, everywhere; every proof still verifies.

    Raises:
        ParticipantUnknown, VillageUnknown: there is no such household or village.
        NotClosedYet: the household is not closed.
        AlreadyErased: it is erased already.
        TextInvalid: the reason is empty or longer than 200 characters.

    Example:
        erase(session, village="cy", participant="0101", reason=text, by=li.id, at=now).entries == (12, 40)
    """
    # Locked first: an import of the roster would write the name back.
    villages.lock(session, village=village)
    person = erasable(session, village=village, participant=participant)
    why = clean_required(reason, maximum=200)
    whose = {"village": village, "participant": person.id}
    scores = scoring.forget(session, **whose)
    withdrawn = publicity.forget(session, **whose, scores=scores, by=by, at=at)
    helping.forget(session, **whose)
    boards.forget(session, **whose)
    market.forget(session, **whose)
    card_visits.forget(session, **whose)
    panels.forget(session, **whose)
    claims.forget(session, **whose)
    inspections.forget(session, **whose)
    ceremonies.forget(session, **whose)
    questions.forget(session, **whose)
    spot_checks.forget(session, **whose)
    keepers.forget(session, **whose)
    titles.forget(session, **whose)
    # Before their words go: the log says that the bytes went, and is then erased with the rest.
    attachments.forget(session, **whose, by=by, at=at)
    score_sheets.forget(session, **whose, by=by, at=at)
    roster.forget_restrictions(session, **whose)
    roster.forget_bars(session, **whose)
    roster.forget(session, **whose, at=at)
    ledger.record_many(session, withdrawn, village=village, by=by, at=at)
    entries = ledger.erase_words(session, **whose, why=why, by=by, at=at)
    return Erased(person.id, tuple(entries))


@ledger.describes("erasure")
def _erasure(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return why."""
    return str(words["why"])
