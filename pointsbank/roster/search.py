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
        >>> query_words("Wang  LÜ")
        ['wang', 'lv']
    """
    plain = narrow(query).lower().replace("ü", "v").replace("'", "")
    return one_interpunct(plain).split()[:8]


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
