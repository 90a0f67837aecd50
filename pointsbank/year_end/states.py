"""The days of a year's end, and what may be done on which; pure, but for the refusals."""

from datetime import date, timedelta

from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid, Refused

NOTICE_DAYS = 30
"""Days before its day from which everybody is reminded; so long at least a rule is known before its use."""
UNDO_DAYS = 30
"""Days after its posting within which a year's end may be undone."""
WINDOW_DAYS = 60
"""Days within which a year's end is posted once its day has come: later nobody reckons with it."""
RETURN_DAYS = 30
"""Days for which old points stay that come back with goods after the year's end."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2098


class YearInvalid(Invalid):
    """What was given is no year."""

    code = "year_end_year_invalid"
    sentence = "“{given}”不是有效的年份，请写四位数字的年份，例如2026。"
    at = ("year",)


class YearNotYet(Refused):
    """The year has not begun, or is not over, or its day has not come."""

    code = "year_end_not_yet"
    sentence = "{year}年的年终结转要到{day}才能办，现在只能预览。"
    fixed_by = "本人"


class YearTimeOver(Refused):
    """The days are over on which everybody reckoned with it."""

    code = "year_end_time_over"
    sentence = "{year}年的年终结转只能在{last}以前办，过了不再补办，没有用完的积分都留用。"
    fixed_by = "村委"


class UndoTimeOver(Refused):
    """The time within which a year's end may be undone is over."""

    code = "year_end_undo_time_over"
    sentence = "{year}年的年终结转只能在{last}以前撤销，现在不能撤销；个别户有错的，请逐户更正或赠送积分。"
    fixed_by = "村委"


def year_of(given: str) -> int:
    """Return a year that was typed.

    Raises:
        YearInvalid: it is none, or not one from 2000 to 2098.

    Example:
        >>> year_of("2026")
        2026
    """
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise YearInvalid(given=given[:20])
    check_year(int(given))
    return int(given)


def check_year(year: int) -> None:
    """Refuse what is no year here.

    Raises:
        YearInvalid: it is not one from 2000 to 2098.

    Example:
        >>> check_year(2026)
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise YearInvalid(given=year)


def due_day(year: int, *, month: int, day: int, known_on: date) -> date:
    """Return the day from which a year's end may be posted: the resolved one, a month after knowing it.

    Args:
        month, day: of the next year.
        known_on: the day on which the rule was written down.

    >>> due_day(2026, month=1, day=10, known_on=date(2026, 3, 1))
    datetime.date(2027, 1, 10)
    >>> due_day(2026, month=1, day=10, known_on=date(2027, 1, 5))
    datetime.date(2027, 2, 4)
    """
    return max(date(year + 1, month, day), known_on + timedelta(days=NOTICE_DAYS))


def reminds_from(due_on: date) -> date:
    """Return the first day on which everybody is reminded of a year's end.

    >>> reminds_from(date(2027, 1, 10))
    datetime.date(2026, 12, 11)
    """
    return due_on - timedelta(days=NOTICE_DAYS)


def last_posted(due_on: date) -> date:
    """Return the last day on which a year's end may be posted.

    >>> last_posted(date(2027, 1, 10))
    datetime.date(2027, 3, 11)
    """
    return due_on + timedelta(days=WINDOW_DAYS)


def last_undone(posted_on: date) -> date:
    """Return the last day on which a year's end may be undone.

    >>> last_undone(date(2027, 1, 10))
    datetime.date(2027, 2, 9)
    """
    return posted_on + timedelta(days=UNDO_DAYS)


def check_due(year: int, *, due_on: date, today: date) -> None:
    """Refuse a year whose day has not come, or that is over too long.

    Raises:
        YearNotYet: its day is to come.
        YearTimeOver: it was to be posted within `WINDOW_DAYS`.

    Example:
        >>> check_due(2026, due_on=date(2027, 1, 10), today=date(2027, 1, 10))
    """
    if today < due_on:
        raise YearNotYet(year=year, day=day_in_words(due_on))
    if today > last_posted(due_on):
        raise YearTimeOver(year=year, last=day_in_words(last_posted(due_on)))
