"""The months of a period of grades, and which period a table begins with. Pure: codes and days."""

from datetime import date

from pointsbank.dates import last_day, month_of, next_month
from pointsbank.errors import Invalid
from pointsbank.scoring import BasePeriod, period_of

_LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class GradePeriodInvalid(Invalid):
    """A period is none of those in which a table grades."""

    code = "grade_period_invalid"
    sentence = "没有“{given}”这一期，请写成 2026-09、2026-Q3、2026-H2 或 2026。"
    at = ("period",)


def first_period(kind: str, from_date: date) -> BasePeriod:
    """Return the first period that begins on or after a day.

    >>> first_period("quarter", date(2026, 7, 1)).code, first_period("quarter", date(2026, 7, 2)).code
    ('2026-Q3', '2026-Q4')
    """
    this = period_of(kind, from_date)
    if this.first == from_date or this.last is None:
        return this
    return period_of(kind, date.fromordinal(this.last.toordinal() + 1))


def months_in(period: BasePeriod) -> list[str]:
    """Return the months of a period.

    >>> months_in(period_of("quarter", date(2026, 8, 1)))
    ['2026-07', '2026-08', '2026-09']
    """
    if period.first is None or period.last is None:
        return []
    found = [month_of(period.first)]
    while found[-1] < month_of(period.last):
        found.append(next_month(found[-1]))
    return found


def find_period(kind: str, code: str) -> BasePeriod:
    """Return a period by its code.

    Raises:
        GradePeriodInvalid: there is none with this code, or it is one of another length.

    >>> find_period("half_year", "2026-H2").last
    datetime.date(2026, 12, 31)
    """
    year, _, part = code[:8].partition("-")
    length = _LENGTHS[kind]
    number = part[1:] if part[:1] in ("Q", "H") else part or "1"
    if year.isascii() and year.isdigit() and len(year) == 4 and number.isascii() and number.isdigit():
        month = (int(number) - 1) * length + 1
        if int(year) >= 1 and 1 <= month <= 12:
            found = period_of(kind, date(int(year), month, 1))
            if found.code == code:
                return found
    raise GradePeriodInvalid(given=code[:20])


def ends_in(kind: str, month: str) -> BasePeriod | None:
    """Return the period whose last month this is; None where it goes on.

    >>> ends_in("quarter", "2026-09").code, ends_in("quarter", "2026-08")
    ('2026-Q3', None)
    """
    last = last_day(month)
    period = period_of(kind, last)
    return period if period.last == last else None


def span_of(kind: str, code: str) -> tuple[date, date]:
    """Return the first and the last day of a period by its code.

    Raises:
        GradePeriodInvalid: as `find_period`.

    >>> span_of("quarter", "2026-Q3")
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    found = find_period(kind, code)
    return (found.first or date.min, found.last or date.max)
