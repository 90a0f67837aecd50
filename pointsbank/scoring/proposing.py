"""Which panel a meeting is most likely of, and when its scores may be entered. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from pointsbank.errors import Invalid, Refused
from pointsbank.panels import Panel

MAXIMUM_DAYS_AHEAD = 60
"""So many days ahead a meeting may be called; a committee that plans further has not fixed the day."""


class CallDayInvalid(Invalid):
    """A meeting is called for today or a later day, not too far ahead."""

    code = "meeting_day_invalid"
    sentence = "召集评议会的日期要在{first}和{last}之间，现在填的是{day}，请改日期。"
    fixed_by = "村委"
    at = ("held_on",)


class NotYetOpen(Refused):
    """The meeting was called, and has not begun: nothing is entered before."""

    code = "meeting_not_open"
    sentence = "这次评议会定在{day}，还没有开始：到那天请评议小组先点“开始评议”，再录入评分。"
    fixed_by = "村委"


class DayNotCome(Refused):
    """A meeting begins on the day for which it was called, or later."""

    code = "meeting_day_not_come"
    sentence = "这次评议会定在{day}，还没有到：到那天再开始；要提前，请先改日期。"
    fixed_by = "村委"


class MeetingCancelled(Refused):
    """The meeting was cancelled: it will not be held."""

    code = "meeting_cancelled"
    sentence = "这次评议会已经取消，请另外召集一次。"
    fixed_by = "村委"


def check_call_day(day: date, *, today: date) -> None:
    """Refuse a day for which no meeting is called.

    Raises:
        CallDayInvalid: it lies before today or more than 60 days ahead.

    Example:
        >>> check_call_day(date(2026, 9, 30), today=date(2026, 9, 1))
    """
    last = today + timedelta(days=MAXIMUM_DAYS_AHEAD)
    if not today <= day <= last:
        raise CallDayInvalid(first=today, last=last, day=day)


def check_may_begin(day: date, *, today: date, cancelled: bool = False) -> None:
    """Refuse to begin a called meeting before its day, or once it was cancelled.

    Raises:
        MeetingCancelled, DayNotCome: it is so.

    Example:
        >>> check_may_begin(date(2026, 9, 1), today=date(2026, 9, 2))
    """
    if cancelled:
        raise MeetingCancelled()
    if today < day:
        raise DayNotCome(day=day)


def proposed_panel(known: Sequence[Panel], last: str | None) -> Panel | None:
    """Return the panel whose meeting is most likely next: last time's, else the village's own, else any.

    Args:
        known: the panels that have not ended.
        last: id of the panel of the last meeting that had one.

    Example:
        >>> proposed_panel([], None) is None
        True
    """
    by_id = {one.id: one for one in known}
    if last in by_id:
        return by_id[last]
    return next((one for one in known if one.kind == "village"), known[0] if known else None)
