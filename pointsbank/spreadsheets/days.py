"""Days as people write them in a cell, and the months and quarters that headings name."""

import re
from datetime import date, timedelta

from pointsbank.spreadsheets.parsers import CellInvalid
from pointsbank.text import narrow

_DATE = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?"
    r"(?:[ T]*(?:上午|下午|早上|中午|晚上)?\s*(?:[0-9]{1,2}[:点][0-9]{2}分?(?::[0-9]{2})?)?)?"
)
_MONTH_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")

# Excel's days from 2009 to 2050: no other five digits stand for a day.
_SERIAL = re.compile(r"[45][0-9]{4}(?:\.[0-9]+)?")
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 40_000, 55_000


class MonthDay(tuple[int, int]):
    """A month and a day without a year, as in 11月5日; which year is the caller's to know."""

    __slots__ = ()


class MonthEnd(tuple[int, int]):
    """A year, 0 where none is written, and a month: something of that month, on no day that anybody knows."""

    __slots__ = ()


_PERIOD = re.compile(
    r"(?:([0-9]{4})年?)?(?:度|[-/.])?(?:([0-9]{1,2})月份?|第?([1-4一二三四])季度?)(?![0-9一二三四五六七八九十])(.*)"
)
_SPAN = re.compile(r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月?[-~—–－至到]([0-9]{1,2})月份?|([上下])半年)")
_PERIOD_END = re.compile(r"([0-9]{4})-([0-9]{2})末")
_QUARTERS = "一二三四"


def period_heading(line: str) -> str | None:
    """Return the month, or the last month of the quarter, that a heading names; None if it names none.

    Example:
        >>> period_heading("7月"), period_heading("2026年第3季度"), period_heading("环境卫生")
        ('0000-07末', '2026-09末', None)
        >>> period_heading("上半年"), period_heading("7-9月"), period_heading("11月5日")
        ('0000-06末', '0000-09末', '11月5日')
    """
    tidy = re.sub(r"\s", "", narrow(line))
    if _MONTH_DAY.fullmatch(tidy):
        return tidy
    if span := _SPAN.fullmatch(tidy):
        last = int(span[3] or (6 if span[4] == "上" else 12))
        return f"{int(span[1] or 0):04d}-{last:02d}末" if int(span[2] or 1) <= last <= 12 else None
    found = _PERIOD.fullmatch(tidy)
    if found is None or len(found[4]) > 8:
        return None
    year, month, quarter, _ = found.groups()
    if quarter:
        month = str(3 * (_QUARTERS.index(quarter) + 1 if quarter in _QUARTERS else int(quarter)))
    return f"{int(year or 0):04d}-{int(month):02d}末" if 1 <= int(month) <= 12 else None


def iso_date(cell: str) -> date:
    """Read a day: 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901, with a time, or as Excel counts.

    Raises:
        CellInvalid: no such day, or not a day at all.
    """
    found = day_or_month_day(cell)
    if not isinstance(found, date):
        raise _no_day(narrow(cell))
    return found


def day_or_month_day(cell: str) -> date | MonthDay | MonthEnd:
    """Read a day as `iso_date` does, or one without its year, such as 11月5日; or what a heading says.

    Raises:
        CellInvalid: no such day, or not a day at all.
    """
    tidy, weekday = _without_weekday(narrow(cell))
    found = _read_day(tidy)
    if weekday and not isinstance(found, date):
        raise _no_day(narrow(cell))
    if weekday and isinstance(found, date) and found.weekday() != _WEEKDAYS.index(weekday):
        is_one = f"{found}是星期{_WEEKDAYS[found.weekday()]}"
        raise CellInvalid(reason=f"“{narrow(cell)[:30]}”写着星期{weekday}，{is_one}，请核对日期。")
    return found


def _read_day(tidy: str) -> date | MonthDay | MonthEnd:
    """Read a day without a word for its weekday; raises CellInvalid where it is none."""
    if end := _PERIOD_END.fullmatch(tidy):
        return MonthEnd((int(end[1]), int(end[2])))
    if re.fullmatch(r"[0-9]{8}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:6]}-{tidy[6:]}"
    if _SERIAL.fullmatch(tidy) and _FIRST_SERIAL <= int(tidy[:5]) <= _LAST_SERIAL:
        return _DAY_ZERO + timedelta(days=int(tidy[:5]))
    match = _DATE.fullmatch(tidy)
    try:
        if match is None and (short := _MONTH_DAY.fullmatch(tidy)):
            date(2000, int(short[1]), int(short[2]))
            return MonthDay((int(short[1]), int(short[2])))
        year, month, day = (int(part) for part in match.groups()[:3]) if match else (0, 0, 0)
        if not 1990 <= year <= 2099:
            raise ValueError(year)
        return date(year, month, day)
    except ValueError as error:
        raise _no_day(tidy) from error


_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(.*[0-9日号])\s*\(?(?:周|星期|礼拜)([一二三四五六日天])\)?")


def _without_weekday(tidy: str) -> tuple[str, str]:
    """Return a day without the weekday behind it, and which that is.

    Example:
        >>> _without_weekday("2026年11月5日(星期四)"), _without_weekday("2026-11-05")
        (('2026年11月5日', '四'), ('2026-11-05', ''))
    """
    found = _WEEKDAY.fullmatch(tidy)
    return (found[1], found[2].replace("天", "日")) if found else (tidy, "")


def _no_day(tidy: str) -> CellInvalid:
    return CellInvalid(reason=f"“{tidy[:30]}”不是有效的日期，请写成 2026-09-01 这样的形式。")
