"""Reads the State Council's notice of a year's days off, in its own words.

一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
It says each thing twice, by the weekday and by the number of days: a slip of the hand in a pasted text shows.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid
from pointsbank.working_days import law
from pointsbank.working_days.years import Year

_FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
_WEEKDAYS = "一二三四五六日"

# Year, month and day are written as escapes: this is no sentence for the catalogue.
_DAY = r"(?:(\d{4})\u5e74)?(?:(\d{1,2})\u6708)?(\d{1,2})\u65e5(?:\(([^)]*)\))?"
_TOKEN = re.compile(rf"{_DAY}(?:(?:至|到|—+|-|~){_DAY})?|(放假|补休|连休)|(上班)|共(\d+)天")
_OFF, _WORKED, _COUNTED = 9, 10, 11
_LONGEST_SPAN = 20


class DaysOffInvalid(Invalid):
    """A text is not the notice of this year's days off, or contradicts itself."""

    code = "days_off_invalid"
    sentence = "{year}年的放假安排不能用：{why}。请照国务院办公厅通知的原文整篇粘贴。"
    fixed_by = "管理员"


def read_notice(text: str, *, year: int) -> Year:
    """Return what the notice of a year says.

    Args:
        text: the notice's own words, whole; further sentences do no harm.

    Raises:
        DaysOffInvalid: a festival is missing, a day is none, a weekday or a number of days is not what the
            calendar has, a worked day is no weekend, a day is both, or a day off by law is not among them.

    Example:
        working_days.read_notice(text, year=2026).worked  # frozenset({date(2026, 1, 4), …})
    """
    tidy = re.sub(r"[ \t\u3000]", "", unicodedata.normalize("NFKC", text))
    for festival in _FESTIVALS:
        if festival not in tidy:
            raise DaysOffInvalid(year=year, why=f"没有写到{festival}")
    off: set[date] = set()
    worked: set[date] = set()
    for sentence in re.split(r"[。\n]", tidy):
        free, on_duty = _read_sentence(sentence, year)
        off |= free
        worked |= on_duty
    _check(year, off, worked)
    return Year(year, frozenset(off), frozenset(worked))


def _read_sentence(sentence: str, year: int) -> tuple[set[date], set[date]]:
    """Return the days off and the worked days of one sentence; days that no verb follows are neither."""
    off: set[date] = set()
    worked: set[date] = set()
    waiting: set[date] = set()
    for token in _TOKEN.finditer(sentence):
        if token[_OFF]:
            off |= waiting
            waiting = set()
        elif token[_WORKED]:
            worked |= waiting
            waiting = set()
        elif token[_COUNTED]:
            if off and int(token[_COUNTED]) != len(off):
                raise DaysOffInvalid(year=year, why=f"“{sentence[:40]}”数出来是{len(off)}天")
        else:
            waiting |= set(_span(token, year, after=max(waiting, default=None)))
    return off, worked


def _span(token: re.Match[str], year: int, *, after: date | None) -> Iterator[date]:
    """Yield the days of 1月1日 or of 1月1日至3日."""
    first = _day(token.group(1, 2, 3, 4), year, after)
    last = first if token[7] is None else _day(token.group(5, 6, 7, 8), year, first)
    if not first <= last <= first + timedelta(days=_LONGEST_SPAN):
        raise DaysOffInvalid(year=year, why=f"“{token[0]}”不是一段日子")
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _day(written: tuple[str | None, ...], year: int, before: date | None) -> date:
    """Return a day whose year and month may stand with the day before it."""
    in_year, month, day, note = written
    shown = f"{month or ''}{'月' if month else ''}{day}日"
    try:
        found = date(
            int(in_year or (before.year if before else year)),
            int(month or (before.month if before else 0)),
            int(day or 0),
        )
    except ValueError:
        raise DaysOffInvalid(year=year, why=f"没有“{shown}”这一天") from None
    weekday = re.search(r"(?:周|星期)([一二三四五六日天])", note or "")
    right = _WEEKDAYS[found.weekday()]
    if weekday and weekday[1].replace("天", "日") != right:
        raise DaysOffInvalid(year=year, why=f"{day_in_words(found)}是周{right}，写的是周{weekday[1]}")
    return found


def _check(year: int, off: set[date], worked: set[date]) -> None:
    """Check what holds in every year."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for day in sorted(off | worked):
        if not first <= day <= last:
            raise DaysOffInvalid(year=year, why=f"{day_in_words(day)}不是这一年的")
    for day in sorted(worked):
        if day.weekday() < 5:
            raise DaysOffInvalid(year=year, why=f"{day_in_words(day)}不是周末，用不着调休上班")
        if day in off:
            raise DaysOffInvalid(year=year, why=f"{day_in_words(day)}又放假又上班")
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    for day in days:
        if day.year == year and law.surely_off(day) and day not in off:
            raise DaysOffInvalid(year=year, why=f"{day_in_words(day)}是法定节假日，没有写放假")
