"""How long it takes from a deed to its posting, month by month, and how much is entered late."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.dates import day_of
from pointsbank.scoring.meeting_models import DAY_BOOK, MeetingRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.oversight.period import Period
from pointsbank.scoring.superseded import PUTS_RIGHT
from pointsbank.scoring.values import POSTED


class MonthPace(NamedTuple):
    """The scores that count in one month.

    Attributes:
        entries: how many were posted, those put right since too.
        late: how many of them count late (补录), for a deed of a month that was closed.
        half: in how many days half of them were posted, from the deed's day on.
        nine_of_ten: in how many days nine of ten were.
        longest: the longest, in days.
    """

    month: str
    entries: int
    late: int
    half: int
    nine_of_ten: int
    longest: int

    @property
    def percent(self) -> int:
        """Of 100 entries so many are late, rounded half up."""
        return (200 * self.late + self.entries) // (2 * self.entries) if self.entries else 0


def month_paces(session: Session, *, village: str, period: Period) -> list[MonthPace]:
    """Return the months of a period in which something was posted, the latest first.

    New versions of posted scores are left out: what takes long there is that somebody objected. So is what
    was entered at the counter: it is posted the same moment, and would make every month look quick.

    Example:
        month_paces(session, village="cy", period=period)[0].half  # 12
    """
    by = (
        col(StoredScoreRow.counted_in),
        col(StoredScoreRow.occurred_on),
        col(StoredScoreRow.posted_at),
        col(StoredScoreRow.late),
    )
    # Whole meetings are posted at once, so these are some hundred rows.
    query = (
        select(*by, func.count())
        .join(
            MeetingRow,
            MeetingRow.in_village_of(StoredScoreRow)
            & (col(MeetingRow.id) == col(StoredScoreRow.meeting_id))
            & col(MeetingRow.kind).is_distinct_from(DAY_BOOK),
        )
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.counted_in).between(*period),
            col(StoredScoreRow.status) == POSTED,
            ~PUTS_RIGHT,
        )
        .group_by(*by)
    )
    days: defaultdict[str, Counter[int]] = defaultdict(Counter)
    late: Counter[str] = Counter()
    for row in execute(session, query):
        month, occurred_on, posted_at, is_late, count = tuple(row)
        days[month][(day_of(posted_at) - occurred_on).days] += count
        late[month] += count if is_late else 0
    return [
        MonthPace(
            month,
            days[month].total(),
            late[month],
            within(days[month], 50),
            within(days[month], 90),
            max(days[month]),
        )
        for month in sorted(days, reverse=True)
    ]


def within(days: Mapping[int, int], of_hundred: int) -> int:
    """Return in how many days so many of 100 were done; not interpolated: it is a number of days that occurs.

    Args:
        days: how many took each number of days; not empty.
        of_hundred: 1 to 100.

    Example:
        >>> within({3: 1, 10: 1, 40: 2}, 50), within({3: 1, 10: 1, 40: 2}, 90)
        (10, 40)
    """
    wanted, passed = sum(days.values()) * of_hundred, 0
    for day in sorted(days):
        passed += days[day] * 100
        if passed >= wanted:
            return day
    return max(days)
