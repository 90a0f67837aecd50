"""Whether a text names somebody: by the name however it is spaced, or by the surname as villagers do."""

import re

from pointsbank.law.folding import fold


def names(text: str, name: str) -> bool:
    """Return whether a text names the holder of a name.

    Example:
        >>> [names(text, "王建国") for text in ("王 建 国家门前", "王某家的柴草", "王子山脚堆柴")]
        [True, True, False]
    """
    words, whole = fold(text).words, fold(name).words
    if not whole:
        return False
    surname = re.escape(whole[0])
    # 张家湾 is a place; 张家的猪 is somebody's.
    by_surname = f"{surname}(?:某|姓)|姓{surname}|{surname}家(?:的|门口|院子|人|猪|牛|鸡|狗|老[大二三])"
    return whole in words or ("\u4e00" <= whole[0] <= "\u9fff" and re.search(by_surname, words) is not None)
