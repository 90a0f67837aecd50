"""Where the household stands this month among others, without their names; the red boards it was on."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, dates, roster, spoken, villages
from pointsbank.boards import OwnPlace
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of, month_of
from pointsbank.labels.participant_kind import PARTICIPANT_KIND


@dataclass(frozen=True, slots=True)
class Place:
    """The month with its places, None before anything counted; red boards by month; whether it left all.

    `unit`: the measure word and the kind of those among whom it is counted, e.g. 家.
    `is_away`: it is away all year, and has no place.
    """

    own: OwnPlace | None
    unit: str
    red: tuple[str, ...]
    has_left: bool
    is_away: bool


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Place | None:
    """Return the place of the visit's household in the latest month that counts; None where there is none."""
    here = {"village": visit.village, "participant": visit.participant}
    this = month_of(day_of(at))
    months = (this, dates.previous_month(this), *villages.closed_months(session, village=visit.village)[-1:])
    found = (boards.own_place(session, **here, month=one) for one in dict.fromkeys(months))
    own = next((one for one in found if one is not None), None)
    red = sorted(
        {one.month for one in boards.listings(session, **here) if one.board == "red" and one.status == "up"},
        reverse=True,
    )
    left = boards.has_left(session, **here)
    who = roster.by_id(session, village=visit.village, id=visit.participant)
    is_away = who.status == "away"
    if own is None and not red and not left and not is_away:
        return None
    return Place(own, _unit(who.kind), tuple(red), left, is_away)


def _unit(kind: str) -> str:
    """Return how those of a kind are counted in a sentence.

    Example:
        >>> _unit("household"), _unit("party_member"), _unit("volunteer_team")
        ('家', '名党员', '个志愿队')
    """
    if kind == "household":
        return "家"
    return f"{'名' if kind in roster.PERSONS else '个'}{PARTICIPANT_KIND.name(kind)}"


def aloud(found: Place) -> str:
    """Return the places as a voice says them."""
    if found.own is None:
        return ""
    one = found.own
    words = (
        f"{spoken.month(one.month)}，在全村{spoken.measured(one.of, found.unit)}中"
        f"排第{spoken.count(one.place)}。"
    )
    if one.group_place:
        words += f"在小组里排第{spoken.count(one.group_place)}。"
    return words


SECTION = Section(name="place", title="我家的名次", position=70, gather=gather, aloud=aloud)
