"""Listings that one person took down, shown to the others: what is put right goes at once, and is seen to.

A second person's word would keep a household on the wall that has put things right, for as long as somebody
is away. So one of the committee may; who favours a relative by it is read about by whoever did not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff
from pointsbank.boards.records import lock_one
from pointsbank.boards.states import LIVE
from pointsbank.errors import Refused
from pointsbank.labels.listing_status import LISTING_STATUS

SHOWN = timedelta(days=30)
"""As long as a black listing shows by default: by then it would have gone by itself."""
_AT_MOST = 100
"""More than are ever taken down in 30 days; fewer would let the next ones push one off the page."""

CONTROL = staff.declare(
    staff.Control(
        act="撤下上榜",
        controlled="the committee, which could spare a relative the black board that the people voted for",
        controls="what is put right goes at once; all others see who, why, 30 days on home, and the log",
        where=__name__,
        permissions=(staff.Permission.BOARD_DECIDE,),
    )
)


class ListingMoved(Refused):
    """People voted on it, or somebody withdrew it, after whoever wants it gone looked at it."""

    code = "listing_moved"
    sentence = "您看过以后这一条变了，现在是“{state}”，还没有撤。请再看一遍，照样要撤的再点一次“确定”。"
    fixed_by = "本人"


def check_seen(session: Session, *, village: str, listing: str, seen: str) -> None:
    """Refuse to go on where a listing (id) is no longer in the state that somebody looked at; locks it.

    To withdraw a proposal is one thing, to take from the wall what people voted for is another.

    Args:
        seen: a code of `labels.listing_status`.

    Raises:
        ListingMoved: it is in another state, from which it may go all the same.
        ListingUnknown: there is no such listing (raised by `lock_one`).

    Example:
        boards.check_seen(session, village="cy", listing=id, seen="proposed")
    """
    now = lock_one(session, village, listing).status
    if now != seen and now in LIVE:
        raise ListingMoved(state=LISTING_STATUS.name(now))


@dataclass(frozen=True, slots=True)
class TakenDown:
    """An entry of the log about a listing that was taken down: what it tells, by whom (id), when."""

    words: Mapping[str, Any] | None
    by: str
    at: datetime

    def in_words(self, names: ledger.Names) -> str:
        """Return whose listing it was, and why it went; `names` gives a household's name by its id."""
        return ledger.describe("listing_down", self.words, names)


def taken_down(session: Session, *, village: str, reader: str, at: datetime) -> list[TakenDown]:
    """Return what others than the reader (id) took down in the last 30 days, newest first, at most 100.

    Example:
        boards.taken_down(session, village="cy", reader=zhao.id, at=now)[0].in_words(str)
        # "7qk…：2026-09黑榜，已整改"
    """
    entries = ledger.log_entries(
        session, village=village, kinds=["listing_down"], since=at - SHOWN, limit=_AT_MOST
    )
    found = [TakenDown(one.words, one.actor or "", one.recorded_at) for one in entries]
    return [one for one in found if one.by != reader]
