"""Reads lists of people as villages write them: 接龙 of a chat group, sign-in sheets, names in a row. Pure.

What comes out are words that each name one household, as a box for households finds them: a name, a code,
or a code and a name together. Numbers that run 1, 2, 3 … before names are places in the list and no codes;
other numbers are never dropped, so that what they are is asked.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pointsbank.text import narrow

MAXIMUM_WORD = 300
"""Characters of a word that are kept: no name is longer, nor what a scanner reads from a card."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
# Crosses, a raised hand and the like say the contrary of a tick.
_CROSSES = "×✕✖✗✘❌❎\U0001f44e\U0001f645\U0001f6ab"
_PICTURES = (
    "√\u200d\u2600-\u2714\u2719-\u274b\u274d\u274f-\u27bf\ufe0f"
    "\U0001f300-\U0001f44d\U0001f44f-\U0001f644\U0001f646-\U0001f6aa\U0001f6ac-\U0001faff"
)

_BETWEEN = re.compile(r"[,、;。]+")
_SPACES = re.compile(r"\s+")
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{0,60})[)\]】]")
# 1. 1、 1) (1) 1- 1#: a number, and a sign that parts it from what follows; also behind a name.
_MARKED = re.compile(
    rf"(?:^|(?<=[\s,、;{_HAN}{_PICTURES}]))\(?([0-9]{{1,3}})\s*"
    # 1.5小时 and 18:30 are no places: behind a full stop or a colon no digit follows at once.
    r"(?:(?:[.:]\s+|[、)]\s*)(?=[^\s.])|(?:[.:#-]|\s)\s*(?=[^\s0-9.]))"
)
_GLUED = re.compile(rf"(?:^|(?<=[\s,、;]))([0-9]{{1,3}})(?=[{_HAN}])")
# Only at the beginning of a line: "1,王建国" in one may name the household 1.
_BEFORE_COMMA = re.compile(rf"^([0-9]{{1,3}})\s*,\s*(?=[{_HAN}])", re.MULTILINE)
_SIGN = re.compile("[.、:)#-]")
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z_./-]{0,31}")
_NAME = re.compile(rf"[{_HAN}·•.]{{2,}}")
# Two characters are often written apart, so that names end below each other.
_APART = re.compile(rf"(?<![{_HAN}·0-9A-Za-z])([{_HAN}]) +([{_HAN}]{{1,3}})(?![{_HAN}·])")

_AT_ENDS = re.compile(rf"^[@{_PICTURES}]+|[{_PICTURES}]+$")
_BEHIND_NAME = re.compile(rf"(?<=[{_HAN}])(?:[+]?等?[0-9]{{1,3}}个?[人位名]|[+][0-9]{{1,2}})$")
_MEASURE = "(?:人|位|名|小时|次|份|元|块|斤|天|户|口人|口|组员|员)"
_NOISE = re.compile(
    rf"[{_PICTURES}+*·_=~…!]+"
    rf"|[+]?[0-9一二两三四五六七八九十半]+(?:\.[0-9]+)?(?:个)?{_MEASURE}"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:到|来|签到)?"
    r"|(?:20[0-9]{2}[-/年.])?[0-9]{1,2}[-/月][0-9]{1,2}[日号]?"
    r"|(?:已|全)?(?:交|到|签|签到|报名|参加|完成|收到|打卡|到场|到齐|来|去|报到|缴费|确认)了?"
    r"|[上下中]午|早上|晚上|本人|一家|全家|[+][0-9]+"
    r"|序号|编号|户号|户主|姓名|户主姓名|签名|签字|备注|电话|联系电话|手机|人数|时间|日期|小组|组别"
    rf"|(?:合计|总计|共计|小计|共):?[0-9]*个?{_MEASURE}?"
)
# Beside a name these are remarks; alone they are asked about.
_BESIDE_NAME = re.compile(
    r"1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx]|第?[0-9一二三四五六七八九十]{1,3}(?:村民)?(?:小?组|队|社|网格)"
    r"|(?:参加|报名|打扫|清扫).{1,8}"
)
# Whoever stands in the list and was not there, or perhaps not: nobody guesses that this is only a remark.
_ABSENT = re.compile(rf"[未没不缺?{_CROSSES}]|请假|[病事]假|外出|取消|退出|^(?:[xX无0]|[-—–/]+)$")
_NOUGHT = re.compile(r"[xX0]|[-—–/]+")
_LABEL = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]{1,3}(?:村民)?(?:小?组|队|社|网格)|[参到][加与场]?的?人员|人员|名单|人员名单)\s*:"
)
_CARD = re.compile(r"(?:卡号|编号|[Nn][Oo]|№)[\s.:]*([0-9]{3})[ -]?([0-9]{3})[ -]?([0-9]{3})(?![0-9])")
"""A card's number as it stands on a card: one word, though there are spaces in it."""
_COLON = re.compile(rf"(?<=[{_HAN}]):|:(?=[{_HAN}])")
_CHAIN = re.compile(r"[#\[【]*\s*(?:接龙|Group Note)[】\]]?", re.IGNORECASE)
_SAMPLE = re.compile(r"例\s*[.:、]?\s*")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")


