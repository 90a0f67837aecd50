"""What may be found at an inspection and what may happen to it then: one pure function for each rule."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.scoring import MINUS, PLUS, Item

CLEAN, FAIR, DIRTY = "clean", "fair", "dirty"
VERDICTS = (CLEAN, FAIR, DIRTY)

FOUND, PUT_RIGHT, MISTAKEN, LEFT, TAKEN, DECLINED = (
    "found",
    "put_right",
    "mistaken",
    "left",
    "taken",
    "declined",
)
STATUSES = (FOUND, PUT_RIGHT, MISTAKEN, LEFT, TAKEN, DECLINED)
LOOKED = (PUT_RIGHT, LEFT, MISTAKEN)
"""What a second look finds of each fault."""

PUT_BACK = "put_back"
DECISIONS = (TAKEN, DECLINED, PUT_BACK)

MAXIMUM_PHOTOS = 3
MAXIMUM_FAULTS = 20
USUAL_DAYS = 7
LONGEST_DAYS = 60
"""So many days are given at most to put a fault right; a longer one is a matter for the meeting."""

DONE_DAYS = 14
"""So many days after all is done the photos stay: who asks why is shown what was seen."""

_TIDY = ("卫生", "环境", "庭院", "整洁", "垃圾", "人居", "院落", "美丽")


class VerdictUnfit(Invalid):
    """Verdict and faults contradict each other."""

    code = "inspection_verdict_unfit"
    sentence = "{reason}"
    fixed_by = "本人"
    at = ("verdict",)


class PutRightDayInvalid(Invalid):
    """The day by which it is to be put right is not to come, or too far away."""

    code = "put_right_day_invalid"
    sentence = "整改期限应在{first}至{last}之间，请改正后再交办。"
    fixed_by = "本人"
    at = ("due_on",)


class FaultUnfit(Invalid):
    """An inspection does not find such a fault at this household."""

    code = "inspection_fault_unfit"
    sentence = "“{item}”不能这样记给{who}：{why}。请重新勾选。"
    fixed_by = "本人"
    at = ("faults",)


class OwnHousehold(NotAllowed):
    """It is the inspector's own household, or a near relative's."""

    code = "inspection_own_household"
    sentence = "{who}是您本户或近亲属的户，要回避：请另一位检查员去看。"
    fixed_by = "村委"


class RecheckEarly(Refused):
    """The day by which it is to be put right has not come."""

    code = "second_look_early"
    sentence = "整改期限是{day}，还没有到：到那天再看没有整改的；已经整改好的，现在就可以记。"
    fixed_by = "本人"


class RecheckIncomplete(Invalid):
    """Some fault was not looked at."""

    code = "second_look_incomplete"
    sentence = "还有{count}处没有选复查结果，请每处都选一个，再记下。"
    fixed_by = "本人"
    at = ("faults",)


class LookedAgain(Refused):
    """There is nothing to look at again, or it was done."""

    code = "looked_again"
    sentence = "这一户{why}，不用再复查。"
    fixed_by = "本人"


class FaultNotLeft(Refused):
    """A meeting decides only about what was not put right, once."""

    code = "fault_not_left"
    sentence = "“{item}”{status}，不能再处理，请刷新页面看现在的情况。"
    fixed_by = "村委"


def inspectable(item: Item) -> bool:
    """Return whether an inspection can find a fault under this item: a deduction, or a full mark less faults.

    A veto is no mark, and what earns points otherwise is nothing that somebody finds wanting.

    Example:
        >>> inspectable(Item("i", "B1", "环境卫生", "乱堆杂物", "minus", "fixed"))
        True
        >>> inspectable(Item("i", "A1", "公益", "义务巡河", "plus", "fixed"))
        False
    """
    return item.direction == (PLUS if item.shape == "full_mark" else MINUS)


def is_tidiness(item: Item) -> bool:
    """Return whether an item is about what stands in sight of the door; such are offered first.

    Example:
        >>> is_tidiness(Item("i", "B1", "环境卫生", "乱堆杂物", "minus", "fixed"))
        True
    """
    return any(word in f"{item.category} {item.title}" for word in _TIDY)


def asks_number(item: Item, *, needs_quantity: bool) -> bool:
    """Return whether a fault under an item is counted: by its shape, or as the spots of a full mark.

    Args:
        needs_quantity: what `scoring` says of the item.
    """
    return needs_quantity or item.shape == "full_mark"


def usual_due_day(today: date) -> date:
    """Return the day that is proposed: a week from today.

    Example:
        >>> usual_due_day(date(2026, 9, 1))
        datetime.date(2026, 9, 8)
    """
    return today + timedelta(days=USUAL_DAYS)


def check_verdict(verdict: str, faults: int) -> None:
    """Refuse a verdict that contradicts the number of faults.

    Raises:
        VerdictUnfit: a clean household with faults, or one that is not clean and has none.

    Example:
        >>> check_verdict("fair", 0), check_verdict("dirty", 2)
        (None, None)
    """
    if verdict == CLEAN and faults:
        raise VerdictUnfit(reason=f"勾了{faults}处问题，请选“比较清洁”或“不清洁”，或者去掉勾选。")
    if verdict == DIRTY and not faults:
        raise VerdictUnfit(reason="选了“不清洁”，请选至少一处问题，再交办。")
    if faults > MAXIMUM_FAULTS:
        raise VerdictUnfit(reason=f"一户一次最多记{MAXIMUM_FAULTS}处问题，请合并。")


def check_due_day(due_on: date | None, today: date, faults: int) -> date | None:
    """Return the day by which faults are put right, tomorrow to 60 days ahead; None where there are none.

    Raises:
        PutRightDayInvalid: it is missing, or lies elsewhere.

    Example:
        >>> check_due_day(date(2026, 9, 8), date(2026, 9, 1), 2)
        datetime.date(2026, 9, 8)
    """
    if not faults:
        return None
    first, last = today + timedelta(days=1), today + timedelta(days=LONGEST_DAYS)
    if due_on is None or not first <= due_on <= last:
        raise PutRightDayInvalid(first=first, last=last)
    return due_on


def check_fault(
    item: Item | None, *, named: str, fits: bool, number: int | None, counted: bool, who: str
) -> Item:
    """Return the item of a fault: in force, found by inspections, for such as this one, counted if need be.

    Args:
        item: that which is in force under this code; None for none.
        named: how it was named.
        fits: whether it applies to participants of this kind.
        number: how many spots or pieces, in hundredths; None where nothing was filled in.
        counted: whether it is counted.
        who: at whom it was found, in words.

    Raises:
        FaultUnfit: it is not so.
    """
    if item is None:
        raise FaultUnfit(item=named[:40], who=who, why="今天的细则里没有这一条")
    if not inspectable(item):
        raise FaultUnfit(item=item.title, who=who, why="巡查只记扣分的和满分扣减的条目")
    if not fits:
        raise FaultUnfit(item=item.title, who=who, why=f"这一条只适用于{item.applies_to}")
    if counted and (number is None or number <= 0):
        raise FaultUnfit(item=item.title, who=who, why="这一条要填有几处，大于0")
    return item


def check_kin(participant: str, kin: Collection[str], who: str) -> None:
    """Refuse a household (id) that is the inspector's own or a near relative's.

    Raises:
        OwnHousehold: it is.

    Example:
        >>> check_kin("k7", {"k2"}, "王秀英（0101）")
    """
    if participant in kin:
        raise OwnHousehold(who=who)


def check_recheck(
    faults: Sequence[int], found: Mapping[int, str], *, due_on: date | None, looked: bool, today: date
) -> None:
    """Refuse a second look where there is nothing to see, some fault is left out, or it comes too early.

    What is put right may be written down on any day; what is not, only once the time given is over.

    Args:
        faults: numbers of the faults that were handed over.
        found: what is found of each, one of `LOOKED`.

    Raises:
        LookedAgain, RecheckIncomplete, RecheckEarly: it is so.

    Example:
        >>> week = date(2026, 9, 8)
        >>> check_recheck([1], {1: "put_right"}, due_on=week, looked=False, today=date(2026, 9, 2))
    """
    if due_on is None:
        raise LookedAgain(why="没有交办的问题")
    if looked:
        raise LookedAgain(why="已经复查过")
    if lacking := [one for one in faults if found.get(one) not in LOOKED]:
        raise RecheckIncomplete(count=len(lacking))
    if today < due_on and LEFT in (found[one] for one in faults):
        raise RecheckEarly(day=due_on)


def check_left(status: str, item: str) -> None:
    """Refuse a decision about a fault that does not wait for a meeting.

    Raises:
        FaultNotLeft: it was put right, is decided, or was not looked at again.

    Example:
        >>> check_left("left", "乱堆杂物")
    """
    words = {
        FOUND: "还没有复查",
        PUT_RIGHT: "已经整改",
        MISTAKEN: "是记错的",
        TAKEN: "已经评分",
        DECLINED: "已经定为不扣分",
    }
    if status != LEFT:
        raise FaultNotLeft(item=item, status=words[status])


def photos_until(
    statuses: Collection[str],
    *,
    done_on: date,
    notice_ends: date | None,
    is_settled: bool,
) -> date | None:
    """Return the last day on which an inspection's photos are needed; None while nobody knows.

    Args:
        statuses: of its faults.
        done_on: the last day on which something was found or decided.
        notice_ends: the last day of display of the last notice that its scores hang on.
        is_settled: all its scores are posted, or taken away.

    Example:
        >>> photos_until([], done_on=date(2026, 9, 1), notice_ends=None, is_settled=True)
        datetime.date(2026, 9, 15)
        >>> photos_until(["left"], done_on=date(2026, 9, 1), notice_ends=None, is_settled=True) is None
        True
    """
    if not {FOUND, LEFT}.isdisjoint(statuses):
        return None
    over = done_on + timedelta(days=DONE_DAYS)
    if TAKEN not in statuses:
        return over
    return max(over, notice_ends) if notice_ends is not None and is_settled else None
