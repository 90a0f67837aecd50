"""A month's boards as the public sees them: masked names, and nothing of what was there before."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards
from pointsbank.boards import GroupLine, Listing
from pointsbank.points import Points
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.masking import NAMED, public_name


@dataclass(frozen=True, slots=True)
class RedPlace:
    """One line of the red board."""

    place: int | None
    name: str
    group: str
    honour: Points | None
    reason: str


@dataclass(frozen=True, slots=True)
class BlackPlace:
    """One line of the black board: masked, with rule, fact, end, and the first month if carried over."""

    name: str
    group: str
    rule: str
    fact: str
    expires_on: date
    first_month: str | None = None


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """A month's boards as they may be shown; `black` is None where the village has no black board."""

    month: str
    red: tuple[RedPlace, ...]
    black: tuple[BlackPlace, ...] | None
    groups: tuple[GroupLine, ...]


def public_board(session: Session, *, village: str, month: str, at: datetime) -> PublicBoard:
    """Return the boards of a month as they may be shown in public at this moment.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        public_board(session, village="chayuan", month="2026-09", at=now).red[0].name  # "王*国"
    """
    current = boards.board(session, village=village, month=month, at=at)
    wishes = shown_as(session, village=village)
    red = [
        _red(one, wishes.get(one.participant.id), number) for number, one in enumerate(current.red, start=1)
    ]
    black = None
    if current.black is not None:
        black = tuple(
            _black(one, wishes.get(one.participant.id), number)
            for number, one in enumerate(current.black, start=1)
        )
    return PublicBoard(month=month, red=tuple(red), black=black, groups=current.groups)


def _red(listing: Listing, wish: str | None, number: int) -> RedPlace:
    """Return praise, under the name the household agreed to."""
    return RedPlace(
        place=listing.place,
        name=public_name(listing.participant, wish, number),
        group=listing.participant.group or "",
        honour=listing.honour,
        reason=listing.fact,
    )


def _black(listing: Listing, wish: str | None, number: int) -> BlackPlace:
    """Return a warning, masked for every person: consent to be praised by name is not consent to this."""
    if listing.expires_on is None:
        raise AssertionError("a black listing that is up has an end")
    return BlackPlace(
        name=public_name(listing.participant, None if wish == NAMED else wish, number),
        group=listing.participant.group or "",
        rule=listing.rule,
        fact=listing.fact,
        expires_on=listing.expires_on,
        first_month=listing.first_month if listing.first_month != listing.month else None,
    )
