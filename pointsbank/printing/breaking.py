"""Where a line of Chinese may end: one expression finds the places, and lines are filled one after the other.

Plain text in, plain lines out; nothing here knows a tag. By GB/T 15834-2011 (5.1) and the W3C's Requirements
for Chinese Text Layout (3.1.3): no line begins with a closing mark, a dash, an ellipsis or a sign that joins,
none ends with an opening mark, and what is one word to a reader stays on one line: a figure with its sign,
decimals and unit, a day, a range, a Latin word, …… and ——. Only what is wider than a whole line is cut.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

NEVER_FIRST = "，。、；：？！》〉）」』】〕〗］｝”’…—–－～·‧・％%‰℃°,.;:?!)]}~"
"""Marks that begin no line."""

NEVER_LAST = "《〈（「『【〔〖［｛“‘￥¥＄№([{"
"""Marks that end no line."""

JOINING = "/／*＊×\"'"
"""Marks that do neither: 元/包, and the sign that masks a name (王*国)."""

_WORD = "!-~±−\u00b2\u00b3\u00b5\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff０-９Ａ-Ｚａ-ｚ"
"""What words and figures of other scripts than Chinese consist of."""

_UNIT = (
    "年月日号天周岁时点分秒元角户人名次个位组村级度条款项期届页份张件包袋瓶箱桶盒斤克吨两米里亩"
    "场趟轮桌辆台只头块棵万亿千百倍"
)
_LONG_UNITS = "公斤 公里 公顷 小时 分钟 秒钟 千克 毫米 厘米 周岁 人次 个月 万元 平方米 立方米 工作日 个工作日"
_WITHIN_UNITS = "".join(
    f"(?!(?<=[0-9]{unit[:count]}){unit[count:]})"
    for unit in _LONG_UNITS.split()
    for count in range(len(unit))
)
"""After a figure a unit begins at once, and one of several characters is not parted."""

_first, _last, _joining = map(re.escape, (NEVER_FIRST, NEVER_LAST, JOINING))

_PLACE = re.compile(
    rf"(?<=.)(?![{_first}{_joining} ])"
    # What stood before, and a space after it stays with it.
    rf"(?<![{_last}{_joining}])(?<![{_last}{_joining}] )"
    # Not within a word.
    rf"(?:(?<![{_WORD}])|(?![{_WORD}]))"
    # Not within a figure with its unit, an ordinal, a day or a time, a range.
    rf"(?!(?<=[0-9０-９])[{_UNIT}])(?!(?<=第)[0-9]){_WITHIN_UNITS}"
    r"(?!(?<=[0-9]年)[0-9]{1,2}月)(?!(?<=[0-9]月)[0-9]{1,2}[日号])(?!(?<=[0-9][时点])[0-9]{1,2}分)"
    r"(?!(?<=[0-9])至[0-9])(?!(?<=[0-9][至～—–－])[0-9])"
)

_WITHIN = re.compile(r"(?<=[-._?&=:;,~#%+|/\\年月日时点至～])(?<![0-9][.,:])(?=[0-9A-Za-z])")
"""Where a word that is wider than a line is cut first: a web address behind a dot, a day behind its year."""

_SINGLE = re.compile(rf"[{_last}]*(?:[0-9]+(?:[.,:][0-9]+)*|.)(?:[{_joining}]+.)?[{_first}]*")


class Line(NamedTuple):
    """One line: the parts that stay whole, each with the space behind it; none behind the last."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return what stands on the line."""
        return "".join(self.parts)


def parts_of(text: str) -> list[str]:
    """Return a text cut at every place where a line may end.

    Example:
        >>> parts_of("共得12.5分，见《细则》第3条。")
        ['共', '得', '12.5分，', '见', '《细', '则》', '第3条。']
        >>> parts_of("至2026年9月8日——王*国 3～5元/包……")
        ['至', '2026年9月8日——', '王*国 ', '3～5元/包……']
    """
    return _cut(" ".join(text.split()), _PLACE)


def lines_of(text: str, *, width: float, measure: Callable[[str], float], indent: float = 0) -> list[Line]:
    """Fill lines of a width with a text, each as full as may be.

    Args:
        width: of a line, in the unit of `measure`. indent: so much of the first line is empty.
        measure: returns how wide a text comes out: the sum of its characters.

    Example:
        >>> [line.text for line in lines_of("参加清扫，每次3分。", width=4, measure=len)]
        ['参加清', '扫，每次', '3分。']
    """
    whole = parts_of(text)
    filled: list[list[str]] = [[]] if indent and whole else []
    used = indent
    for part in [*_narrow(whole[:1], width - indent, measure), *_narrow(whole[1:], width, measure)]:
        if filled and used + measure(part.rstrip()) <= width + _ROUNDING:
            filled[-1].append(part)
            used += measure(part)
        else:
            filled.append([part])
            used = measure(part)
    _accompany(filled, width, measure)
    return [_line(parts) for parts in filled]


def _accompany(filled: list[list[str]], width: float, measure: Callable[[str], float]) -> None:
    """Give a character that stands alone on the last line (孤字) company from the line before."""
    if len(filled) < 2 or len("".join(filled[-1]).rstrip(NEVER_FIRST)) != 1 or len(filled[-2]) < 3:
        return
    if measure("".join([filled[-2][-1], *filled[-1]])) <= width + _ROUNDING:
        filled[-1].insert(0, filled[-2].pop())


def shortened(
    lines: Sequence[Line], count: int, *, width: float, measure: Callable[[str], float]
) -> list[Line]:
    """Return the first lines, the last of them ending in … where some are left out; no figure is cut.

    Example:
        >>> lines = lines_of("参加清扫，每次3分。", width=4, measure=len)
        >>> [line.text for line in shortened(lines, 2, width=4, measure=len)]
        ['参加清', '扫，每…']
    """
    kept = list(lines[:count])
    if len(lines) <= count or not kept:
        return kept
    parts = list(kept[-1].parts)
    # What stands alone on the line goes in smaller and smaller pieces: first a day's last figure.
    for cut in _FINER:
        while len(parts) > 1 and measure(_ended("".join(parts))) > width + _ROUNDING:
            parts.pop()
        if len(parts) == 1:
            parts = cut(parts[0])
    while len(parts) > 1 and measure(_ended("".join(parts))) > width + _ROUNDING:
        parts.pop()
    text = "".join(parts)
    kept[-1] = Line((_ended(text),))
    return kept


_ROUNDING = 1e-6


def _ended(text: str) -> str:
    """Return a text that breaks off: without a mark that would stand oddly before the sign of it."""
    return (text.rstrip(" ，、；：—·" + NEVER_LAST) or text) + "…"


def _line(parts: Sequence[str]) -> Line:
    return Line((*parts[:-1], parts[-1].rstrip()))


def _cut(text: str, places: re.Pattern[str]) -> list[str]:
    ends = [found.start() for found in places.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if start < end]


def _within(part: str) -> list[str]:
    return _cut(part, _WITHIN)


def _singles(part: str) -> list[str]:
    return _SINGLE.findall(part)


def _narrow(parts: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the parts, those that are wider than a line cut where it harms least."""
    pieces = list(parts)
    for cut in _FINER:
        pieces = [
            piece
            for one in pieces
            for piece in ([one] if measure(one.rstrip()) <= width + _ROUNDING else cut(one))
        ]
    return pieces


_FINER: tuple[Callable[[str], list[str]], ...] = (_within, _singles, list)
"""How a part that is wider than a line is cut, gently at first."""
