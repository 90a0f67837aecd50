"""What of the titles waits for people: to check, to vote, to hang, to give, to look at, to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col

from pointsbank import objections
from pointsbank.database import execute
from pointsbank.dates import day_of
from pointsbank.titles.awarding import restricted_holders
from pointsbank.titles.columns import STATE, titles_query
from pointsbank.titles.models import TitleRow
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
    to_review: tuple[Title, ...]
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
        to_review=tuple(
            one
            for one in those(STANDING)
            if one.participant.id in kept_off or (one.review_on is not None and one.review_on <= today)
        ),
        to_take_off=tuple(those(FAILING)),
        overdue=tuple(one for one in those(TAKEN_OFF) if one.deadline is not None and one.deadline <= today),
        to_give_back=tuple(those(PUT_RIGHT)),
    )


def _may_be_given(one: Title, today: date) -> bool:
    """Return whether the notice of a title has run, and nothing stands against it."""
    hung = one.hung
    return not one.contested and hung is not None and hung.until_on is not None and hung.until_on < today


@dataclass(frozen=True, slots=True)
class At:
    """Where one title (id) is: its state, and the last step's `until_on`."""

    title_id: str
    state: str
    until_on: date | None
    participant_id: str


def at_states(session: Session, *states: str, village: str) -> list[At]:
    """Return the titles that stand in some states, those nominated first first; by one question.

    Example:
        len(titles.at_states(session, "met", village="chayuan"))  # 3
    """
    query = titles_query(village=village).where(STATE.in_(states)).order_by(col(TitleRow.number))
    rows: Sequence[Any] = execute(session, query).all()
    return [At(row.id, row.state, row.until_on, row.participant_id) for row in rows]


def to_give(session: Session, *, village: str, today: date) -> list[str]:
    """Return the titles (ids) whose notice has run and that no objection keeps from being given.

    Example:
        titles.to_give(session, village="chayuan", today=today)  # ["7qk…"]
    """
    over = [one for one in at_states(session, HANGING, village=village) if _is_before(one.until_on, today)]
    contested = objections.open_subjects(session, TITLES, village=village) if over else set()
    return [one.title_id for one in over if one.title_id not in contested]


def to_review(session: Session, *, village: str, at: datetime) -> list[str]:
    """Return the titles (ids) that are looked at now: on their day, at a deadline, or because of a veto.

    Example:
        titles.to_review(session, village="chayuan", at=now)  # ["7qk…"]
    """
    today = day_of(at)
    found = at_states(session, STANDING, TAKEN_OFF, village=village)
    kept_off = restricted_holders(session, village=village, at=at) if found else set()
    return [
        one.title_id
        for one in found
        if (one.until_on is not None and one.until_on <= today)
        or (one.state == STANDING and one.participant_id in kept_off)
    ]


def _is_before(day: date | None, today: date) -> bool:
    return day is not None and day < today


def answers_due(session: Session, *, village: str) -> list[tuple[date, str]]:
    """Return last day and title (id) of each open objection to a title, the earliest first.

    Example:
        titles.answers_due(session, village="chayuan")  # [(date(2026, 9, 10), "7qk…")]
    """
    return objections.answers_due(session, TITLES, village=village)
