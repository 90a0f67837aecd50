"""Finds a group that is called like another but for one slip of the pen: 上弯组 beside 上湾组. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pointsbank.roster.search import reading
from pointsbank.spreadsheets import RowProblem, group_key

_FEW = 2
"""Households in the file: of more somebody meant what he wrote, unless the names sound the same."""

_MAXIMUM_NEW = 300
"""New groups of one table that are compared, each with all: a village of 3,000 households has fewer."""

_TELLING = frozenset(
    "0123456789〇零一二三四五六七八九十百第甲乙丙丁戊己庚辛"
    "东南西北上中下前后左右内外里大小高低老新头尾口腰顶脚角边坡"
)
"""Characters by which neighbouring hamlets are told apart: 上湾 and 下湾, 一组 and 二组."""

_ELSEWISE = str.maketrans(
    {"仨": "三", "俩": "二", "两": "二", "弌": "一", "弍": "二", "弎": "三", "廿": "二十", "卅": "三十"}
    | dict(zip("①②③④⑤⑥⑦⑧⑨", "123456789", strict=True))
    | dict(zip("ⅠⅡⅢ", "123", strict=True))
    | {"l": "1", "I": "1", "O": "0", "o": "0", "几": "九", "土": "十", "丨": "1"}
)
"""Characters that stand for a number, or look like one: 仨组 is 三组, written by sound."""

_SUFFIXES = ("村民小组", "小组", "组", "网格", "生产队", "队")
_SAME_KIND = frozenset({"", "村民小组", "小组", "组"})


def slips(rows: Sequence[Mapping[str, Any]], groups: Collection[str]) -> Iterator[RowProblem]:
    """Yield the first row of each new group called like a known one, or one of more rows, but for a slip.

    Where a table has hundreds of new groups, only that: another column was taken for the groups.

    Args:
        groups: names of the village's groups.
    """
    count = Counter(row["group"] for row in rows if row["group"])
    first: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        first.setdefault(row["group"], row)
    new = {name: row for name, row in first.items() if name and name not in groups}
    if len(new) > _MAXIMUM_NEW:
        sentence = f"有{len(new)}个新的小组，像是别的列当成了小组。请核对“小组”这一列。"
        yield RowProblem(next(iter(new.values()))["row"], "小组", sentence)
        return
    keys = {group_key(name): name for name in [*count, *groups]}
    for name, row in new.items():
        others = [*groups, *(other for other in count if other not in groups and count[other] > count[name])]
        meant = keys.get(group_key(name.translate(_ELSEWISE)), name)
        likely = (
            meant
            if meant != name
            else next((one for one in others if _is_slip(name, one, few=count[name] <= _FEW)), None)
        )
        if likely is not None:
            sentence = (
                f"小组“{name}”还没有，和“{likely}”只差一个字。是同一个小组，请写成“{likely}”；"
                "不是，就是一个新的小组。"
            )
            yield RowProblem(row["row"], "小组", sentence)


def _is_slip(name: str, known: str, *, few: bool) -> bool:
    """Return whether two different names are one, written once with a slip.

    Args:
        few: whether hardly a household has the new name, so that a slip need not sound the same.

    Example:
        >>> _is_slip("上弯组", "上湾组", few=False), _is_slip("十三组", "十二组", few=True)
        (True, False)
        >>> _is_slip("桥东组", "桥西组", few=True), _is_slip("大糖组", "大塘组", few=False)
        (False, True)
    """
    one, two = _stem(name), _stem(known)
    if one == two:
        kinds = {name[len(one) :], known[len(two) :]}
        return group_key(name) != group_key(known) and kinds <= _SAME_KIND
    if abs(len(one) - len(two)) > 1:
        return False
    # Of one character there is nothing left by which it is known again: 王组 and 李组.
    few = few and min(len(one), len(two)) > 1
    before = next((at for at, (a, b) in enumerate(zip_longest(one, two)) if a != b), 0)
    rest_one, rest_two = one[before:], two[before:]
    if len(one) == len(two):
        if sorted(rest_one[:2]) == sorted(rest_two[:2]) and rest_one[2:] == rest_two[2:]:
            return few
        if rest_one[1:] != rest_two[1:]:
            return False
        if reading(rest_one[0]) == reading(rest_two[0]):
            return True
        return few and not {rest_one[0], rest_two[0]} <= _TELLING
    longer, shorter = (rest_one, rest_two) if len(one) > len(two) else (rest_two, rest_one)
    return few and longer[1:] == shorter and longer[0] not in _TELLING


def _stem(name: str) -> str:
    """Return what a group is called without 组 or 村民小组 behind it."""
    return next((name.removesuffix(one) for one in _SUFFIXES if name.endswith(one) and name != one), name)
