"""Finding ceremonies: one with all that came of it, a household's, and the one that a score came from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.ceremonies.models import (
    CeremonyChangeRow,
    CeremonyDecisionRow,
    CeremonyLimitsRow,
    CeremonyReportRow,
    CeremonyRow,
)
from pointsbank.ceremonies.states import (
    KEPT,
    NOT_KEPT,
    Bounds,
    Planned,
    over_limits,
)
from pointsbank.errors import NotFound


class CeremonyUnknown(NotFound):
    """There is no such announcement, or it is none of this person's business."""

    code = "ceremony_unknown"
    sentence = "没有找到这次报备，请从“红白事报备”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a household announced; `over`: what is more than the limits it was announced under, in words."""

    id: str
    number: int
    participant_id: str
    code: str
    name: str
    group: str
    kind: str
    held_on: date
    last_on: date
    place: str
    tables: int
    cars: int
    gift: int | None
    words: str
    limits_number: int | None
    limits: Bounds
    over: tuple[str, ...]
    late: bool
    status: str
    announced_on: date
    announced_at: datetime
    announced_by: str
    signed_on: date | None
    signed_at: datetime | None
    signed_by: str | None

    @property
    def days(self) -> int:
        """How many days it lasts, >= 1."""
        return (self.last_on - self.held_on).days + 1


@dataclass(frozen=True, slots=True)
class Report:
    """What an elder saw; `elder_kind`: a code of `labels.seat_kind`."""

    ceremony_id: str
    elder_kind: str
    elder_name: str
    tables: int
    cars: int
    days: int
    kept: bool
    words: str
    reported_on: date
    reported_at: datetime
    reported_by: str


@dataclass(frozen=True, slots=True)
class Change:
    """A code of `labels.ceremony_change`, from which day to which, and why."""

    number: int
    kind: str
    old_on: date
    new_on: date | None
    reason: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided, a code of `labels.ceremony_decision`; `score_id`: what it was scored as."""

    ceremony_id: str
    number: int
    kind: str
    meeting_id: str
    score_id: str | None
    reason: str
    decided_on: date
    decided_at: datetime
    decided_by: str


def ceremony(
    session: Session, *, village: str, ceremony_id: str, groups: Collection[str] | None = None
) -> Ceremony:
    """Return one announcement.

    Args:
        groups: only those of households of these groups (ids) are there; None for the whole village.

    Raises:
        CeremonyUnknown: the village, or these groups of it, have none.

    Example:
        ceremonies.ceremony(session, village="chayuan", ceremony_id=id).status  # "announced"
    """
    return view(session, ceremony_row(session, village, ceremony_id, groups=groups))


def ceremony_row(
    session: Session,
    village: str,
    ceremony_id: str,
    *,
    groups: Collection[str] | None = None,
    lock: bool = False,
) -> CeremonyRow:
    """Return the row of an announcement, locked where that is asked for.

    Raises:
        CeremonyUnknown: as `ceremony`.
    """
    # PostgreSQL compares no text that holds a NUL.
    storable = "\x00" not in ceremony_id
    key = (village, ceremony_id)
    row = session.get(CeremonyRow, key, with_for_update=lock, populate_existing=lock) if storable else None
    if row is None:
        raise CeremonyUnknown()
    if groups is not None:
        whose = roster.by_id(session, village=village, id=row.participant_id)
        if not roster.is_within(whose, groups):
            raise CeremonyUnknown()
    return row


def of_participant(session: Session, *, village: str, participant: str) -> list[Ceremony]:
    """Return what a participant (id) announced, the latest first.

    Example:
        ceremonies.of_participant(session, village="chayuan", participant=wang.id)[0].kind  # "wedding"
    """
    row = CeremonyRow
    mine = (row.in_village(village), col(row.participant_id) == participant)
    return views(session, village, session.exec(select(row).where(*mine)).all())[::-1]


def report_of(session: Session, *, village: str, ceremony_id: str) -> Report | None:
    """Return what an elder saw, or None while nobody has reported.

    Example:
        ceremonies.report_of(session, village="chayuan", ceremony_id=id)  # None
    """
    row = session.get(CeremonyReportRow, (village, ceremony_id), populate_existing=True)
    return row.into(Report) if row is not None else None


def changes(session: Session, *, village: str, ceremony_id: str) -> list[Change]:
    """Return how it was postponed or cancelled, in order.

    Example:
        ceremonies.changes(session, village="chayuan", ceremony_id=id)  # []
    """
    row = CeremonyChangeRow
    mine = select(row).where(row.in_village(village), col(row.ceremony_id) == ceremony_id)
    return [one.into(Change) for one in session.exec(mine.order_by(col(row.number)))]


def decisions(session: Session, *, village: str, ceremony_id: str) -> list[Decision]:
    """Return what meetings decided, in order.

    Example:
        ceremonies.decisions(session, village="chayuan", ceremony_id=id)[-1].kind  # "kept"
    """
    row = CeremonyDecisionRow
    mine = select(row).where(row.in_village(village), col(row.ceremony_id) == ceremony_id)
    return [one.into(Decision) for one in session.exec(mine.order_by(col(row.number)))]


def ceremony_of_score(session: Session, *, village: str, score: str) -> str | None:
    """Return the announcement (id) that a score (id) came from, or None.

    Example:
        ceremonies.ceremony_of_score(session, village="chayuan", score=id)  # "7qk…"
    """
    row = CeremonyDecisionRow
    mine = (row.in_village(village), col(row.score_id) == score, col(row.kind).in_((KEPT, NOT_KEPT)))
    return session.exec(select(row.ceremony_id).where(*mine)).first()


def view(session: Session, row: CeremonyRow) -> Ceremony:
    """Return a row with whose it is and what is over the limits."""
    return views(session, row.village_id, [row])[0]


def views(
    session: Session, village: str, rows: Sequence[CeremonyRow], *, groups: Collection[str] | None = None
) -> list[Ceremony]:
    """Return rows with whose they are, by their first day."""
    people = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    limits = _bounds(session, village, {row.limits_number for row in rows if row.limits_number is not None})
    found = []
    for row in sorted(rows, key=lambda one: (one.held_on, one.number)):
        person = people[row.participant_id]
        if not roster.is_within(person, groups):
            continue
        bounds = limits.get(row.limits_number or 0, Bounds())
        planned = Planned(row.tables, row.cars, (row.last_on - row.held_on).days + 1, row.gift)
        more: dict[str, Any] = {"code": person.code, "name": person.name, "group": person.group}
        found.append(row.into(Ceremony, **more, limits=bounds, over=tuple(over_limits(planned, bounds))))
    return found


def _bounds(session: Session, village: str, numbers: Collection[int]) -> dict[int, Bounds]:
    """Return adopted limits by their numbers."""
    row = CeremonyLimitsRow
    mine = select(row).where(row.in_village(village), col(row.number).in_(numbers))
    return {
        one.number: Bounds(one.tables, one.cars, one.days, one.gift)
        for one in (session.exec(mine) if numbers else ())
    }
