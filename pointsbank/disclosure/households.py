"""A notice by household: what each one gained and lost, and for what, in as few words as it takes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.law import Cleared
from pointsbank.points import Points, show
from pointsbank.publicity import PublicEntry, PublicName


class Marks(StrEnum):
    """What stands beside what a household gained or lost."""

    EACH = "各"
    LATE = "补录"
    VETO = "一票否决"
    CONTESTED = SCORE_STATUS.name("contested")
    WAS = "更正前"
    IS = "更正后"
    STRUCK = "撤销"


@dataclass(slots=True)
class Household:
    """One household of a notice: its 户号 where it may be shown, what was for it and what against it."""

    code: str
    name: PublicName
    group: Cleared
    total: Points
    plus: list[str] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)


def usual_month(entries: Iterable[PublicEntry]) -> int:
    """Return the month (1 to 12) in which most of the deeds were, the earlier of two; 0 without any.

    Its days are written without it.

    Example:
        usual_month(entries)  # 10
    """
    counts = Counter(entry.occurred_on.month for entry in entries)
    return min(counts, key=lambda month: (-counts[month], month), default=0)


def by_household(entries: Sequence[PublicEntry], month: int) -> list[Household]:
    """Return the households in the order of their numbers, each once.

    Args:
        entries: ordered by `position`, as `publicity.public_notice` returns them.
        month: whose days are written without it.

    Example:
        by_household(entries, 10)[0].plus  # ["参加清扫 3日、10日 各+3", "照料老人 9月28日 +8（补录）"]
    """
    return [_household(list(own), month) for _, own in groupby(entries, key=lambda entry: entry.position)]


def _household(own: list[PublicEntry], month: int) -> Household:
    total = Points(sum(entry.points for entry in own))
    found = Household(own[0].code, own[0].name, own[0].group, total)
    alike: dict[tuple[str, Points, str, bool], list[str]] = {}
    for entry in own:
        day = f"{entry.occurred_on.day}日"
        if entry.occurred_on.month != month:
            day = f"{entry.occurred_on.month}月{day}"
        alike.setdefault((entry.item, entry.points, marks_of(entry), entry.veto), []).append(day)
    for (item, points, marks, veto), days in alike.items():
        each = Marks.EACH if len(days) > 1 else ""
        words = f"{item} {'、'.join(days)} {each}{signed(points)}{f'（{marks}）' if marks else ''}"
        (found.minus if points < 0 or veto else found.plus).append(words)
    return found


def signed(points: Points) -> str:
    """Return an amount with its sign.

    Example:
        >>> [signed(Points(number)) for number in (550, -225, 0)]
        ['+5.5', '-2.25', '0']
    """
    return ("+" if points > 0 else "") + show(points)


def marks_of(entry: PublicEntry) -> str:
    """Return what stands behind an entry: before or after a correction, a veto, late, contested.

    Example:
        marks_of(entry)  # "补录；有异议"
    """
    versions = ((Marks.WAS, "was"), (Marks.IS, "is"), (Marks.STRUCK, "struck"))
    marks = [(mark, entry.version == code) for mark, code in versions]
    marks += [(Marks.VETO, entry.veto), (Marks.LATE, entry.late), (Marks.CONTESTED, entry.contested)]
    return "；".join(mark for mark, is_so in marks if is_so)
