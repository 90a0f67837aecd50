"""Where the household stands this month among others, without their names; the red boards it was on."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, dates, spoken
from pointsbank.boards import OwnPlace
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of, month_of


@dataclass(frozen=True, slots=True)
class Place:
    """The month with its places, None before anything counted; red boards by month; whether it left all."""

    own: OwnPlace | None
    red: tuple[str, ...]
    has_left: bool


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Place | None:
    """Return the place of the visit's household in the latest month that counts; None where there is none."""
    here = {"village": visit.village, "participant": visit.participant}
    this = month_of(day_of(at))
    found = (boards.own_place(session, **here, month=one) for one in (this, dates.previous_month(this)))
    own = next((one for one in found if one is not None), None)
    red = sorted(
        {one.month for one in boards.listings(session, **here) if one.board == "red" and one.status == "up"},
        reverse=True,
    )
    left = boards.has_left(session, **here)
    if own is None and not red and not left:
        return None
    return Place(own, tuple(red), left)


def aloud(found: Place) -> str:
    """Return the places as a voice says them."""
    if found.own is None:
        return ""
    one = found.own
    words = (
        f"{spoken.month(one.month)}，您家在全村排第{spoken.count(one.place)}，共{spoken.count(one.of)}家。"
    )
    if one.group_place:
        words += f"在小组里排第{spoken.count(one.group_place)}。"
    return words


SECTION = Section(name="place", title="我家的名次", position=70, gather=gather, aloud=aloud)
