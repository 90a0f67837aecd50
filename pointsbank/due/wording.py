"""How the kinds of due things speak of days."""

from datetime import date

from pointsbank.dates import day_in_words


def last_day_in_words(day: date, today: date) -> str:
    """Return a last day with how many calendar days are left of it, or by how many it is over.

    Example:
        >>> last_day_in_words(date(2026, 9, 10), date(2026, 9, 3))
        '2026年9月10日到期，还有7天'
        >>> last_day_in_words(date(2026, 9, 3), date(2026, 9, 3))
        '今天到期'
        >>> last_day_in_words(date(2026, 9, 1), date(2026, 9, 3))
        '2026年9月1日已经到期，过了2天'
    """
    left = (day - today).days
    if left == 0:
        return "今天到期"
    if left > 0:
        return f"{day_in_words(day)}到期，还有{left}天"
    return f"{day_in_words(day)}已经到期，过了{-left}天"
