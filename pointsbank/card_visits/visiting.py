"""Begins, finds and ends a visit; each request asks anew whether the card still counts."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.card_visits.models import CardVisitRow
from pointsbank.database import execute
from pointsbank.errors import Problem, Refused
from pointsbank.prepared import fetch

LASTS = timedelta(minutes=15)
MAXIMUM = 60
"""Visits of one household at once: who presses the button of a found card for ever takes no writer's turn."""

_SECRET_BYTES = 24


class TooManyVisits(Refused):
    """The household's cards were opened too often lately."""

    code = "too_many_visits"
    sentence = "这一户的卡刚才打开的次数太多，请15分钟后再扫；急着办事的，请到村委会或超市柜台。"
    fixed_by = "本人"


class _Found(NamedTuple):
    card_id: str
    participant_id: str
    ends_at: datetime


_FIND = select(*CardVisitRow.columns_of(_Found)).where(
    CardVisitRow.in_village(bindparam("village")), col(CardVisitRow.digest) == bindparam("digest")
)


@dataclass(frozen=True, slots=True)
class CardVisit:
    """A household's (id) own file on a telephone, by one of its cards (id), until `ends_at`."""

    village: str
    participant: str
    card: str
    ends_at: datetime

    @property
    def mark(self) -> str:
        """What tells the forms of this household from another's; its id cannot be read from it."""
        return _digest(f"{self.village}.{self.participant}")[:16]


def refuse_too_many(session: Session, *, village: str, participant: str, at: datetime) -> None:
    """Raise where a household (id) has as many visits as there may be, before anything is written.

    Raises:
        TooManyVisits: it has.

    Example:
        card_visits.refuse_too_many(session, village="cy", participant=wang.id, at=now)
    """
    whose = (CardVisitRow.in_village(village), col(CardVisitRow.participant_id) == participant)
    last = (col(CardVisitRow.ends_at) > at, col(CardVisitRow.begun_at) <= at)
    standing = select(func.count()).select_from(CardVisitRow).where(*whose, *last)
    if execute(session, standing).scalar_one() >= MAXIMUM:
        raise TooManyVisits()


def begin(session: Session, *, text: str, at: datetime) -> str | None:
    """Begin a visit by the card whose code was opened; return the secret for the telephone's cookie.

    Args:
        text: what the scanner read; anything before the token is ignored.

    Returns None for whatever is no card in use of a household that is there, without a word why.

    Example:
        card_visits.begin(session, text="HTTPS://CY.EXAMPLE/C/8M…", at=now)  # "cy.kT3…"
    """
    opened = roster.opened_card(session, text=text)
    if opened is None:
        return None
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = CardVisitRow(
        village_id=opened.village,
        digest=_digest(secret),
        card_id=opened.card,
        participant_id=opened.participant,
        begun_at=at,
        ends_at=at + LASTS,
    )
    session.add(row)
    session.flush()
    return f"{opened.village}.{secret}"


def find(session: Session, *, secret: str, at: datetime) -> CardVisit | None:
    """Return the visit of a telephone by its secret; None when it has ended or its card counts no more.

    Example:
        card_visits.find(session, secret=secret, at=now).participant == wang.id
    """
    village, _, own = secret.partition(".")
    if not (own.isascii() and own.isprintable() and village.isprintable()):
        return None
    found = fetch(session, _FIND, {"village": village, "digest": _digest(own)}, into=_Found).first()
    if found is None or not at < found.ends_at <= at + LASTS:
        return None
    visit = CardVisit(village, found.participant_id, found.card_id, found.ends_at)
    return visit if counts(session, visit=visit) else None


def counts(session: Session, *, visit: CardVisit) -> bool:
    """Return whether the card of a visit still counts: not lost, not replaced, of a household that is there.

    Example:
        card_visits.counts(session, visit=visit)  # False: it was lost a moment ago
    """
    try:
        roster.check_card(session, village=visit.village, participant=visit.participant, card=visit.card)
    except roster.problems.ParticipantSuspended:
        # Who may not spend may see why, and object.
        return True
    except Problem:
        return False
    return True


def end(session: Session, *, secret: str) -> None:
    """End a visit at once, as its household asks; one that has ended is no mistake.

    Example:
        card_visits.end(session, secret=secret)
    """
    village, _, own = secret.partition(".")
    if own.isascii() and village.isprintable():
        gone = delete(CardVisitRow).where(
            CardVisitRow.in_village(village), col(CardVisitRow.digest) == _digest(own)
        )
        execute(session, gone)


def forget(session: Session, *, village: str, participant: str) -> None:
    """Delete the visits of a household (id), as part of erasing it.

    Example:
        card_visits.forget(session, village="cy", participant=wang.id)
    """
    whose = (CardVisitRow.in_village(village), col(CardVisitRow.participant_id) == participant)
    execute(session, delete(CardVisitRow).where(*whose))


def count_ended(session: Session, *, village: str, at: datetime) -> int:
    """Return how many visits of a village have ended.

    Example:
        card_visits.count_ended(session, village="cy", at=now)  # 3
    """
    ended = (CardVisitRow.in_village(village), col(CardVisitRow.ends_at) <= at)
    return int(execute(session, select(func.count()).select_from(CardVisitRow).where(*ended)).scalar_one())


def forget_ended(session: Session, *, village: str, at: datetime) -> int:
    """Delete a village's visits that have ended; return how many.

    Example:
        card_visits.forget_ended(session, village="cy", at=now)  # 3
    """
    ended = (CardVisitRow.in_village(village), col(CardVisitRow.ends_at) <= at)
    return execute(session, delete(CardVisitRow).where(*ended)).rowcount


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
