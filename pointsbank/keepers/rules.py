"""Rules of checks: what one comes to, what several come to, and how many failed running. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from pointsbank.errors import Invalid
from pointsbank.keepers.models import FULL_MARK
from pointsbank.points import Points, show

RUNNING = 3
"""So many failed checks running are said aloud; what follows is decided by people."""
MAXIMUM_ITEMS = 20
MAXIMUM_FAULTS = 99


class FullMarkWrong(Invalid):
    """The full marks of a list do not add up to a hundred."""

    code = "keeper_full_mark_wrong"
    sentence = "各项满分加起来要正好100分，现在是{sum}分，请改好再通过。"
    fixed_by = "村委"
    at = ("items",)


class ItemsWrong(Invalid):
    """A list has no item, too many, two of one name, or one whose marks cannot be."""

    code = "keeper_items_wrong"
    sentence = "检查内容有误：{why}。"
    fixed_by = "村委"
    at = ("items",)


class FaultsWrong(Invalid):
    """A number of faults that cannot be counted, or of an item that the list does not have."""

    code = "keeper_faults_wrong"
    sentence = "问题数要填0至{most}的整数，看的那一项要在检查表里，请核对。"
    at = ("faults",)


class FaultTwice(Invalid):
    """The faults of one item are counted in two lines."""

    code = "keeper_fault_twice"
    sentence = "检查表第{position}项写了两次，请合成一条再提交。"
    at = ("faults",)


class NoSuchFault(Invalid):
    """Something is said to be put right of which no fault is written down."""

    code = "keeper_no_such_fault"
    sentence = "第{position}项没有登记问题，不用复查，请核对是哪几项整改了。"
    at = ("put_right",)


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that is looked at: full marks, and how many of them each fault takes, in hundredths."""

    title: str
    full_mark: Points
    per_fault: Points


class Lost(NamedTuple):
    """Of one item, by its place from 1: how many faults, and the marks that they took, in hundredths."""

    position: int
    faults: int
    lost: int


class Checked(NamedTuple):
    """Of a check, what runs of failed ones are counted by; the earliest first."""

    id: str
    checked_on: date
    failed: bool
    decided: bool


def check_items(items: Sequence[CheckItem]) -> None:
    """Raise unless a list can be checked by.

    Raises:
        ItemsWrong: there is none, too many, two of one name, or one whose marks cannot be.
        FullMarkWrong: the full marks do not add up to a hundred.

    >>> check_items([CheckItem("地面干净", 6000, 500), CheckItem("垃圾桶", 4000, 1000)])
    """
    if not 1 <= len(items) <= MAXIMUM_ITEMS:
        raise ItemsWrong(why=f"要有1至{MAXIMUM_ITEMS}项，现在{len(items)}项")
    if len({item.title for item in items}) != len(items):
        raise ItemsWrong(why="有两项同名")
    for item in items:
        if not 0 < item.per_fault <= item.full_mark:
            raise ItemsWrong(why=f"“{item.title}”每处扣的分要大于0，不能超过满分")
    total = sum(item.full_mark for item in items)
    if total != FULL_MARK:
        raise FullMarkWrong(sum=show(Points(total)))


def faults_of(lines: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return how many faults there are of an item, by its place from 1, each item once.

    Raises:
        FaultTwice: two lines speak of one item.

    >>> faults_of([(1, 2), (3, 1)])
    {1: 2, 3: 1}
    """
    found: dict[int, int] = {}
    for position, number in lines:
        if position in found:
            raise FaultTwice(position=position)
        found[position] = number
    return found


def refuse_faultless(put_right: Iterable[int], faulty: Iterable[int]) -> None:
    """Raise if something is put right that had no fault, by places in the list.

    Raises:
        NoSuchFault: an item had none.

    >>> refuse_faultless([2], [1, 2])
    """
    for position in sorted({*put_right} - {*faulty}):
        raise NoSuchFault(position=position)


def lost_by(items: Sequence[CheckItem], faults: Mapping[int, int]) -> list[Lost]:
    """Return what faults take: of each item at most its full mark.

    Args:
        faults: how many there are of an item, by its place from 1.

    Raises:
        FaultsWrong: a number is no count, or there is no such item.

    >>> items = [CheckItem("地面干净", 6000, 2500), CheckItem("垃圾桶", 4000, 1000)]
    >>> lost_by(items, {1: 3, 2: 0})
    [Lost(position=1, faults=3, lost=6000)]
    """
    found = []
    for position, number in sorted(faults.items()):
        if not (1 <= position <= len(items) and 0 <= number <= MAXIMUM_FAULTS):
            raise FaultsWrong(most=MAXIMUM_FAULTS)
        if number:
            item = items[position - 1]
            found.append(Lost(position, number, min(item.full_mark, number * item.per_fault)))
    return found


def score_of(lost: Sequence[Lost]) -> Points:
    """Return what a check comes to, 0 to 10000 hundredths.

    >>> score_of([Lost(1, 3, 6000), Lost(2, 1, 1000)])
    3000
    """
    return Points(FULL_MARK - sum(one.lost for one in lost))


def mean(scores: Sequence[int]) -> Points:
    """Return the mean of checks in hundredths, a half rounded up; of none it is not asked.

    >>> mean([9000, 8000, 8500]), mean([1, 2])
    (8500, 2)
    """
    return Points(int(Fraction(sum(scores), len(scores)) + Fraction(1, 2)))


def failed_running(checks: Sequence[Checked]) -> list[str]:
    """Return the checks (ids) that failed one after another at the end, since the last decision.

    >>> day = date(2026, 9, 1)
    >>> failed_running([Checked("a", day, True, False), Checked("b", day, True, False)])
    ['a', 'b']
    >>> failed_running([Checked("a", day, True, False), Checked("b", day, False, False)])
    []
    >>> failed_running([Checked("a", day, True, True), Checked("b", day, True, False)])
    ['b']
    """
    running: list[str] = []
    for one in checks:
        running = [*running, one.id] if one.failed else []
        if one.decided:
            running = []
    return running
