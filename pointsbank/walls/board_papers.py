"""Papers of the boards: a warning by itself, a month's or period's poster; no longer than what they show."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, villages
from pointsbank.boards import Listing
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Refused
from pointsbank.walls.copies import LISTING, POSTER, WallCopy, WallDayInvalid, put_up

POSTER_DAYS = 31
"""As long as a month's poster hangs: by then the next one is there."""
PERIOD_POSTER_DAYS = 92
"""As long as that of a quarter hangs, and at most that of a half-year or a year."""


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
    """Record that a poster hangs: a month at most, a period's three, and no longer than any warning on it.

    Args:
        month: YYYY-MM, which is closed; or a period, of which one month is: YYYY-Q1, YYYY-H1, YYYY.

    Raises:
        MonthInvalid: `month` is neither.
        PosterNotReady: the month is not closed, or none of the period's.
        WallDayInvalid: the day lies before the close, or is yet to come.
        CopyStands, SizeInvalid, TextInvalid: see `put_up`.

    And those of `ledger.record`.

    Example:
        walls.put_up_poster(session, village="cy", month="2026-09", place="村务公开栏", size="a3",
                            by=li.id, at=now).take_down_on  # date(2026, 11, 1)
    """
    if boards.is_period(month):
        period = boards.parse_period(month)
        months, title, days = period.months, period.title, PERIOD_POSTER_DAYS
    else:
        months, title, days = (parse_month(month),), month_in_words(month), POSTER_DAYS
    closed = [villages.closed_at(session, village=village, month=one) for one in months]
    printed = min((one for one in closed if one is not None), default=None)
    if printed is None:
        raise PosterNotReady(month=title)
    day = hung_on or day_of(at)
    if day < day_of(printed):
        raise WallDayInvalid(day=day)
    # The poster of a period shows no warning, and `_warnings` finds none of it.
    shown = [one for one in _warnings(session, village, month) if one.shown_on(day_of(at))]
    ends = [one.expires_on for one in shown if one.expires_on is not None]
    until = min([day + timedelta(days=days), *ends])
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