def _places_in_rings() -> dict[int, str]:
    """Return what ①, ⑴, ⒈, ㉑ and the picture of a ten stand for."""
    rings = [*range(0x2460, 0x249C), *range(0x3251, 0x3260)]
    written = {sign: f" {int(unicodedata.numeric(chr(sign)))}. " for sign in rings}
    return written | {0x1F51F: " 10. "}


_RINGS = _places_in_rings()


def read_name_list(text: str) -> list[str]:
    """Return the words that each name one household of a list, in its order, as often as they are there.

    Nothing that may be a household is left out: what is no name and no known remark is a word of its own,
    and who stands there as absent is one word with that remark, so that both are asked about.

    Example:
        >>> read_name_list("#接龙\\n8月20日大扫除\\n1. 王建国 2人\\n2、李秀英（已交）")
        ['王建国', '李秀英']
        >>> read_name_list("0101 0302、欧阳犇")
        ['0101', '0302', '欧阳犇']
        >>> read_name_list("卡号 012 345 674，0302")
        ['012345674', '0302']
    """
    text = _KEYCAP.sub(r" \1. ", text.translate(_RINGS))
    lines = [line for line in (narrow(_SPACES.sub(" ", line)) for line in text.splitlines()) if line]
    is_chain = bool(lines) and _CHAIN.match(lines[0]) is not None
    if is_chain:
        lines[0] = _CHAIN.sub("", lines[0], count=1)
    lines = [_without_remarks(line) for line in lines if not _SAMPLE.match(line)]
    numbered = _numbered(lines, is_chain=is_chain)
    entries = list(_plain(lines)) if numbered is None else numbered
    return [entry[:MAXIMUM_WORD] for entry in entries]


def _without_remarks(line: str) -> str:
    """Return a line without what stands in brackets and without labels; that somebody is absent stays."""
    line = _IN_BRACKETS.sub(lambda found: f" {found[1]} " if _ABSENT.search(found[1]) else " ", line)
    return _LABEL.sub(" ", _CARD.sub(r" \1\2\3 ", line))


def _numbered(lines: list[str], *, is_chain: bool) -> list[str] | None:
    """Return the entries of a list whose places run 1, 2, 3 …; None where no numbers do.

    What stands before the first place is the list's heading.
    """
    text = "\n".join(lines)
    for pattern in (_MARKED, _GLUED, _BEFORE_COMMA):
        found = list(pattern.finditer(text))
        if not _are_places(found, is_chain=is_chain):
            continue
        ends = [one.start() for one in found[1:]] + [len(text)]
        parts = [text[one.end() : end] for one, end in zip(found, ends, strict=True)]
        # Whoever added himself below without a place is named all the same.
        before = text[: found[0].start()]
        is_heading = is_chain or before.rstrip().endswith(":")
        heading = [] if is_heading else _plain(before.split("\n"))
        return [*heading, *_plain("\n".join(parts).split("\n"))]
    return None


def _are_places(found: list[re.Match[str]], *, is_chain: bool) -> bool:
    """Return whether numbers before names are places in the list: they run from 1 on.

    Where each has a sign behind it, some may be missing or double, as when somebody left a chain again; and
    the list may be the second half of one, if none is missing.
    """
    numbers = [int(one[1]) for one in found]
    if not numbers:
        return False
    runs = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if all(_SIGN.search(one[0]) for one in found):
        return numbers == sorted(numbers) if numbers[0] == 1 else runs and len(numbers) > 1
    return runs and numbers[0] == 1 and (len(numbers) > 1 or is_chain)


def _plain(lines: Iterable[str]) -> Iterator[str]:
    """Yield the entries of lines without places."""
    for line in lines:
        for part in _BETWEEN.split(_APART.sub(r"\1\2", line)):
            yield from _entries(_words(part))


def _entries(words: list[str]) -> list[str]:
    """Return the entries of one part of a line: a code and a name are one, else each word is."""
    named = [word for word in words if not _BESIDE_NAME.fullmatch(word)]
    if any(map(_is_name, named)):
        words = named
        if any(_ABSENT.search(word) for place, word in enumerate(words) if place or not _is_name(word)):
            # As a cross such a sign is no part of any code, by which somebody could be found after all.
            return [" ".join("×" if _NOUGHT.fullmatch(word) else word for word in words)]
    if len(words) == 2 and sum(map(_is_code, words)) == 1 and sum(map(_is_name, words)) == 1:
        return [" ".join(words)]
    return words


def _words(part: str) -> list[str]:
    """Return the words of a part that are no remark, without ticks and pictures at their ends."""
    found = (_AT_ENDS.sub("", word[:MAXIMUM_WORD]) for word in _SPACES.split(_COLON.sub(" ", part)))
    words = (_BEHIND_NAME.sub("", word) for word in found if not _NOISE.fullmatch(word))
    return [word for word in words if word]


def _is_code(word: str) -> bool:
    return _CODE.fullmatch(word) is not None


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None
