"""The next meeting that was called: its day, its place, and nothing about anybody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import governing, scoring
from pointsbank.dates import day_of
from pointsbank.disclosure.base import Section
from pointsbank.disclosure.facts import may_hang
from pointsbank.law import Cleared

_UNTITLED = "评议会"


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting that was called: its day, its title, its place; empty where that may not be shown."""

    day: date
    title: Cleared
    place: Cleared


@dataclass(frozen=True, slots=True)
class Called:
    """The next meeting; None where none was called."""

    meeting: NextMeeting | None


def gather(session: Session, *, village: str, at: datetime) -> Called:
    """Return the next meeting that was called for today or later."""
    waiting = scoring.calls(session, village=village, waiting=True)
    one = next((call for call in waiting if call.day >= day_of(at)), None)
    if one is None:
        return Called(None)
    people = governing.named_people(session, village=village)
    return Called(
        NextMeeting(one.day, may_hang(one.title, _UNTITLED, people), may_hang(one.place, "", people))
    )


SECTION = Section(name="next_meeting", title="下次评议会", position=65, gather=gather, by_day=True)
