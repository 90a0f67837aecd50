"""Where the years come from: the library that came with the program, and notices kept in the data directory.

A kept notice goes before the library. One that cannot be read makes its year an unknown one: what holds
for households and committee is then safe for both, and the till does not stop for a calendar.
"""

import calendar as gregorian
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlmodel import Session

from pointsbank.database import Database
from pointsbank.durable import writing_whole
from pointsbank.lazy import LazyModule
from pointsbank.working_days.notices import DaysOffInvalid, read_notice
from pointsbank.working_days.years import Calendar, Year

if TYPE_CHECKING:
    import chinese_calendar
else:
    chinese_calendar = LazyModule("chinese_calendar")

FOLDER = "days_off"
LIBRARY, FILE, UNKNOWN = "library", "file", "unknown"
"""Codes of `labels.days_known`."""

_KEPT = "working_days"  # Of `session.info`.
_FROM = 2024
_LONGEST_FILE = 40_000  # Bytes; a notice has some 3,000.


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of which year.

    Attributes:
        sources: LIBRARY or FILE by year.
        unusable: why a kept notice cannot be used, by year.
    """

    calendar: Calendar = field(default_factory=Calendar)
    sources: Mapping[int, str] = field(default_factory=dict)
    unusable: Mapping[int, DaysOffInvalid] = field(default_factory=dict)

    def source(self, year: int) -> str:
        """Return LIBRARY, FILE or UNKNOWN."""
        return self.sources.get(year, UNKNOWN)


class KeptYears:
    """The years of one installation: the folder is looked at each time, changed files are read."""

    def __init__(self, data_dir: Path | None = None) -> None:
        """Take the notices of a data directory, or only the library's years where none is given."""
        self._folder = data_dir / FOLDER if data_dir else None
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._known = Known()

    def known(self) -> Known:
        """Return what is known now."""
        files = sorted(self._folder.glob("[0-9][0-9][0-9][0-9].txt")) if self._folder else []
        seen = tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files)
        if seen != self._seen:
            self._known, self._seen = _read_all(files), seen
        return self._known


_LIBRARY_ALONE = KeptYears()


def follow(database: Database, data_dir: Path) -> Database:
    """Let a database's sessions know the years kept in a data directory; return the database.

    Example:
        database = working_days.follow(Database(url), settings.data_dir)
    """
    database.info[_KEPT] = KeptYears(data_dir)
    return database


def known(database: Database) -> Known:
    """Return what is known of which year, and from where.

    Example:
        working_days.known(database).source(2026)  # "library"
    """
    return cast(KeptYears, database.info.get(_KEPT, _LIBRARY_ALONE)).known()


def calendar(session: Session) -> Calendar:
    """Return the years that this installation knows.

    Example:
        working_days.term(today, 7, working_days.calendar(session)).earliest
    """
    return cast(KeptYears, session.info.get(_KEPT, _LIBRARY_ALONE)).known().calendar


def keep(data_dir: Path, text: str, *, year: int) -> Year:
    """Keep the notice of a year, in the place of what was known of it; return what it says.

    Raises:
        DaysOffInvalid: as `read_notice`.

    Example:
        working_days.keep(settings.data_dir, text, year=2027)
    """
    read = read_notice(text, year=year)
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with writing_whole(folder / f"{year}.txt") as file:
        file.write(text.encode())
    return read


def decode(content: bytes, *, year: int) -> str:
    """Return the text of a notice as Notepad or a browser saves it.

    Raises:
        DaysOffInvalid: it is too long, or no text.
    """
    if len(content) > _LONGEST_FILE:
        raise DaysOffInvalid(year=year, why="文件太大，不像一篇通知")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DaysOffInvalid(year=year, why="文件不是文本")


def _read_all(files: list[Path]) -> Known:
    """The library's years, with those of the files in their place."""
    years = dict(_library_years())
    sources = dict.fromkeys(years, LIBRARY)
    unusable: dict[int, DaysOffInvalid] = {}
    for file in files:
        year = int(file.stem)
        years.pop(year, None)
        sources.pop(year, None)
        try:
            years[year] = read_notice(decode(file.read_bytes(), year=year), year=year)
            sources[year] = FILE
        except DaysOffInvalid as refusal:
            unusable[year] = refusal
        except OSError:
            unusable[year] = DaysOffInvalid(year=year, why=f"文件 {file.name} 读不出来")
    return Known(Calendar(years), sources, unusable)


@lru_cache(maxsize=1)
def _library_years() -> Mapping[int, Year]:
    """The years of the library, which raises for one whose notice was not out at its release."""
    years: dict[int, Year] = {}
    year = _FROM
    while True:
        try:
            years[year] = _library_year(year)
        except NotImplementedError:
            return years
        year += 1


def _library_year(year: int) -> Year:
    """One year of the library, day by day."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + gregorian.isleap(year))]
    free = frozenset(day for day in days if chinese_calendar.is_holiday(day))
    named = frozenset(day for day in free if chinese_calendar.get_holiday_detail(day)[1])
    return Year(year, named, frozenset(day for day in days if day.weekday() > 4) - free)
