"""What of the titles waits for people: to check, to vote, to hang, to give, to look at, to decide."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import objections
from pointsbank.dates import day_of
from pointsbank.titles.awarding import restricted_holders
from pointsbank.titles.objecting_kind import TITLES
from pointsbank.titles.reading import Title, titles
from pointsbank.titles.states import FAILING, HANGING, MET, NOMINATED, PUT_RIGHT, STANDING, TAKEN_OFF, VOTED


@dataclass(frozen=True, slots=True)
class Waiting:
    """Titles by what is done next, each in the order in which they were nominated."""

    to_check: tuple[Title, ...]
    to_vote: tuple[Title, ...]
    to_hang: tuple[Title, ...]
    to_give: tuple[Title, ...]
    to_look_at: tuple[Title, ...]
    to_take_off: tuple[Title, ...]
    overdue: tuple[Title, ...]
    to_give_back: tuple[Title, ...]


def waiting(session: Session, *, village: str, at: datetime) -> Waiting:
    """Return what waits on the day of a moment.

    A title is looked at again on its day, and at once where a veto keeps its household from titles.

    Example:
        len(titles.waiting(session, village="chayuan", at=now).to_vote)  # 3
    """
    today = day_of(at)
    found = titles(session, village=village)
    kept_off = restricted_holders(session, village=village, at=at)

    def those(state: str) -> list[Title]:
        return [one for one in found if one.state == state]

    return Waiting(
        to_check=tuple(those(NOMINATED)),
        to_vote=tuple(those(MET)),
        to_hang=tuple(those(VOTED)),
        to_give=tuple(one for one in those(HANGING) if _may_be_given(one, today)),
        to_look_at=tuple(
            one
            for one in those(STANDING)
            if one.participant.id in kept_off or (one.look_on is not None and one.look_on <= today)
        ),
        to_take_off=tuple(those(FAILING)),
        overdue=tuple(one for one in those(TAKEN_OFF) if one.deadline is not None and one.deadline <= today),
        to_give_back=tuple(those(PUT_RIGHT)),
    )


def _may_be_given(one: Title, today: date) -> bool:
    """Return whether the notice of a title has run, and nothing stands against it."""
    hung = one.hung
    return not one.contested and hung is not None and hung.until_on is not None and hung.until_on < today


def answers_due(session: Session, *, village: str) -> list[tuple[date, str]]:
    """Return last day and title (id) of each open objection to a title, the earliest first.

    Example:
        titles.answers_due(session, village="chayuan")  # [(date(2026, 9, 10), "7qk…")]
    """
    return objections.answers_due(session, TITLES, village=village)
