"""Reads a text as a reader does: a word is one word in full width, spaced or dotted, or in old characters.

A text is folded four ways. `words` is in NFKC, simplified, lower case, without the small marks and spaces
that may stand inside a word; 、，。； stay, since no word goes across them, and a bracket is one of them.
`digits` has numerals as digits, without days, and with runs of digits joined. `latin` keeps Latin letters in
syllables, for words in pinyin. `bare` is `words` without any digit or letter that is no Chinese character,
and without brackets around such: a name is a name with something put between its characters.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pointsbank.law.characters import SIMPLIFIED

_INSIDE_WORDS = re.compile(r"[\s·•・.．*_\-—–~|/\\^'‘’\"“”「」『』{}&=`´#]+")
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SIGNS_INSIDE = re.compile(rf"(?<={_HAN})[^\w\s!?:、，。；,;()\[\]【】<>《》〈〉]+(?={_HAN})")
_SPELT_OUT = re.compile(rf"(?<!{_HAN})({_HAN})[!?:;。、，,]+(?={_HAN}(?!{_HAN}))")
# Two characters, each alone between marks, begin a word that is spelt out, which may go on (王;建;国占道).
_SPELT_BEGUN = re.compile(rf"(?<!{_HAN})({_HAN})[!?:;。、，,]+({_HAN})[!?:;。、，,]+(?={_HAN})")
# Han numerals are digits to Unicode, and characters to a reader.
_FOREIGN = re.compile(
    rf"[(\[【<《〈]?(?:(?!{_HAN})\w)+[)\]】>》〉]?|[(\[【<《〈][〇零一二三四五六七八九十]+[)\]】>》〉]"
)
_BRACKETS = re.compile(r"[()（）\[\]【】<>《》〈〉]+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s·•・.\-—–_*/()]+(?=[0-9x])")
_NUMERALS = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0012345678911234567" + "89")
_DAYS = re.compile(
    r"(?<![0-9])(?<![0-9][-.\s])(?:19|20)[0-9]{2}\s*[-./年]\s*(?:1[0-2]|0?[1-9])"
    r"(?:\s*[-./月]\s*(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])\s*[日号]?|\s*月|(?![0-9]))"
    r"|(?<![0-9])(?:1[0-2]|0?[1-9])\s*月\s*(?:3[01]|[12][0-9]|0?[1-9])\s*[日号]"
)
_HAN_NUMERALS = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?")


_NO_LETTERS = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Folded:
    """One text, read four ways."""

    words: str
    digits: str
    latin: str
    bare: str


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Return a text as the rules read it.

    Example:
        >>> fold("赌 博·ＤＵ bó").words
        '赌博dubo'
        >>> fold("2026年9月12日，１38-0000 1234").digits
        ' ,13800001234'
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(SIMPLIFIED)
    # Marks and selectors of another form change how a character looks, if at all, and not what it is.
    toneless = "".join(
        mark
        for mark in unicodedata.normalize("NFD", plain)
        if not unicodedata.combining(mark) and unicodedata.category(mark) not in _NO_LETTERS
    )
    words, bare = _joined(toneless), _FOREIGN.sub("", _INSIDE_WORDS.sub("", toneless))
    return Folded(
        words=words,
        digits=_BETWEEN_DIGITS.sub(
            "", _DAYS.sub(" ", _HAN_NUMERALS.sub(_number, toneless).translate(_NUMERALS))
        ),
        latin=re.sub("[^a-z]+", " ", toneless),
        bare=_joined(bare),
    )


def _joined(text: str) -> str:
    """Return a text whose words are whole, however their characters are parted."""
    begun = _SPELT_BEGUN.sub(r"\1\2", _SIGNS_INSIDE.sub("", _INSIDE_WORDS.sub("", text)))
    joined = _SPELT_OUT.sub(r"\1", begun)
    return _BRACKETS.sub("，", joined).strip("，")


def _number(numeral: re.Match[str]) -> str:
    """Return 十二 as 12."""
    tens, ones = numeral.group().split("十")
    digits = "一二三四五六七八九"
    return str((digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0))
