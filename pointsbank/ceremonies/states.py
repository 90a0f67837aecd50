"""How an announced wedding or funeral stands, and what may happen to it: one pure function for each rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.labels.ceremony_status import CEREMONY_STATUS
from pointsbank.scoring import MINUS, PLUS, Item

ANNOUNCED, REPORTED, KEPT, NOT_KEPT, CANCELLED = "announced", "reported", "kept", "not_kept", "cancelled"
STATUSES = (ANNOUNCED, REPORTED, KEPT, NOT_KEPT, CANCELLED)

POSTPONED = "postponed"
CHANGES = (POSTPONED, CANCELLED)

PUT_BACK = "put_back"
DECISIONS = (KEPT, NOT_KEPT, PUT_BACK)

FUNERAL = "funeral"

MAXIMUM_PHOTOS = 3
FARTHEST_DAYS = 366
"""So many days before or after today nothing is announced: beyond that it is a slip of the pen."""

LONGEST_DAYS = 30
DONE_DAYS = 14
"""So many days after all is done the photos stay: who asks why is shown what was seen."""


class CeremonyDayInvalid(Invalid):
    """The days lie too far away, or end before they begin."""

    code = "ceremony_day_invalid"
    sentence = "日期应在{first}至{last}之间，结束不早于开始，最多{longest}天，请改正后再报备。"
    fixed_by = "本人"
    at = ("held_on", "last_on")


class CeremonyOverLimits(Refused):
    """More is planned than the village's limits allow; it is announced all the same once that is said."""

    code = "ceremony_over_limits"
    sentence = "比村里的限额多：{over}。商量后仍这样办的，请勾选“照样报备”。"
    fixed_by = "本人"


class CeremonyStands(Refused):
    """It is not at the step at which this is done."""

    code = "ceremony_stands"
    sentence = "这次报备现在是“{status}”，不能这样办，请刷新页面看现在的情况。"
    fixed_by = "本人"


class SigningDayInvalid(Invalid):
    """A pledge is signed between the announcement and the last day of the occasion, and not tomorrow."""

    code = "pledge_day_invalid"
    sentence = "签字日期应在{first}至{last}之间，请改正。"
    fixed_by = "本人"
    at = ("signed_on",)


class PledgeSigned(Refused):
    """The pledge was signed already."""

    code = "pledge_signed"
    sentence = "承诺书{day}已经签过，不用再登记。"
    fixed_by = "本人"


class ReportEarly(Refused):
    """Nobody can have seen it: it has not begun."""

    code = "ceremony_report_early"
    sentence = "办事的日子是{day}，还没有到：那天看过以后再登记。"
    fixed_by = "本人"


class ElderUnfit(Invalid):
    """Who is named is none of the four kinds, or is not named."""

    code = "ceremony_elder_unfit"
    sentence = "请选一位在任的寨老、乡贤、老党员或老干部，或者写明姓名和是哪一种。"
    fixed_by = "本人"
    at = ("elder",)


class OwnCeremony(NotAllowed):
    """The elder, or who writes the report down, belongs to the household or is a near relative."""

    code = "ceremony_own_household"
    sentence = "{elder}是{who}的本户或近亲属，要回避：请另一位看过的人来说。"
    fixed_by = "村委"


class CeremonyItemUnfit(Invalid):
    """The item does not follow from what was decided."""

    code = "ceremony_item_unfit"
    sentence = "“{item}”不能这样录入：{why}。请换一条，或者不选条目。"
    fixed_by = "村委"
    at = ("item",)


class ReasonMissing(Invalid):
    """The meeting decides otherwise than the elder saw it, and does not say why."""

    code = "ceremony_reason_missing"
    sentence = "决定和看的人说的不一样，请写明理由。"
    fixed_by = "村委"
    at = ("reason",)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a household plans: tables, cars, days of the occasion, yuan of the usual gift if it says so."""

    tables: int
    cars: int
    days: int
    gift: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The village's limits, each > 0 or None for no limit; `gift` in yuan."""

    tables: int | None = None
    cars: int | None = None
    days: int | None = None
    gift: int | None = None


UNITS = {"tables": ("酒席", "桌"), "cars": ("用车", "辆"), "days": ("办事", "天"), "gift": ("礼金", "元")}
"""What is limited: its word and its unit."""


def limits_in_words(bounds: Bounds) -> list[str]:
    """Return each limit in words, in the order of the list; nothing where there is none.

    Example:
        >>> limits_in_words(Bounds(tables=15, gift=100))
        ['酒席不超过15桌', '礼金不超过100元']
    """
    found = ((UNITS[name], getattr(bounds, name)) for name in UNITS)
    return [f"{word}不超过{maximum}{unit}" for (word, unit), maximum in found if maximum is not None]


