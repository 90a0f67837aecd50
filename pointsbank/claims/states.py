"""How a claim stands, and what may happen to it then: one pure function for each rule."""

from datetime import date, timedelta

from pointsbank.errors import Invalid, Refused
from pointsbank.scoring import PLUS, Item

WAITING, TAKEN, DECLINED = "waiting", "taken", "declined"
STATUSES = (WAITING, TAKEN, DECLINED)

PUT_BACK = "put_back"
DECISIONS = (TAKEN, DECLINED, PUT_BACK)
"""What is decided about a claim; `put_back`: its score was withdrawn before the meeting ended."""

MAXIMUM_PHOTOS = 3

LATEST_DAYS = 366
"""So many days after the deed it is not claimed any more: nobody remembers, and the year is over."""

DECLINED_DAYS = 14
"""So many days after a claim was declined its photos stay: who asks why is shown what was looked at."""


class ClaimDayInvalid(Invalid):
    """The deed's day is yet to come, or long gone."""

    code = "claim_day_invalid"
    sentence = "发生日期应在{first}至{last}之间，请改正后再申报。"
    fixed_by = "本人"
    at = ("occurred_on",)


class ClaimItemUnfit(Invalid):
    """No such deed can be claimed for this household on this day."""

    code = "claim_item_unfit"
    sentence = "{day}的细则里，“{item}”不能为{who}申报：{why}。请换一条加分条目。"
    fixed_by = "本人"
    at = ("item",)


class ClaimQuantityInvalid(Invalid):
    """Nothing was done, by its quantity."""

    code = "claim_quantity_invalid"
    sentence = "数量应大于0；不按量计分的条目不用填数量。"
    fixed_by = "本人"
    at = ("quantity",)


class ClaimDecided(Refused):
    """A meeting has decided about it."""

    code = "claim_decided"
    sentence = "这件申报已经{status}，不能再改。"
    fixed_by = "本人"


class ClaimLooked(Refused):
    """Somebody has looked at it; that stays."""

    code = "claim_looked"
    sentence = "这件申报小组已经看过，写下的意见不能修改。请到评议会决定。"
    fixed_by = "本人"


class OwnClaim(Refused):
    """Who reported the deed does not look at it for the group."""

    code = "own_claim"
    sentence = "这件申报是您登记的，请另一个人来看。"
    fixed_by = "村委"


def check_day(occurred_on: date, today: date) -> None:
    """Refuse a deed of a day to come, or of more than 366 days ago.

    Raises:
        ClaimDayInvalid: it is so.

    Example:
        >>> check_day(date(2026, 9, 1), date(2026, 9, 1))
    """
    first = today - timedelta(days=LATEST_DAYS)
    if not first <= occurred_on <= today:
        raise ClaimDayInvalid(first=first, last=today)


def quantity_of(hundredths: int | None) -> int | None:
    """Return the quantity of a deed, in hundredths, > 0; None where none is given.

    Raises:
        ClaimQuantityInvalid: it is 0 or less.

    Example:
        >>> quantity_of(250), quantity_of(None)
        (250, None)
    """
    if hundredths is not None and hundredths <= 0:
        raise ClaimQuantityInvalid()
    return hundredths


def check_item(item: Item | None, *, named: str, fits: bool, who: str, day: date) -> Item:
    """Return the item of a claim: in force on the deed's day, giving points, for such as this one.

    A fault is nothing to claim: who sees one tells it to an inspection or the meeting.

    Args:
        item: that which was in force under this name; None for none.
        named: how it was named.
        fits: whether it applies to participants of this kind.
        who: whom it is claimed for, in words.

    Raises:
        ClaimItemUnfit: it is not so.
    """
    if item is None:
        raise ClaimItemUnfit(day=day, item=named[:40], who=who, why="没有这一条")
    if item.direction != PLUS:
        raise ClaimItemUnfit(day=day, item=item.title, who=who, why="只有加分的事可以申报")
    if not fits:
        raise ClaimItemUnfit(day=day, item=item.title, who=who, why=f"这一条只适用于{item.applies_to}")
    return item


def check_opinion(status: str, *, looked: bool, filed_by: str, by: str) -> None:
    """Refuse a look at a claim that is decided or was looked at, or by who reported it.

    Raises:
        ClaimDecided, ClaimLooked, OwnClaim: it is so.

    Example:
        >>> check_opinion("waiting", looked=False, filed_by="chen", by="li")
    """
    check_waits(status)
    if looked:
        raise ClaimLooked()
    if by == filed_by:
        raise OwnClaim()


def check_waits(status: str) -> None:
    """Refuse a claim about which a meeting has decided.

    Raises:
        ClaimDecided: it has.

    Example:
        >>> check_waits("waiting")
    """
    if status != WAITING:
        raise ClaimDecided(status={TAKEN: "采纳评分", DECLINED: "答复不采纳"}[status])


def photos_until(
    status: str, *, declined_on: date | None, notice_ends: date | None, is_settled: bool
) -> date | None:
    """Return the last day on which a claim's photos are needed; None while nobody knows.

    Faces on photos stay inside and end with the objection.

    Args:
        declined_on: the day on which a meeting declined it.
        notice_ends: the last day of display of the notice that its score hangs on.
        is_settled: its score is posted, or taken away after an objection.

    Example:
        >>> photos_until("declined", declined_on=date(2026, 9, 1), notice_ends=None, is_settled=False)
        datetime.date(2026, 9, 15)
        >>> photos_until("taken", declined_on=None, notice_ends=date(2026, 9, 4), is_settled=True)
        datetime.date(2026, 9, 4)
        >>> photos_until("taken", declined_on=None, notice_ends=date(2026, 9, 4), is_settled=False) is None
        True
    """
    if status == DECLINED and declined_on is not None:
        return declined_on + timedelta(days=DECLINED_DAYS)
    return notice_ends if status == TAKEN and is_settled else None
