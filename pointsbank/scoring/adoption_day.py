"""From which day a new version of the scheme may hold. Pure."""

from datetime import date, timedelta

from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid, Refused

FARTHEST_DAYS = 366
"""Days ahead at which a version may take effect at most."""


class AdoptionTooEarly(Refused):
    """A new version cannot take effect before the one it replaces."""

    code = "adoption_too_early"
    sentence = "新的一版不能早于现行细则的施行日期（{from_date}），请改晚施行日期。"
    fixed_by = "村委"


class AdoptionTooFar(Invalid):
    """It would take effect so far ahead that it is a slip of the pen: until then none could begin earlier."""

    code = "adoption_too_far"
    sentence = "施行日期最晚到{last}：写了更晚的，在那以前就不能再通过新的一版，请改日期。"
    fixed_by = "村委"
    at = ("from_date",)


def check_adoption_day(from_date: date, *, today: date, latest: date | None) -> None:
    """Refuse a day before that of the version in force, or more than a year ahead.

    Args:
        latest: from when the newest adopted version holds; None where there is none.

    Raises:
        AdoptionTooEarly, AdoptionTooFar: it is so.

    Example:
        >>> check_adoption_day(date(2026, 10, 1), today=date(2026, 9, 1), latest=date(2026, 1, 1))
    """
    farthest = today + timedelta(days=FARTHEST_DAYS)
    if from_date > farthest:
        raise AdoptionTooFar(last=day_in_words(farthest))
    if latest is not None and from_date < latest:
        raise AdoptionTooEarly(from_date=latest)
