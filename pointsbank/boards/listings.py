"""Listings as committee and supervisor read them: each with its participant and with what became of it."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from pointsbank import objections, roster
from pointsbank.boards.contested import contested
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.models import ListingRow
from pointsbank.boards.records import Record, records
from pointsbank.boards.states import EXPIRED, LIVE, RED, UP
from pointsbank.dates import day_of
from pointsbank.once import once_a_reading
from pointsbank.points import Points
from pointsbank.roster import Participant


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry with the full name, for the committee and the supervisor; never shown in public.

    Attributes:
        status: what people recorded; `status_on` says what it has come to.
        honour, place, fact: of a red one as of now where `board` or `listing` returns it, else as proposed.
        honour_proposed: the honour when it was proposed; None where no standing was behind it.
        objected: an objection to it waits for its answer.
        contested: one to a score that it rests on does, or praise rests on one that was taken back.
    """

    id: str
    month: str
    first_month: str
    board: str
    participant: Participant
    status: str
    place: int | None
    honour: Points | None
    honour_proposed: Points | None
    rule: str
    fact: str
    proposed_by: str
    notified_on: date | None
    earliest_on: date | None
    votes_for: int | None
    votes_against: int | None
    decided_on: date | None
    days_up: int | None
    expires_on: date | None
    ended_reason: str | None
    ended_on: date | None
    objected: bool
    contested: bool

    @property
    def kind(self) -> str:
        """The name of the kind of praise it is of; empty for the ranking and for a warning."""
        return self.rule if self.board == RED else ""

    @property
    def has_changed(self) -> bool:
        """Whether the honour is no longer what it was when it was proposed."""
        return not self.kind and self.honour != self.honour_proposed

    def status_on(self, day: date) -> str:
        """Return its state as it is true on this day: one that is up expires by itself."""
        over = self.expires_on is not None and day >= self.expires_on
        return EXPIRED if self.status == UP and over else self.status

    def shown_on(self, day: date) -> bool:
        """Return whether it may be shown in public on this day: up, not expired, nothing open against it."""
        return self.status_on(day) == UP and not self.objected and not self.contested


@once_a_reading
def listings(
    session: Session, *, village: str, month: str | None = None, participant: str | None = None
) -> list[Listing]:
    """Return every listing of a month (or all), with its history: for the committee and the supervisor.

    Args:
        participant: only of this one (id).

    Example:
        [one.status for one in boards.listings(session, village="cy", month="2026-09")]  # ["up", "proposed"]
    """
    conditions = [] if month is None else [col(ListingRow.month) == month]
    if participant is not None:
        conditions.append(col(ListingRow.participant_id) == participant)
    return views(session, village, records(session, village, *conditions))


def open_listings(session: Session, *, village: str, participant: str, day: date) -> list[Listing]:
    """Return what stands against the end of a participant (id): proposals, and black listings up on a day.

    Praise of a month stays, as the month's poster does; a warning does not outlive its household.

    Example:
        boards.open_listings(session, village="cy", participant=wang.id, day=today)[0].month  # "2026-09"
    """
    mine = records(session, village, col(ListingRow.participant_id) == participant)
    return views(session, village, [one for one in mine if _stands_against(one, day)])


def _stands_against(record: Record, day: date) -> bool:
    """Return whether a listing has to be ended before its household."""
    if record.status == UP:
        return record.expires_on is not None and day < record.expires_on
    return record.status in LIVE


def views(session: Session, village: str, found: Sequence[Record]) -> list[Listing]:
    """Return listings as others see them: red before black, then by place, then by household code."""
    if not found:
        return []
    people = roster.by_ids(session, village=village, ids=[record.row.participant_id for record in found])
    objected = objections.open_subjects(session, LISTINGS, village=village)
    stopped = contested(session, village=village)
    seen = [_view(one, people[one.row.participant_id], objected, stopped) for one in found]
    return in_order(seen)


def in_order(every: Iterable[Listing]) -> list[Listing]:
    """Return listings red before black, the ranking before each kind of praise, then by place, then by code.

    Example:
        [one.place for one in in_order(listings)]  # [1, 2, 2]
    """
    return sorted(
        every, key=lambda one: (one.board != RED, one.kind, one.place or 0, one.participant.code, one.id)
    )


def _view(record: Record, participant: Participant, objected: Set[str], stopped: Set[str]) -> Listing:
    """Return one listing with its participant; `objected` and `stopped` are ids."""
    row, notified, decided = record.row, record.notified, record.decided
    return row.into(
        Listing,
        participant=participant,
        status=record.status,
        honour_proposed=row.honour,
        notified_on=notified.notified_on if notified else None,
        earliest_on=notified.earliest_on if notified else None,
        votes_for=decided.votes_for if decided else None,
        votes_against=decided.votes_against if decided else None,
        decided_on=decided.decided_on if decided else None,
        expires_on=record.expires_on,
        ended_reason=record.ended.reason if record.ended else None,
        ended_on=day_of(record.ended.ended_at) if record.ended else None,
        objected=row.id in objected,
        contested=row.id in stopped,
    )
