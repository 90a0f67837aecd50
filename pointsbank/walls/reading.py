"""What hangs on walls, and what has to come off: at once where a warning on it is shown no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import boards
from pointsbank.boards import Listing
from pointsbank.dates import day_of
from pointsbank.walls.copies import LISTING, POSTER, CopyUnknown, WallCopy
from pointsbank.walls.models import WallCopyRow

FindOver = Callable[..., set[str]]
"""Return of papers of one kind (`hanging`) those (ids) that show what is shown no more."""

_OVER: dict[str, FindOver] = {}


def shown_no_more(paper: str) -> Callable[[FindOver], FindOver]:
    """Declare how whoever knows what a kind of paper says finds those that have to come off at once.

    Example:
        @walls.shown_no_more("title_notice")
        def over(session, *, village, hanging): ...
    """

    def declare(find: FindOver) -> FindOver:
        _OVER[paper] = find
        return find

    return declare


def copies(
    session: Session, *, village: str, at: datetime, paper: str | None = None, subject: str | None = None
) -> list[WallCopy]:
    """Return every paper that hangs or hung, of one kind or of one thing, by the day on which it comes off.

    Example:
        walls.copies(session, village="cy", at=now, paper="listing", subject=id)[0].place  # "一组路口"
    """
    query = select(WallCopyRow).where(WallCopyRow.in_village(village))
    if paper is not None:
        query = query.where(col(WallCopyRow.paper) == paper)
    if subject is not None:
        query = query.where(col(WallCopyRow.subject_id) == subject)
    found = [row.into(WallCopy) for row in session.exec(query)]
    over = _over(session, village, day_of(at), [one for one in found if one.taken_on is None])
    seen = [replace(one, take_down_on=over[one.id]) if one.id in over else one for one in found]
    return sorted(seen, key=lambda one: (one.taken_on is not None, one.take_down_on, one.place, one.id))


def one_copy(session: Session, *, village: str, copy: str, at: datetime) -> WallCopy:
    """Return one paper (id).

    Raises:
        CopyUnknown: there is no such paper.

    Example:
        walls.one_copy(session, village="cy", copy=id, at=now).take_down_on  # date(2026, 10, 8)
    """
    found = next((one for one in copies(session, village=village, at=at) if one.id == copy), None)
    if found is None:
        raise CopyUnknown()
    return found


def hanging(session: Session, *, village: str, at: datetime) -> list[WallCopy]:
    """Return what hangs now, what has to come off first in front.

    Example:
        walls.hanging(session, village="cy", at=now)[0].take_down_on  # date(2026, 10, 8)
    """
    return [one for one in copies(session, village=village, at=at) if one.taken_on is None]


def to_take_down(session: Session, *, village: str, at: datetime) -> list[WallCopy]:
    """Return what should be off the wall today.

    Example:
        walls.to_take_down(session, village="cy", at=now)  # [WallCopy(…)]
    """
    return [one for one in hanging(session, village=village, at=at) if one.due_on(day_of(at))]


def copies_of_warning(session: Session, warning: Listing, *, village: str, at: datetime) -> list[WallCopy]:
    """Return every paper on which a warning hangs or hung: its own, and the month's posters that print it.

    Example:
        walls.copies_of_warning(session, listing, village="cy", at=now)[0].place  # "一组路口"
    """
    posters = copies(session, village=village, at=at, paper=POSTER, subject=warning.month)
    return [
        *copies(session, village=village, at=at, paper=LISTING, subject=warning.id),
        *(one for one in posters if _is_printed(warning, one.hung_on)),
    ]


def _over(session: Session, village: str, day: date, hang: list[WallCopy]) -> dict[str, date]:
    """Return the papers (ids) that show what is shown no more, with the day: today at the latest."""
    over = _with_warnings(session, village, day, hang)
    for paper, find in _OVER.items():
        if mine := [one for one in hang if one.paper == paper]:
            over |= find(session, village=village, hanging=mine)
    return {one.id: min(one.take_down_on, day) for one in hang if one.id in over}


def _with_warnings(session: Session, village: str, day: date, hang: list[WallCopy]) -> set[str]:
    """Return the papers (ids) on which a warning is shown no more."""
    if not any(one.paper in (LISTING, POSTER) for one in hang):
        return set()
    black = [one for one in boards.listings(session, village=village) if one.board == "black"]
    gone = {one.id for one in black if not one.shown_on(day)}
    over = {one.id for one in hang if one.paper == LISTING and one.subject_id in gone}
    for one in hang:
        if one.paper == POSTER:
            printed = [w for w in black if w.month == one.subject_id and _is_printed(w, one.hung_on)]
            over |= {one.id} if any(w.id in gone for w in printed) else set()
    return over


def _is_printed(warning: Listing, hung_on: date) -> bool:
    """Return whether a poster that was hung on a day may show a warning: it was up, and not over by then."""
    if warning.decided_on is None or warning.expires_on is None:
        return False
    return warning.decided_on <= hung_on < warning.expires_on
