"""What the counter's page shows of a household: what it brought today, and what each item still leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import panels, roster
from pointsbank.dates import day_of
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import applies, needs
from pointsbank.scoring.caps import Allowance
from pointsbank.scoring.counter_terms import counter_ceiling, is_at_counter
from pointsbank.scoring.day_books import day_book_on
from pointsbank.scoring.foreseeing import allowances_of
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import ResolvedRow, ended_in_words, limits_of
from pointsbank.scoring.judging_context import merged_into
from pointsbank.scoring.periods import scoring_span
from pointsbank.scoring.reading import scores
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.shapes import SHAPES, caps_of
from pointsbank.scoring.values import Item, Score, ScoreRow


@dataclass(frozen=True, slots=True)
class CounterOffer:
    """An item that may be entered at the counter, and what its caps leave a household today.

    Attributes:
        asks: what has to be given: `quantity`, or nothing.
        left: what each cap leaves, then the day's ceiling, then limits over several items.
    """

    item: Item
    asks: str
    left: tuple[Allowance, ...]

    @property
    def amount(self) -> str:
        """How much it is, without its caps: +0.5/公斤."""
        return SHAPES[self.item.shape].label(self.item)

    @property
    def is_full(self) -> bool:
        """Return whether nothing of it would count today."""
        return any(0 in (one.points, one.times) for one in self.left)


@dataclass(frozen=True, slots=True)
class AtCounter:
    """A household at the counter: the items it may get, and what was entered for it today, the last first.

    Of items with scoring periods those that are scored today.
    `is_own`: it is that of who asks, or of a near relative: another clerk enters. `ended`: why nothing can
    be entered for it any more, and for whom instead; empty where it stands.
    """

    participant: Participant
    offers: tuple[CounterOffer, ...]
    entered: tuple[Score, ...]
    is_own: bool
    ended: str


def counter_items(session: Session, *, village: str, at: datetime) -> list[Item]:
    """Return the items in force today that may be entered at the counter, as the scheme has them.

    Example:
        [one.title for one in scoring.counter_items(session, village="cy", at=now)]  # ["可回收物交到柜台"]
    """
    return _items(session, at, village=village)


def at_counter(session: Session, *, village: str, participant: str, by: str, at: datetime) -> AtCounter:
    """Return what may be entered for a household (code) now, and what was today.

    Raises:
        ParticipantUnknown: there is no such household.
        MeetingUnknown, IsDayBook: raised by `day_book_on`; not of a day book that was found.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.

    Example:
        scoring.at_counter(session, village="cy", participant="0101", by="chen", at=now).offers[0].left
    """
    person = roster.by_code(session, village=village, code=participant)
    day = day_of(at)
    items = [
        one
        for one in _items(session, at, village=village)
        if applies(one, person.kind) and (not one.scored_in or scoring_span(one.scored_in, day) is not None)
    ]
    book = day_book_on(session, village=village, day=day)
    entered: Sequence[Score] = ()
    if book is not None:
        entered = scores(session, village=village, meeting=book.id, participant=person.id)
    is_own = person.id in panels.kin_of(session, village=village, staff=by)
    ended = ""
    if person.status == "closed":
        ended = ended_in_words(person, merged_into(session, [person], village=village))
    offers = _offers(session, items, person, village=village, at=at)
    return AtCounter(person, offers, tuple(reversed(entered)), is_own, ended)


def _items(session: Session, at: datetime, *, village: str) -> list[Item]:
    """Return the items of the counter that are in force now."""
    in_force = rulebook(session, village=village).items_on(day_of(at)) or {}
    return [one for one in in_force.values() if is_at_counter(one)]


def _offers(
    session: Session, items: Sequence[Item], person: Participant, *, village: str, at: datetime
) -> tuple[CounterOffer, ...]:
    """Return items with what their caps leave a household today."""
    day, rules = day_of(at), rulebook(session, village=village)
    rows = [
        ResolvedRow(
            ScoreRow(person.code, item.code, day),
            person,
            item,
            None,
            Points(0),
            [*caps_of(item, int(item.points or 0)), *filter(None, [counter_ceiling(item)])],
            "",
            limits_of(item, rules, day),
        )
        for item in items
    ]
    history = read_history(session, rows, village=village)
    return tuple(CounterOffer(row.item, needs(row.item), tuple(allowances_of(row, history))) for row in rows)
