"""How a name is read aloud, and what of it can be found by: characters, pinyin, initials, code."""

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from pointsbank.lazy import LazyModule
from pointsbank.roster.surnames import DOUBLE, SINGLE
from pointsbank.text import narrow

if TYPE_CHECKING:
    import pypinyin
else:
    # Its dictionary takes a tenth of the start, and only a name that is written down is read aloud.
    pypinyin = LazyModule("pypinyin")

# Organisations' names are long: with every reading of every character they would fill pages.
MAXIMUM_READ_EVERY_WAY = 4
MAXIMUM_READINGS = 48

_APART = re.compile(r"[\s·]+")


def reading(name: str) -> str:
    """How a name is read, its surname as surnames are read: 单雄信 is shan xiong xin."""
    surname = name[:2] if name[:2] in DOUBLE else name[:1]
    read = DOUBLE.get(surname) or SINGLE.get(surname)
    if read is None or len(name) <= 1:
        return " ".join(_syllables(name))
    return " ".join([read, *_syllables(name[len(surname) :])])


def search_key(name: str, code: str) -> str:
    """Everything a participant can be found by, each between spaces: code, name, pinyin, initials."""
    readings = [reading(name).split()]
    if len(name) <= MAXIMUM_READ_EVERY_WAY:
        readings += islice(map(list, product(*_ways(name))), MAXIMUM_READINGS)
    full = dict.fromkeys("".join(syllables) for syllables in readings)
    initials = dict.fromkeys("".join(syllable[:1] for syllable in syllables) for syllables in readings)
    found_by = dict.fromkeys([code, name, _APART.sub("", name), *full, *initials])
    return f" {' '.join(found_by)} ".lower()


def query_words(query: str) -> list[str]:
    """The words of a query as they stand in a search key; all of them must be found."""
    plain = narrow(query).lower().replace("ü", "v").replace("'", "")
    plain = re.sub("[•‧∙⋅・･]", "·", plain)
    return plain.split()[:8]


def sort_key(code: str) -> str:
    """A code made sortable alike in every database: 1-2 comes before 1-10."""
    padded = re.sub("[0-9]+", lambda digits: digits[0].zfill(8), code)
    return padded.encode().hex()


def _syllables(name: str) -> list[str]:
    """The syllables of a name's usual reading; Latin letters and digits are kept as they are."""
    return [way[0].lower() for way in _ways(name) if way[0].strip()]


@lru_cache(maxsize=64)
def _ways(name: str) -> tuple[tuple[str, ...], ...]:
    """Of each character, every way to read it where it stands, the usual one first."""
    words = pypinyin.core.Pinyin().seg(_APART.sub("", name))
    return tuple(way for word in words for way in _word(word))


@lru_cache(maxsize=4096)
def _word(word: str) -> tuple[tuple[str, ...], ...]:
    """The same of one character or word of the dictionary: a village's names share a few hundred."""
    return tuple(map(tuple, pypinyin.pinyin(word, style=pypinyin.Style.NORMAL, heteronym=True)))
