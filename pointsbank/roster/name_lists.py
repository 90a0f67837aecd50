"""Reads lists of people as villages write them: 接龙 of a chat group, sign-in sheets, names in a row. Pure.

What comes out are words that each name one household, as a box for households finds them: a name, a code,
or a code and a name together. Numbers that run 1, 2, 3 … before names are places in the list and no codes;
other numbers are never dropped, so that what they are is asked.
"""

import re
from collections.abc import Iterable, Iterator

from pointsbank.text import narrow

MAXIMUM_WORD = 60

_BETWEEN = re.compile(r"[，,、；;\t]+")
_SPACES = re.compile(r"\s+")
_IN_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,60}[)）\]】]")
# 1. 1、 1) (1) ①: a number, and a sign that parts it from what follows.
_MARKED = re.compile(
    r"(?:^|(?<=[\s，,、；;]))[(（]?([0-9]{1,3})\s*"
    # 1.5小时 and 18:30 are no places: behind a full stop or a colon no digit follows at once.
    r"(?:(?:[.．:：]\s+|[、)）]\s*)(?=[^\s.])|(?:[.．:：]|\s)\s*(?=[^\s0-9.]))"
)
_GLUED = re.compile(r"(?:^|(?<=[\s，,、；;]))([0-9]{1,3})(?=[\u3400-\u9fff\U00020000-\U0003ffff])")
_CIRCLED = {chr(0x2460 + place): f" {place + 1}. " for place in range(20)}
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z_./-]{0,31}")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•．.]{2,}")

# Ticks and the little pictures that people send.
_SIGNS = re.compile("[√✓✔☑✅❤\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]+$|^[√✓✔☑✅]+")
_NOISE = re.compile(
    r"[√✓✔☑✅👌👍+＋*·\-—–_=~…。！!?？]+"
    r"|[+＋]?[0-9一二两三四五六七八九十半]+(?:\.[0-9]+)?\s*(?:个)?(?:人|位|名|小时|次|份|元|块|斤|天|户|组?员)"
    r"|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?"
    r"|(?:20[0-9]{2}[-/年.])?[0-9]{1,2}[-/月][0-9]{1,2}[日号]?"
    r"|(?:已|未|全)?(?:交|到|签|签到|报名|参加|完成|收到|打卡|到场|到齐|来|去|报到|缴费|确认)了?"
    r"|[上下中]午|早上|晚上|本人|一家|全家"
    r"|[+＋][0-9]+"
)
_CHAIN = re.compile(r"#?\s*接龙")
_SAMPLE = re.compile(r"例\s*[.．:：、]?\s*")


def read_name_list(text: str) -> list[str]:
    """Return the words that each name one household of a list, in its order, each once.

    Example:
        >>> read_name_list("#接龙\\n8月20日大扫除\\n1. 王建国 2人\\n2、李秀英（已交）")
        ['王建国', '李秀英']
        >>> read_name_list("0101 0302、欧阳犇")
        ['0101', '0302', '欧阳犇']
    """
    for sign, written in _CIRCLED.items():
        text = text.replace(sign, written)
    lines = [line for line in (narrow(line) for line in text.splitlines()) if line]
    is_chain = bool(lines) and _CHAIN.match(lines[0]) is not None
    if is_chain:
        lines[0] = _CHAIN.sub("", lines[0], count=1)
    lines = [_IN_BRACKETS.sub(" ", line) for line in lines if not _SAMPLE.match(line)]
    numbered = _numbered(lines, is_chain=is_chain)
    entries = list(_plain(lines)) if numbered is None else numbered
    return list(dict.fromkeys(entry[:MAXIMUM_WORD] for entry in entries if entry))


def _numbered(lines: list[str], *, is_chain: bool) -> list[str] | None:
    """Return the entries of a list whose places run 1, 2, 3 …; None where no numbers do.

    What stands before the first place is the list's heading.
    """
    text = "\n".join(lines)
    for pattern in (_MARKED, _GLUED):
        found = list(pattern.finditer(text))
        if not _are_places(found, is_chain=is_chain):
            continue
        ends = [one.start() for one in found[1:]] + [len(text)]
        parts = [text[one.end() : end] for one, end in zip(found, ends, strict=True)]
        # Whoever added himself below without a place is named all the same.
        first, *more = parts[-1].split("\n")
        before = text[: found[0].start()]
        is_heading = is_chain or before.rstrip().endswith((":", "："))
        heading = [] if is_heading else _plain(before.split("\n"))
        return [*heading, *(_one(part) for part in [*parts[:-1], first]), *_plain(more)]
    return None


def _are_places(found: list[re.Match[str]], *, is_chain: bool) -> bool:
    """Return whether numbers before names are places in the list: they run from 1 on.

    Where each has a sign behind it, some may be missing or double, as when somebody left a chain again.
    """
    numbers = [int(one[1]) for one in found]
    if not numbers or numbers[0] != 1:
        return False
    is_marked = all(re.search(r"[.．、:：)）]", one[0]) for one in found)
    if is_marked:
        return numbers == sorted(numbers)
    return numbers == list(range(1, len(numbers) + 1)) and (len(numbers) > 1 or is_chain)


def _plain(lines: Iterable[str]) -> Iterator[str]:
    """Yield the entries of lines without places: one of a code and a name on a line, else one a word."""
    for line in lines:
        for part in _BETWEEN.split(line):
            words = _words(part)
            if len(words) == 2 and sum(map(_is_code, words)) == 1 and sum(map(_is_name, words)) == 1:
                yield " ".join(words)
            else:
                yield from words


def _one(part: str) -> str:
    """Return the words that name the one household of an entry: its name, and a code where it has one."""
    words = _words(_BETWEEN.sub(" ", part))
    if not words:
        return ""
    code = next((word for word in words if _is_code(word)), "")
    name = next((word for word in words if _is_name(word)), "")
    return " ".join(filter(None, (code, name))) or words[0]


def _words(part: str) -> list[str]:
    """Return the words of a part that are no remark, without ticks and pictures at their ends."""
    words = (_SIGNS.sub("", word) for word in _SPACES.split(part) if not _NOISE.fullmatch(word))
    return [word for word in words if word]


def _is_code(word: str) -> bool:
    return _CODE.fullmatch(word) is not None


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None
