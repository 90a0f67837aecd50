"""What headings and cells of village tables say in more ways than one: groups, names with a remark. Pure."""

import re
from collections.abc import Iterable

from pointsbank.text import narrow

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_WORDS = "〇一二三四五六七八九"
_KINDS = {"组": ("组", "小组", "村民小组", "村民组"), "队": ("队", "生产队")}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
_NUMBERED = re.compile(
    r"第?([0-9]{1,3}|[〇零一二三四五六七八九十百]{1,5})(?:村民)?(小组|组|网格|队|生产队|片区)"
)
_ANY_GROUP = re.compile(r"\w{1,8}(?:村民小组|小组|组|网格|生产队)")
_NAME = r"([\u3400-\u9fff\U00020000-\U0003ffff·]{2,15})\s*"
_WITH_REMARK = re.compile(_NAME + r"(?:[（(](.+)[）)]|([、，,;；/]\s*[\u3400-\u9fff].*|[0-9]{7,}))")


def number_of(words: str) -> int | None:
    """Return the number that figures or Chinese words up to 999 say; None if they say none.

    Example:
        >>> number_of("12"), number_of("十二"), number_of("二十"), number_of("一百零三"), number_of("一二")
        (12, 12, 20, 103, None)
    """
    if words.isdecimal():
        return int(words)
    found = re.fullmatch(
        r"(?:([一二三四五六七八九])百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", words
    )
    if found is None or not words:
        return None
    hundreds, tens, ten, ones = found.groups()
    return 100 * _DIGITS.get(hundreds, 0) + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def group_key(name: str) -> str:
    """Return what is the same for all spellings of a group: 一组, 1组, 第1村民小组, 第１村民小组.

    Example:
        >>> {group_key(name) for name in ("一组", "1组", "第１村民小组", "壹组", "1")}
        {'1组'}
        >>> group_key("东一组"), group_key("第1网格")
        ('东一组', '1网格')
    """
    tidy = re.sub(r"\s+", "", narrow(name)).translate(_FORMAL)
    found = _NUMBERED.fullmatch(tidy if number_of(tidy) is None else f"{tidy}组")
    number = number_of(found[1]) if found else None
    if found is None or number is None:
        return tidy.casefold()
    kind = {"小组": "组", "生产队": "队"}.get(found[2], found[2])
    return f"{number}{kind}"


def group_spellings(name: str) -> tuple[str, ...]:
    """Return every way to write the group that a name with a number means; the name alone where it has none.

    A bare number is no group: it may be a code as well.

    Example:
        >>> group_spellings("第1小组")[:4], "十二队" in group_spellings("12队"), group_spellings("上湾组")
        (('1组', '1小组', '1村民小组', '1村民组'), True, ('上湾组',))
    """
    found = re.fullmatch("([0-9]{1,3})([^0-9]+)", group_key(name))
    if found is None or number_of(narrow(name).strip()) is not None:
        return (name,)
    numbers = (found[1], _in_words(int(found[1])))
    kinds = _KINDS.get(found[2], (found[2],))
    return tuple(f"{first}{number}{kind}" for first in ("", "第") for number in numbers for kind in kinds)


def _in_words(number: int) -> str:
    """Return a number up to 999 as villages write it in their groups' names: 二十, 一百零三."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    ten = (
        ("" if tens == 1 and not hundreds else _WORDS[tens]) + "十"
        if tens
        else "零"
        if hundreds and ones
        else ""
    )
    return (f"{_WORDS[hundreds]}百" if hundreds else "") + ten + (_WORDS[ones] if ones else "")


def group_heading(line: str) -> str | None:
    """Return the group that a line between rows, or the name of a sheet, stands for; None if it names none.

    Example:
        >>> group_heading("第1村民小组"), group_heading("2组（12户）"), group_heading("Sheet1")
        ('第1村民小组', '2组', None)
    """
    tidy = re.sub(r"\(.*\)|:", "", re.sub(r"\s+", "", narrow(line)))
    is_group = _NUMBERED.fullmatch(tidy) or _ANY_GROUP.fullmatch(tidy)
    return tidy if is_group else None


def remark_of(name: str) -> str | None:
    """Return what stands behind a person's name and is no part of it: a remark, a second name, a telephone.

    Example:
        >>> remark_of("王建国（已故）"), remark_of("王建国、李秀英"), remark_of("王建国")
        ('已故', '、李秀英', None)
    """
    found = _WITH_REMARK.fullmatch(name.strip())
    return (found[2] or found[3]) if found else None


def another_village(titles: Iterable[str], own: str) -> str | None:
    """Return the village that a table's titles name, if it is another than our own; None if it is not.

    Example:
        >>> another_village(["清水镇竹源村花名册"], "茶源村"), another_village(["茶源村农户"], "清水镇茶源村")
        ('竹源村', None)
        >>> another_village(["全村农户花名册", "美丽乡村积分", "第一村民小组"], "茶源村") is None
        True
    """
    known = re.sub(r"[（(].*", "", own)
    stem = re.sub("(?:行政村|村|社区|村委会|村民委员会)$", "", known)
    named = None
    for title in titles:
        if len(stem) > 1 and stem in title:
            return None
        for found in _VILLAGE.finditer(title):
            name = _BEFORE_A_NAME.sub("", found[1])
            if len(name) > 1 and name not in known and not _ANY_VILLAGE.search(name):
                named = named or name + found[2]
    return named


_VILLAGE = re.compile(r"([\u4e00-\u9fff]{2,12}?)(村|社区)(?!民(?!委)|级|规|内|里|务|集体|组)")
_BEFORE_A_NAME = re.compile(".*(?:[省市县区镇乡年度月日]|街道)")
_ANY_VILLAGE = re.compile(
    "[全本我各农乡新该]$|示范$|文明$|先进$|自然$|行政$|试点$|中心$|和美$|特色$|卫生$|名称$|所在$|所属$"
)
