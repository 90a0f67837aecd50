"""Where the household stands among others in month, quarter and year, without their names; its praise."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, dates, roster, spoken, villages
from pointsbank.boards import Listing, OwnPeriod, OwnPlace
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of, month_of
from pointsbank.labels.participant_kind import PARTICIPANT_KIND

_RANKING = "按荣誉积分排名"


@dataclass(frozen=True, slots=True)
class Praised:
    """Praise that was voted for: its month in words, what it is called, what for; whether it shows now."""

    month: str
    kind: str
    fact: str
    shows: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The month with its places, None before anything counted; those of periods; praise, the latest first.

    `unit`: the measure word and the kind of those among whom it is counted, e.g. 家.
    `is_away`: it is away all year, and has no place.
    """

    own: OwnPlace | None
    unit: str
    periods: tuple[OwnPeriod, ...]
    red: tuple[Praised, ...]
    has_left: bool
    is_away: bool


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Place | None:
    """Return the place of the visit's household in the latest month that counts; None where there is none.

    Raises:
        VillageUnknown, BoardPeriodInvalid: raised by what it reads, and not here.
    """
    here = {"village": visit.village, "participant": visit.participant}
    this = month_of(day_of(at))
    months = (this, dates.previous_month(this), *villages.closed_months(session, village=visit.village)[-1:])
    found = (boards.own_place(session, **here, month=one) for one in dict.fromkeys(months))
    own = next((one for one in found if one is not None), None)
    praised = [one for one in boards.listings(session, **here) if one.board == "red" and one.status == "up"]
    red = sorted(praised, key=lambda one: one.month, reverse=True)
    left = boards.has_left(session, **here)
    who = roster.by_id(session, village=visit.village, id=visit.participant)
    is_away = who.status == "away"
    if own is None and not red and not left and not is_away:
        return None
    return Place(
        own=own,
        unit=_unit(who.kind),
        periods=tuple(boards.own_periods(session, **here)),
        red=tuple(_praised(one, day_of(at)) for one in red),
        has_left=left,
        is_away=is_away,
    )


def _praised(one: Listing, today: date) -> Praised:
    """Return praise as its household reads it."""
    return Praised(dates.month_in_words(one.month), one.kind or _RANKING, one.fact, one.shown_on(today))


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
    for each in found.periods:
        words += (
            f"{spoken.in_text(each.title)}{'' if each.is_final else '到现在'}排第{spoken.count(each.place)}。"
        )
    return words


SECTION = Section(name="place", title="我家的名次", position=70, gather=gather, aloud=aloud)
