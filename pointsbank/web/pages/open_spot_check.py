"""The draw of a month on the public board, with all by which anybody works out what it drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from sqlmodel import Session

from pointsbank import dates, governing, law, spot_checks, villages
from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.law import Cleared, Use
from pointsbank.web import access
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()

_LONGEST = 12_000
_MAXIMUM = 20_000
"""So much of the page, and so many tickets, a telephone works out in a second or two; else verify.py does."""


@dataclass(frozen=True, slots=True)
class OpenThrow:
    """Dice as they were typed in, when, and why they were put right, in words that may be shown."""

    dice: str
    recorded_at: datetime
    reason: Cleared


@page.get("/open/<village>/spot-checks/<month>", PUBLIC)
def open_spot_check(village: str, month: str) -> str:
    """Show dice, code, numbers and rule of a month's draw, and what was found; nobody's name."""
    dates.parse_month(month)
    with access.database().reading() as session:
        place = villages.get(session, village)
        one = spot_checks.spot_check(session, village=village, month=month)
        throws = _throws(session, one, village=village)
        pool = spot_checks.stretches(session, village=village, month=month) if one.drawn else ()
    return render_template(
        "open/spot_check.html",
        village=place,
        one=one,
        throws=throws,
        rule=spot_checks.RULE,
        eligible=_ranges(pool),
        answers=list(SPOT_CHECK_ANSWER.names.items()),
    )


def _ranges(pool: Sequence[tuple[int, int]]) -> str:
    """Return stretches of numbers for the page's script, `3-5 9`; nothing where they are too many.

    Example:
        >>> _ranges([(3, 5), (9, 9)])
        '3-5 9'
    """
    text = " ".join(f"{first}-{last}" if last > first else str(first) for first, last in pool)
    size = sum(last - first + 1 for first, last in pool)
    return text if len(text) <= _LONGEST and size <= _MAXIMUM else ""


def _throws(session: Session, one: spot_checks.SpotCheck, *, village: str) -> list[OpenThrow]:
    """Return the dice without who threw them."""
    people = governing.named_people(session, village=village)
    return [
        OpenThrow(
            each.dice,
            each.recorded_at,
            law.replace_unlawful(spot_checks.lawful_words(each.reason), Use.FACT, people=people),
        )
        for each in one.throws
    ]
