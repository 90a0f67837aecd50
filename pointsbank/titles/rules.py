"""What a title's rule says: who may stand, how many there may be, when it is looked at again. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid, Refused

MAXIMUM_MONTHS, MAXIMUM_YEARS = 60, 10
MAXIMUM_CRITERIA, MAXIMUM_BENEFITS = 20, 13
MAXIMUM_VOTES = 10_000
_LASTS = re.compile(r"^(?P<what>.+?)[，,；;、\s]+(?P<months>[0-9]{1,2})\s*个?月$")


class TitleQuotaFull(Refused):
    """More would have the title than the village resolved."""

    code = "title_quota_full"
    sentence = (
        "“{title}”全村{quota}个名额，已经有{taken}个，还剩{left}个，这次多了{over}个，请减少以后再登记表决。"
    )
    fixed_by = "村委"


class TitleVotesInvalid(Invalid):
    """Nobody voted, or more did than live in the village."""

    code = "title_votes_invalid"
    sentence = "票数有误：至少有一票，赞成加反对最多{most}票，请看表决记录改正。"
    fixed_by = "本人"
    at = ("votes_for",)


class TitleBarred(Refused):
    """The title was lost, and the time for which the rule bars is not over."""

    code = "title_barred"
    sentence = "{who}失去过“{title}”，到{day}才能再参评，请到那天以后再提名。"
    fixed_by = "村委"


class TitleDayInvalid(Invalid):
    """The day lies before the step that came before, or is yet to come."""

    code = "title_day_invalid"
    sentence = "日期应在{first}至{last}之间：不早于上一步，不晚于今天，请改正。"
    fixed_by = "本人"
    at = ("on",)


class TitleNoticeRuns(Refused):
    """The notice has not run its days."""

    code = "title_notice_runs"
    sentence = "公示到{day}为止，那天以后才能授牌。"
    fixed_by = "本人"


class TitleDeadlineRuns(Refused):
    """The household still has time to put it right, or nobody has looked since."""

    code = "title_deadline_runs"
    sentence = "整改限期到{day}，那天起再查一次，查了还不合格的，才能登记失去称号。"
    fixed_by = "村委"


class TitleDeadlineInvalid(Invalid):
    """The day by which it is put right is too near or too far."""

    code = "title_deadline_invalid"
    sentence = "整改期限应在{first}至{last}之间，请改正。"
    fixed_by = "村委"
    at = ("until",)


class TitleYearsShort(Refused):
    """It has not stood for so many years running."""

    code = "title_years_short"
    sentence = "“{title}”要连续{wanted}年才向上推荐，这一户现在是连续{years}年。"
    fixed_by = "村委"


class TitleNoticeShort(Refused):
    """Its papers came off before the notice had run its days."""

    code = "title_notice_short"
    sentence = "公示没有贴满，还差{days}天：纸撤早了。请到“称号公示”页重新登记张贴，贴满以后再授牌。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a title stood, the first and the last; None while it still stands."""

    first: date
    last: date | None = None


def check_day(day: date, *, earliest: date, today: date) -> date:
    """Return the day of a step: not before the step before it, and not yet to come.

    Raises:
        TitleDayInvalid: it is not so.

    Example:
        >>> check_day(date(2026, 9, 2), earliest=date(2026, 9, 1), today=date(2026, 9, 2))
        datetime.date(2026, 9, 2)
    """
    if not earliest <= day <= today:
        raise TitleDayInvalid(first=earliest, last=today)
    return day


def check_quota(title: str, quota: int | None, *, taken: int, more: int) -> None:
    """Refuse more holders than the village resolved; None is no number.

    Raises:
        TitleQuotaFull: there would be more.

    Example:
        >>> check_quota("清洁户", 10, taken=8, more=2)
    """
    if quota is not None and more and taken + more > quota:
        left = max(quota - taken, 0)
        raise TitleQuotaFull(title=title, quota=quota, taken=taken, left=left, over=more - left)


def check_cast(votes: Collection[tuple[int, int]], people: int | None) -> None:
    """Refuse a vote of nobody, and of more than the village has people.

    Args:
        votes: for and against, of each title.
        people: how many live in the village; None where the roster does not say.

    Raises:
        TitleVotesInvalid: it is so.

    Example:
        >>> check_cast([(37, 2), (0, 39)], 120)
    """
    maximum = MAXIMUM_VOTES if people is None else people
    if not all(0 < votes_for + votes_against <= maximum for votes_for, votes_against in votes):
        raise TitleVotesInvalid(most=maximum)


