"""A month's boards as the public sees them: masked names, and nothing of what was there before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, governing, law
from pointsbank.boards import GroupLine, Listing
from pointsbank.law import NOTHING, Cleared, People, Use
from pointsbank.points import Points
from pointsbank.publicity.masking import NAMED, PublicName, public_name
from pointsbank.publicity.names_of_groups import public_groups
from pointsbank.publicity.wishes import wishes_at


@dataclass(frozen=True, slots=True)
class RedPlace:
    """One line of the red board; `kind` is what it praises, nothing where it is the ranking's."""

    place: int | None
    name: PublicName
    group: Cleared
    honour: Points | None
    reason: Cleared
    kind: Cleared = NOTHING


@dataclass(frozen=True, slots=True)
class BlackPlace:
    """One line of the black board: masked, with rule, fact, end, and the first month if carried over."""

    name: PublicName
    group: Cleared
    rule: Cleared
    fact: Cleared
    expires_on: date
    first_month: str | None = None


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """One group's month: honour of its households together, and for each on average."""

    place: int
    name: Cleared
    households: int
    honour: Points
    average: Points


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """A month's boards as they may be shown; `black` is None where the village has no black board."""

    month: str
    red: tuple[RedPlace, ...]
    black: tuple[BlackPlace, ...] | None
    groups: tuple[GroupPlace, ...]


def public_board(session: Session, *, village: str, month: str, at: datetime) -> PublicBoard:
    """Return the boards of a month as they may be shown in public at this moment.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        public_board(session, village="chayuan", month="2026-09", at=now).red[0].name  # "王*国"
    """
    current = boards.board(session, village=village, month=month, at=at)
    wishes = wishes_at(session, village=village, at=at)
    people = governing.named_people(session, village=village)
    named = public_groups(session, village=village, people=people)
    red = [
        _red(one, wishes.get(one.participant.id), number, named, people)
        for number, one in enumerate(current.red, start=1)
        if _is_kind_lawful(one, people)
    ]
    black = None
    if current.black is not None:
        black = tuple(
            _black(one, wishes.get(one.participant.id), number, named, people)
            for number, one in enumerate(current.black, start=1)
            if _is_lawful(one, people)
        )
    return PublicBoard(
        month=month, red=tuple(red), black=black, groups=tuple(_group(line, named) for line in current.groups)
    )


def public_red(session: Session, *, village: str, month: str, at: datetime) -> tuple[RedPlace, ...]:
    """Return the red board of a closed month as it may be shown in public at this moment.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        public_red(session, village="chayuan", month="2026-09", at=now)[0].name  # "王*国"
    """
    found = boards.red_board(session, village=village, month=month, at=at)
    wishes, people, named = _names(session, village, at) if found else ({}, law.NOBODY, {})
    return tuple(
        _red(one, wishes.get(one.participant.id), number, named, people)
        for number, one in enumerate(found, start=1)
        if _is_kind_lawful(one, people)
    )


def public_deeds(
    session: Session, *, village: str, months: Sequence[str], first: int, at: datetime
) -> tuple[RedPlace, ...]:
    """Return who is praised for a deed in some months, as it may be shown at this moment, month by month.

    Args:
        first: the number of the first of them among all that are shown beside each other, >= 1.

    Raises:
        MonthInvalid: one of the months is not YYYY-MM.

    Example:
        public_deeds(session, village="cy", months=["2026-09"], first=11, at=now)[0].kind  # "见义勇为"
    """
    found = [
        one
        for month in months
        for one in boards.red_board(session, village=village, month=month, at=at)
        if one.kind
    ]
    wishes, people, named = _names(session, village, at) if found else ({}, law.NOBODY, {})
    lawful = [one for one in found if _is_kind_lawful(one, people)]
    return tuple(
        _red(one, wishes.get(one.participant.id), number, named, people)
        for number, one in enumerate(lawful, start=first)
    )


def public_standing(session: Session, *, village: str, at: datetime) -> tuple[RedPlace, ...]:
    """Return who stands on the standing boards at this moment, as it may be shown, kind by kind.

    Example:
        public_standing(session, village="chayuan", at=now)[0].kind  # "见义勇为"
    """
    found = boards.standing_praise(session, village=village, at=at)
    if not found:
        return ()
    wishes, people, named = _names(session, village, at)
    return tuple(
        _red(one, wishes.get(one.participant.id), number, named, people)
        for number, one in enumerate(found, start=1)
        if _is_kind_lawful(one, people)
    )


def public_warnings(session: Session, *, village: str, at: datetime) -> tuple[BlackPlace, ...] | None:
    """Return what stands on the black board at this moment, of whatever month; None where there is none.

    Example:
        public_warnings(session, village="chayuan", at=now)  # ()
    """
    found = boards.warnings_up(session, village=village, at=at)
    if not found:
        return None if found is None else ()
    wishes, people, named = _names(session, village, at)
    return tuple(
        _black(one, wishes.get(one.participant.id), number, named, people)
        for number, one in enumerate(found, start=1)
        if _is_lawful(one, people)
    )


def _names(
    session: Session, village: str, at: datetime
) -> tuple[Mapping[str, str], People, dict[str, Cleared]]:
    """Return by what names households asked to be shown, the village's people, and its groups' names."""
    people = governing.named_people(session, village=village)
    groups = public_groups(session, village=village, people=people)
    return wishes_at(session, village=village, at=at), people, groups


def _is_lawful(listing: Listing, people: People) -> bool:
    """Return whether a warning's words may hang by the rules of today, whenever they were written."""
    words = (listing.rule, listing.fact)
    return not any(law.findings(one, Use.FACT) or people.named_in(one) for one in words)


def _is_kind_lawful(listing: Listing, people: People) -> bool:
    """Return whether what praise is called may hang by the rules of today: a board without a name is none."""
    return not (law.findings(listing.kind, Use.FACT) or people.named_in(listing.kind))


def _group(line: GroupLine, named: dict[str, Cleared]) -> GroupPlace:
    """Return a group's line with its name as it may be shown."""
    return GroupPlace(line.place, named[line.name], line.households, line.honour, line.average)


def _red(
    listing: Listing, wish: str | None, number: int, named: dict[str, Cleared], people: People
) -> RedPlace:
    """Return praise, under the name the household agreed to."""
    return RedPlace(
        place=listing.place,
        name=public_name(listing.participant, wish, number, people=people),
        group=named[listing.participant.group],
        honour=listing.honour,
        reason=law.replace_unlawful(listing.fact, Use.FACT, people=people),
        kind=law.replace_unlawful(listing.kind, Use.FACT, people=people),
    )


def _black(
    listing: Listing, wish: str | None, number: int, named: dict[str, Cleared], people: People
) -> BlackPlace:
    """Return a warning, masked for every person: consent to be praised by name is not consent to this."""
    if listing.expires_on is None:
        raise AssertionError("a black listing that is up has an end")
    return BlackPlace(
        name=public_name(listing.participant, None if wish == NAMED else wish, number, people=people),
        group=named[listing.participant.group],
        rule=law.replace_unlawful(listing.rule, Use.FACT, people=people),
        fact=law.replace_unlawful(listing.fact, Use.FACT, people=people),
        expires_on=listing.expires_on,
        first_month=listing.first_month if listing.first_month != listing.month else None,
    )
