"""Finds people by characters, pinyin, initials or code.

A name is spelt in every reading its characters have, since a dictionary reads surnames as common words
(单 is shan as a surname, dan otherwise). All spellings are stored in one text, each between spaces.
"""

import re
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from pointsbank.lazy import LazyModule
from pointsbank.roster.surnames import READINGS
from pointsbank.text import narrow, one_interpunct

if TYPE_CHECKING:
    import pypinyin
else:
    # Its dictionary takes a tenth of the start, and only a name that is written down is read aloud.
    pypinyin = LazyModule("pypinyin")

# Organisations' names are long: with every reading of every character they would fill pages.
MAXIMUM_READ_EVERY_WAY = 4
MAXIMUM_READINGS = 48

_DIGITS = re.compile("[0-9]+")
_OF_GROUPS = ("组", "队", "网格", "片区")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPACED_GROUP = re.compile(
    r"(?<!\S)(第?)\s*([0-9]{1,3}|[一二三四五六七八九十百]{1,5})\s*((?:村民)?(?:小组|组))(?!\S)"
)
_APART = re.compile(r"[\s·]+")


def reading(name: str) -> str:
    """Return how a name is read, its surname as surnames are read.

    Example:
        >>> reading("单雄信")
        'shan xiong xin'
    """
    surname = name[:2] if name[:2] in READINGS else name[:1]
    if surname not in READINGS or len(name) <= 1:
        return " ".join(_syllables(name))
    return " ".join([READINGS[surname], *_syllables(name[len(surname) :])])


def search_key(name: str, code: str) -> str:
    """Return everything a participant can be found by, each between spaces: code, name, pinyin, initials.

    Example:
        >>> search_key("王芳", "0101")
        ' 0101 王芳 wangfang yufang wf yf '
    """
    readings = [reading(name).split()]
    if len(name) <= MAXIMUM_READ_EVERY_WAY:
        readings += islice(map(list, product(*_ways(name))), MAXIMUM_READINGS)
    full = dict.fromkeys("".join(syllables) for syllables in readings)
    initials = dict.fromkeys("".join(syllable[:1] for syllable in syllables) for syllables in readings)
    found_by = dict.fromkeys([code, name, _APART.sub("", name), *full, *initials])
    return f" {' '.join(found_by)} ".lower()


def query_words(query: str) -> list[str]:
    """Return the words of a query as they are written in a search key; all of them must be found.

    Example:
        >>> query_words("Wang  LÜ"), query_words("王 第 1 组")
        (['wang', 'lv'], ['王', '第1组'])
    """
    plain = _SPACED_GROUP.sub(r"\1\2\3", narrow(query).lower()).replace("ü", "v").replace("'", "")
    return one_interpunct(plain).split()[:8]


def by_sound(query: str) -> str:
    """Return a query in Chinese characters as it is read, word by word; empty where it has none.

    Example:
        >>> by_sound("歐陽犇"), by_sound("王健国 0101"), by_sound("wjg")
        ('ouyangben', 'wangjianguo 0101', '')
    """
    # A group is looked for by its name alone.
    words = {word: bool(_HAN.search(word)) and not word.endswith(_OF_GROUPS) for word in query_words(query)}
    if not any(words.values()):
        return ""
    return " ".join("".join(reading(word).split()) if read else word for word, read in words.items())


def sort_key(code: str) -> str:
    """Return a code made sortable alike in every database: 1-2 comes before 1-10.

    Example:
        >>> sort_key("1-2") < sort_key("1-10")
        True
    """
    padded = _DIGITS.sub(lambda digits: digits[0].zfill(8), code)
    return padded.encode().hex()


def _syllables(name: str) -> list[str]:
    """Return the syllables of a name's usual reading; Latin letters and digits are kept."""
    return [way[0].lower() for way in _ways(name) if way[0].strip()]


@cache
def _reader() -> "pypinyin.core.Pinyin":
    """Return what cuts a name into words of the dictionary."""
    return pypinyin.core.Pinyin()


# A file is looked through before it is written, and names of a village are not seldom the same.
@lru_cache(maxsize=4096)
def _ways(name: str) -> tuple[tuple[str, ...], ...]:
    """Return for each character every way to read it in its place, the usual one first."""
    words = _reader().seg(_APART.sub("", name))
    return tuple(way for word in words for way in _word(word))


@lru_cache(maxsize=4096)
def _word(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read one word of the dictionary; a village's names share a few hundred."""
    return tuple(map(tuple, pypinyin.pinyin(word, style=pypinyin.Style.NORMAL, heteronym=True)))
