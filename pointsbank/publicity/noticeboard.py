"""The wall: the month's boards with the names the village may read, and nothing of what was there before."""

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
    first_month: str | None


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """A month's boards as they may hang; `black` is None where the village has no black board."""

    month: str
    red: tuple[RedPlace, ...]
    black: tuple[BlackPlace, ...] | None
    groups: tuple[GroupLine, ...]


def public_board(session: Session, *, village: str, month: str, at: datetime) -> PublicBoard:
    """The boards of a month as the wall may show them at this moment."""
    found = boards.board(session, village=village, month=month, at=at)
    wishes = shown_as(session, village=village)
    red = [_red(one, wishes.get(one.participant.id), number) for number, one in enumerate(found.red, start=1)]
    black = None
    if found.black is not None:
        black = tuple(
            _black(one, wishes.get(one.participant.id), number)
            for number, one in enumerate(found.black, start=1)
        )
    return PublicBoard(month=month, red=tuple(red), black=black, groups=found.groups)


def _red(listing: Listing, wish: str | None, number: int) -> RedPlace:
    """Praise, under the name the household agreed to."""
    return RedPlace(
        place=listing.place,
        name=public_name(listing.participant, wish, number),
        group=listing.participant.group or "",
        honour=listing.honour,
        reason=listing.fact,
    )


def _black(listing: Listing, wish: str | None, number: int) -> BlackPlace:
    """A warning, always masked for a person: consent to be praised by name is not consent to this."""
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
