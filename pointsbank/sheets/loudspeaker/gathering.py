"""Reads what is said of a month aloud, names as their households agreed to, words as they may hang."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, governing, law, market, publicity, roster, scoring, villages, year_end
from pointsbank.boards import Listing
from pointsbank.dates import day_of, first_day, last_day, month_of, next_month, start_of_day
from pointsbank.law import Use
from pointsbank.points import Points
from pointsbank.publicity import NAMED
from pointsbank.sheets.base import place_name
from pointsbank.sheets.loudspeaker.sentences import sentences_of
from pointsbank.sheets.loudspeaker.values import Facts, LeftOver, Loudspeaker, OnDisplay, Praised

_FAMILIES = 3
"""So many households of one surname there must be in a group for the surname to point at nobody."""


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, month: str | None = None
) -> Loudspeaker:
    """Return the text of a month, of the last closed one unless one is named; without any, of this month.

    Raises:
        MonthInvalid: the month is not YYYY-MM.
    """
    if month is None:
        closed = villages.closed_months(session, village=village)
        month = closed[-1] if closed else month_of(day_of(at))
    facts = facts_of(session, village=village, month=month, at=at)
    return Loudspeaker(month, sentences_of(facts))


def facts_of(session: Session, *, village: str, month: str, at: datetime) -> Facts:
    """Return what a month's text is made of.

    Raises:
        MonthInvalid: the month is not YYYY-MM.
    """
    board = boards.board(session, village=village, month=month, at=at)
    households = [one for one in board.standing if one.kind == "household" and one.place]
    sold = market.sales(session, village=village, first=first_day(month), last=last_day(month))
    chosen = villages.settings(session, village=village)
    meeting_on, place = _next_meeting(session, village, at)
    return Facts(
        village=place_name(villages.get(session, village).name),
        month=month,
        households=sum(1 for one in households if one.plus or one.minus),
        issued=Points(sum(one.plus for one in board.standing)),
        redeemed=sold.total,
        red=_red(session, village, _once_each(board.red), at),
        notices=_on_display(session, village, at),
        working_days=chosen.objection_working_days,
        phone=chosen.hotline or chosen.contact_phone,
        meeting_on=meeting_on,
        place=place,
        hours=tuple(market.opening_hours(session, village=village)),
        prices=_changed_prices(session, village, month, at),
        left_over=_left_over(session, village, at),
    )


def _once_each(red: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return each household once, however much it is praised for."""
    return tuple({one.participant.id: one for one in reversed(tuple(red))}.values())[::-1]


def _red(session: Session, village: str, red: tuple[Listing, ...], at: datetime) -> tuple[Praised, ...]:
    """Return the red board as it may be spoken."""
    wishes = publicity.wishes_at(session, village=village, at=at)
    people = governing.named_people(session, village=village)
    groups = publicity.public_groups(session, village=village, people=people)
    everyone = roster.everyone(session, village=village)
    families = Counter((one.group, surname_of(one.name)) for one in everyone if one.kind == "household")
    return tuple(
        _praised(one, wishes.get(one.participant.id), number, groups, families, people)
        for number, one in enumerate(red, start=1)
    )


def _praised(
    listing: Listing,
    wish: str | None,
    number: int,
    groups: Mapping[str, law.Cleared],
    families: Mapping[tuple[str, str], int],
    people: law.People,
) -> Praised:
    """Return one listing: named where it agreed to be, or is no person; else by a surname that many have."""
    person = listing.participant
    shown = publicity.public_name(person, wish, number, people=people)
    group = groups[person.group]
    if str(shown) == person.name or person.kind not in roster.PERSONS:
        return Praised(group, shown)
    surname = surname_of(person.name) if wish is None or wish == NAMED else ""
    many = families[person.group, surname] >= _FAMILIES
    return Praised(group, surname=surname if many else "")


def surname_of(name: str) -> str:
    """Return the surname at the front of a Chinese name of two to four characters; else nothing.

    Example:
        >>> [surname_of(name) for name in ("王建国", "欧阳犇", "买买提·艾力", "<img/>", "王")]
        ['王', '欧阳', '', '', '']
    """
    if not 2 <= len(name) <= 4 or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return ""
    length = law.surname_length(name) if len(name) > 2 else 1
    return name[:length]


def _on_display(session: Session, village: str, at: datetime) -> tuple[OnDisplay, ...]:
    """Return what hangs in notice, whose last day comes first in front."""
    today = day_of(at)
    people = governing.named_people(session, village=village)
    hanging = [
        OnDisplay(law.replace_unlawful(one.title, Use.HEADING, people=people), one.ends_on)
        for one in publicity.notices(session, village=village)
        if one.standing == "open" and one.ends_on is not None and one.ends_on >= today
    ]
    return tuple(sorted(hanging, key=lambda one: (one.ends_on, one.title)))


def _next_meeting(session: Session, village: str, at: datetime) -> tuple[date | None, law.Cleared]:
    """Return the day and place of the next meeting that was called."""
    called = scoring.calls(session, village=village, waiting=True)
    coming = next((one for one in called if one.day >= day_of(at)), None)
    if coming is None:
        return None, law.NOTHING
    people = governing.named_people(session, village=village)
    return coming.day, law.replace_unlawful(coming.place, Use.HEADING, people=people)


def _left_over(session: Session, village: str, at: datetime) -> LeftOver | None:
    """Return what becomes of the year's points soon; None where nothing does."""
    found = year_end.coming(session, village=village, at=at)
    # Once its day has come it may be done at any moment: what was read out would be wrong the day after.
    if found is None or found.rule.points == year_end.STAY or found.due_on <= day_of(at):
        return None
    return LeftOver(found.year, found.due_on, found.rule.points, found.rule.ceiling)


def _changed_prices(
    session: Session, village: str, month: str, at: datetime
) -> tuple[tuple[law.Cleared, Points], ...]:
    """Return the goods whose price at the month's end, or now, is another than at its beginning."""
    begun, over = start_of_day(first_day(month)), start_of_day(first_day(next_month(month)))
    before = {
        one.id: one.points for one in market.goods_list(session, village=village, at=begun) if one.points
    }
    people = governing.named_people(session, village=village)
    return tuple(
        (law.replace_unlawful(one.name, Use.HEADING, people=people), one.points)
        for one in market.goods_list(session, village=village, at=min(at, over))
        if before.get(one.id) not in (None, one.points)
    )
