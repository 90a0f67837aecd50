"""Whether a text names one household: by its name however it is spaced, or by the surname as villagers do."""

import re

from pointsbank.law.folding import fold
from pointsbank.law.surnames import surname_length

# 张家湾 is a place; 张家的猪 is somebody's.
_BEHIND = re.compile(
    "某|姓|家(?:的|门|院|屋|人|猪|牛|鸡|狗|老[大二三])|老[汉头]|大[爷伯妈娘叔婶嫂]|师傅|[婶嫂](?=家|的|门|乱|堆|$)"
)
_BEHIND_OLD = re.compile("家|的|门|头|汉|乱|堆|把|占|未|不|$|[，。；]")
"""What stands behind 老王 or 小王; 老黄牛 is nobody."""


def names(text: str, name: str) -> bool:
    """Return whether a text names the holder of a name.

    Example:
        >>> texts = ("王 建 国家门前", "王某家的柴草", "老王家门前", "王子山脚堆柴")
        >>> [names(text, "王建国") for text in texts]
        [True, True, True, False]
    """
    words, whole = fold(text).words, fold(name).words
    if not whole:
        return False
    return (
        whole in words
        or whole in fold(text).bare
        or ("\u4e00" <= whole[0] <= "\u9fff" and _by_surname(words, whole))
    )


def _by_surname(words: str, name: str) -> bool:
    """Return whether the surname stands there as people say it of somebody."""
    surname = name[: surname_length(name)]
    place = words.find(surname)
    while place >= 0:
        before, end = words[max(0, place - 1) : place], place + len(surname)
        old = before in ("老", "小") and _BEHIND_OLD.match(words, end)
        if before == "姓" or old or _BEHIND.match(words, end):
            return True
        place = words.find(surname, place + 1)
    return False
