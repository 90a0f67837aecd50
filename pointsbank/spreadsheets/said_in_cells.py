"""What people write into cells that is no value: as above (同上), or nothing (/ — 无). Pure."""

import re

from pointsbank.text import narrow

_LONGEST = 8
_DITTO = re.compile(
    r"[-—–_]*(?:[〃″“”\"ˮ〞]{1,6}|''|′′|[、，,]{2,4}|、|…{1,3}|\.{3,6}|。{3,6}|↑|⇑|同上?|同[前左右]|上同|如上|ditto)[-—–_]*",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[-—–−－_/／\\＼|]{1,6}|无|暂无|没有|不限")


def is_ditto(cell: str) -> bool:
    """Return whether a cell says that it is as the one above.

    Example:
        >>> is_ditto("同上"), is_ditto("--〃--"), is_ditto("同心组"), is_ditto("-")
        (True, True, False, False)
    """
    return len(cell) <= _LONGEST and _DITTO.fullmatch(cell) is not None


def is_nothing(cell: str) -> bool:
    """Return whether a cell says that there is nothing to say.

    Example:
        >>> is_nothing("/"), is_nothing("——"), is_nothing("无"), is_nothing("0")
        (True, True, True, False)
    """
    return len(cell) <= _LONGEST and _NOTHING.fullmatch(cell) is not None


def has_letters(cell: str) -> bool:
    """Return whether a name has anything in it that can be read aloud: a letter or a figure.

    Example:
        >>> has_letters("一组"), has_letters("——"), has_letters("？")
        (True, False, False)
    """
    return any(letter.isalnum() for letter in narrow(cell))