def check_not_barred(until: Collection[date], today: date, *, who: str, title: str) -> None:
    """Refuse who lost the title, before the first day on which it may stand again.

    Args:
        until: of each loss, the day from which it may stand again.

    Raises:
        TitleBarred: that day is yet to come.

    Example:
        >>> check_not_barred([date(2028, 9, 1)], date(2028, 9, 1), who="0101", title="清洁户")
    """
    if until and today < max(until):
        raise TitleBarred(who=who, title=title, day=day_in_words(max(until)))


def check_notice_over(ends_on: date, today: date) -> None:
    """Refuse to give a title whose notice still hangs.

    Raises:
        TitleNoticeRuns: it does; its last day is whole.

    Example:
        >>> check_notice_over(date(2026, 9, 8), date(2026, 9, 9))
    """
    if today <= ends_on:
        raise TitleNoticeRuns(day=day_in_words(ends_on))


def days_short(first: date, wanted: int, papers: Collection[tuple[date, date | None]], by: date) -> int:
    """Return on how many days more a notice has to hang before it has hung its days.

    Args:
        first: the day on which it was hung, which is not counted.
        wanted: days of the notice.
        papers: of each, since which day it hangs, and on which it came off, None where it hangs still.
        by: the day on which it is counted, which is not over.

    Example:
        >>> first, third = date(2026, 9, 1), date(2026, 9, 3)
        >>> days_short(first, 5, [(first, None)], date(2026, 9, 7))
        0
        >>> days_short(first, 5, [(first, third)], third)
        4
    """
    whole = {
        day
        for hung, taken in papers
        for day in (first + timedelta(days=more) for more in range(1, (by - first).days))
        if hung <= day < (taken or by)
    }
    return max(wanted - len(whole), 0)


def check_deadline(until: date, today: date, longest: int) -> date:
    """Return the day by which it is to be put right: tomorrow at the earliest.

    Args:
        longest: days, > 0.

    Raises:
        TitleDeadlineInvalid: it is none of these days.

    Example:
        >>> check_deadline(date(2026, 9, 30), date(2026, 9, 1), 180)
        datetime.date(2026, 9, 30)
    """
    first, last = today + timedelta(days=1), today + timedelta(days=longest)
    if not first <= until <= last:
        raise TitleDeadlineInvalid(first=first, last=last)
    return until


def check_overdue(deadline: date, looked_on: date | None, *, who_looked: str, by: str) -> None:
    """Refuse that a title is lost before its household had its time, and by who looked alone.

    Args:
        looked_on: the day of a look after the plate was taken off that found it not put right, or None.

    Raises:
        TitleDeadlineRuns: nobody looked on that day or later.
        TitleOthersLose: `by` (id) is who looked.

    Example:
        >>> check_overdue(date(2026, 9, 30), date(2026, 9, 30), who_looked="li", by="zhao")
    """
    if looked_on is None or looked_on < deadline:
        raise TitleDeadlineRuns(day=day_in_words(deadline))
    if who_looked == by:
        raise TitleOthersLose()


class TitleOthersLose(Refused):
    """Who found it not put right does not take the title away too."""

    code = "title_others_lose"
    sentence = "登记复查的人不能自己登记失去称号，请另一位评议小组成员或村务监督登记。"
    fixed_by = "监督委员会"


def years_running(spans: Sequence[Span], today: date) -> int:
    """Return for how many calendar years running the title stood at each year's end, this year up to today.

    Example:
        >>> years_running([Span(date(2026, 11, 1))], date(2028, 2, 1))
        3
        >>> broken = [Span(date(2026, 3, 1), date(2026, 8, 1)), Span(date(2027, 1, 5))]
        >>> years_running(broken, date(2027, 9, 1))
        1
    """
    years = 0
    while any(
        one.first <= (day := min(today, date(today.year - years, 12, 31)))
        and (one.last is None or day <= one.last)
        for one in spans
    ):
        years += 1
    return years


def read_benefit(line: str) -> tuple[str, int | None]:
    """Return what a benefit is, and for how many months; None as long as the title stands.

    Example:
        >>> read_benefit("免费体检一次，12个月"), read_benefit("集市摊位优先")
        (('免费体检一次', 12), ('集市摊位优先', None))
    """
    found = _LASTS.match(line.strip())
    if found is None or not 1 <= int(found["months"]) <= MAXIMUM_MONTHS:
        return line.strip(), None
    return found["what"], int(found["months"])


def share_in_words(count: int, households: int, goal: int | None) -> str:
    """Return how many of the households have it, beside the goal in percent; nothing without households.

    Example:
        >>> share_in_words(42, 100, 60), share_in_words(3, 8, None), share_in_words(1, 1149, None)
        ('占全村42%，目标60%', '占全村37.5%', '占全村不到0.1%')
    """
    if not households:
        return ""
    tenths = count * 1000 // households
    number = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    number = "不到0.1" if count and not tenths else number
    return f"占全村{number}%" + (f"，目标{goal}%" if goal is not None else "")
