"""The month and the version by which lists judge a month's scores again, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from pointsbank import dates, ledger, scoring
from pointsbank.dates import day_of
from pointsbank.lists.base import Asked, Row
from pointsbank.lists.periods import OfMonths
from pointsbank.lists.versions import NEWER, compared

FILTERS = (NEWER, OfMonths("month", "月份", "entries"))
"""By which version, and which month: the last full one unless another is named."""


@dataclass(frozen=True, slots=True)
class MonthAgain:
    """A month judged again; `scheme` is None where the village has no version, and nothing is found."""

    scheme: scoring.Scheme | None
    month: str
    found: list[scoring.Again]


def month_again(session: Session, asked: Asked) -> MonthAgain:
    """Return what a month would have been under the version that was asked for; raises MonthInvalid.

    Example:
        lists.month_again(session, Asked("chayuan", at, filters={"month": "2026-08"})).scheme.version  # 2
    """
    today = day_of(asked.at)
    given = asked.filters.get("month", "")
    month = dates.parse_month(given) if given else dates.previous_month(dates.month_of(today))
    scheme = compared(session, asked).after
    if scheme is None:
        return MonthAgain(None, month, [])
    items = scoring.items_of(session, village=asked.village, scheme=scheme.id)
    found = ledger.kept(
        session,
        village=asked.village,
        # A draft is not in the log, but each time it is saved its items get new ids.
        about=("month_again", month, today, *(item.id for item in items)),
        make=lambda: scoring.judge_month_again(
            session, village=asked.village, scheme=scheme, month=month, today=today
        ),
        size=len,
    )
    return MonthAgain(scheme, month, found)


def effects_of_households(session: Session, asked: Asked) -> list[Row]:
    """Return a row of each participant of such a month, never to be changed; raises MonthInvalid.

    Example:
        effects_of_households(session, Asked("chayuan", at))[0]["difference"]  # 300 hundredths
    """
    again = month_again(session, asked)
    if again.scheme is None:
        return []
    items = scoring.items_of(session, village=asked.village, scheme=again.scheme.id)
    return ledger.kept(
        session,
        village=asked.village,
        # As for the month itself: a saved draft has items with new ids.
        about=("households_again", again.month, day_of(asked.at), *(item.id for item in items)),
        make=lambda: [
            {"number": number, "participant": participant, **effect_cells(effect)}
            for number, (participant, effect) in enumerate(
                scoring.effects_by_participant(again.found).items()
            )
        ],
        size=len,
    )


def effect_cells(effect: scoring.Effect) -> Mapping[str, Any]:
    """Return the cells of a row that say what entries came to and would come to."""
    return {**effect._asdict(), "difference": effect.difference, "size": -abs(effect.difference)}
