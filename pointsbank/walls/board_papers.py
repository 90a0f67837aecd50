"""Papers of the boards: a warning by itself, and a month's poster; no longer than what they show is shown."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, villages
from pointsbank.boards import Listing
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Refused
from pointsbank.walls.copies import LISTING, POSTER, WallCopy, WallDayInvalid, put_up

POSTER_DAYS = 31
"""As long as a month's poster hangs: by then the next one is there."""


class NotToHang(Refused):
    """The listing is not shown today, so no paper of it goes up."""

    code = "listing_not_to_hang"
    sentence = "这一条今天不在榜上显示（没有上榜、已到期、已撤下或有异议），不能张贴。"
    fixed_by = "村委"


class PosterNotReady(Refused):
    """The month is not closed, so there is no poster of it."""

    code = "poster_not_ready"
    sentence = "{month}还没有月结，没有海报可贴。"
    fixed_by = "村委"


def put_up_listing(
    session: Session,
    *,
    village: str,
    listing: str,
    place: str,
    size: str,
    hung_on: date | None = None,
    by: str,
    at: datetime,
) -> WallCopy:
    """Record that the paper of a warning (id) hangs in a place, while it is shown.

    Raises:
        ListingUnknown: there is no such listing.
        NotToHang: it is praise, or not shown today.
        WallDayInvalid: the day lies before the vote, or is yet to come.
        CopyStands, SizeInvalid, TextInvalid: see `put_up`.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        walls.put_up_listing(session, village="cy", listing=id, place="一组路口", size="a4", by=li.id, at=now)
    """
    found = boards.listing(session, village=village, listing_id=listing)
    today = day_of(at)
    if found.board != "black" or not found.shown_on(today) or found.expires_on is None:
        raise NotToHang()
    day = hung_on or today
    if found.decided_on is None or day < found.decided_on:
        raise WallDayInvalid(day=day)
    return put_up(
        session,
        village=village,
        paper=LISTING,
        subject=listing,
        place=place,
        size=size,
        hung_on=day,
        take_down_on=found.expires_on,
        by=by,
        at=at,
    )


def put_up_poster(
    session: Session,
    *,
    village: str,
    month: str,
    place: str,
    size: str,
    hung_on: date | None = None,
    by: str,
    at: datetime,
) -> WallCopy:
    """Record that a closed month's poster hangs: a month at most, and no longer than any warning on it.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        PosterNotReady: the month is not closed.
        WallDayInvalid: the day lies before the close, or is yet to come.
        CopyStands, SizeInvalid, TextInvalid: see `put_up`.

    And those of `ledger.record`.

    Example:
        walls.put_up_poster(session, village="cy", month="2026-09", place="村务公开栏", size="a3",
                            by=li.id, at=now).take_down_on  # date(2026, 11, 1)
    """
    closed_at = villages.closed_at(session, village=village, month=parse_month(month))
    if closed_at is None:
        raise PosterNotReady(month=month_in_words(month))
    day = hung_on or day_of(at)
    if day < day_of(closed_at):
        raise WallDayInvalid(day=day)
    shown = [one for one in _warnings(session, village, month) if one.shown_on(day_of(at))]
    ends = [one.expires_on for one in shown if one.expires_on is not None]
    until = min([day + timedelta(days=POSTER_DAYS), *ends])
    return put_up(
        session,
        village=village,
        paper=POSTER,
        subject=month,
        place=place,
        size=size,
        hung_on=day,
        take_down_on=until,
        by=by,
        at=at,
    )


def _warnings(session: Session, village: str, month: str) -> list[Listing]:
    every = boards.listings(session, village=village, month=month)
    return [one for one in every if one.board == "black"]