def over_limits(planned: Planned, bounds: Bounds) -> list[str]:
    """Return what is more than the limits, in words; the limit itself is still within.

    Example:
        >>> over_limits(Planned(20, 6, 2), Bounds(tables=15, cars=6))
        ['酒席20桌（限15桌）']
    """
    found: list[str] = []
    for name, (word, unit) in UNITS.items():
        maximum, count = getattr(bounds, name), getattr(planned, name)
        if maximum is not None and count is not None and count > maximum:
            found.append(f"{word}{count}{unit}（限{maximum}{unit}）")
    return found


def check_days(held_on: date, last_on: date, today: date) -> None:
    """Refuse days more than a year away, and more than 30 of them.

    Raises:
        CeremonyDayInvalid: it is so, or they end before they begin.

    Example:
        >>> check_days(date(2026, 10, 1), date(2026, 10, 2), date(2026, 9, 1))
    """
    first, last = today - timedelta(days=FARTHEST_DAYS), today + timedelta(days=FARTHEST_DAYS)
    if not first <= held_on <= last or not 0 <= (last_on - held_on).days < LONGEST_DAYS:
        raise CeremonyDayInvalid(first=first, last=last, longest=LONGEST_DAYS)


def is_late(kind: str, held_on: date, today: date, ahead_days: int) -> bool:
    """Return whether it was announced fewer days before than the village asks; a funeral never is.

    Example:
        >>> day = date(2026, 10, 1)
        >>> [is_late(kind, day, date(2026, 9, 25), 7) for kind in ("wedding", "funeral")]
        [True, False]
        >>> is_late("wedding", day, date(2026, 9, 24), 7)
        False
    """
    # Nobody announces a death beforehand.
    return kind != FUNERAL and (held_on - today).days < ahead_days


def check_stands(status: str, *wanted: str) -> None:
    """Refuse what is done at another step.

    Raises:
        CeremonyStands: the status is none of those wanted.

    Example:
        >>> check_stands("announced", "announced", "reported")
    """
    if status not in wanted:
        raise CeremonyStands(status=CEREMONY_STATUS.name(status))


def check_signing(signed_on: date, *, announced_on: date, last_on: date, today: date) -> None:
    """Refuse a day on which the pledge cannot have been signed.

    Raises:
        SigningDayInvalid: before it was announced, after the occasion was over, or yet to come.

    Example:
        >>> day = date(2026, 9, 1)
        >>> check_signing(day, announced_on=day, last_on=date(2026, 10, 1), today=day)
    """
    last = max(min(last_on, today), announced_on)
    if not announced_on <= signed_on <= last:
        raise SigningDayInvalid(first=announced_on, last=last)


def check_begun(held_on: date, today: date) -> None:
    """Refuse a report of what has not begun.

    Raises:
        ReportEarly: its first day is yet to come.

    Example:
        >>> check_begun(date(2026, 9, 1), date(2026, 9, 1))
    """
    if today < held_on:
        raise ReportEarly(day=held_on)


def check_kin(household: str, kin: Collection[str], *, elder: str, who: str) -> None:
    """Refuse an elder of the household (id) itself, or a near relative of it.

    Args:
        kin: households (ids) of the elder and of near relatives.

    Raises:
        OwnCeremony: it is among them.

    Example:
        >>> check_kin("k7", {"k2"}, elder="龙凤泉", who="王秀英（0101）")
    """
    if household in kin:
        raise OwnCeremony(elder=elder, who=who)


def check_item(item: Item | None, *, named: str, kept: bool) -> Item:
    """Return the item that the committee chose: one that gives points where it was kept, else one that takes.

    Args:
        item: that which was in force on the day under this name; None for none.
        named: how it was named.

    Raises:
        CeremonyItemUnfit: it is not so.
    """
    if item is None:
        raise CeremonyItemUnfit(item=named[:40], why="那天的细则里没有这一条")
    if item.direction != (PLUS if kept else MINUS):
        raise CeremonyItemUnfit(
            item=item.title, why="遵守约定的只录加分条目" if kept else "没有遵守约定的只录扣分条目"
        )
    return item


def photos_until(
    status: str, *, done_on: date | None, notice_ends: date | None, is_settled: bool
) -> date | None:
    """Return the last day on which the photos are needed; None while nobody knows.

    Args:
        done_on: the day on which it was decided or cancelled.
        notice_ends: the last day of display of the notice that its score hangs on; None without a score.
        is_settled: there is no score, or it is posted or taken away.

    Example:
        >>> photos_until("kept", done_on=date(2026, 9, 1), notice_ends=None, is_settled=True)
        datetime.date(2026, 9, 15)
        >>> photos_until("reported", done_on=None, notice_ends=None, is_settled=True) is None
        True
    """
    if status in (ANNOUNCED, REPORTED) or done_on is None or not is_settled:
        return None
    days: Sequence[date] = (done_on + timedelta(days=DONE_DAYS), notice_ends or done_on)
    return max(days)
