"""Whether a text names one of a village's people: whole, starred, by given name and house, or in pinyin.

Everybody's name is folded once into sets, and a text is read by looking its pieces up in them: a thousand
names cost no more than ten. Names of two characters are often words, or halves of two words (高山, 扩张明显):
they count only where nothing but a name can stand.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

from pointsbank.law.folding import fold
from pointsbank.law.ordinary_names import ORDINARY
from pointsbank.law.surnames import surname_length

_HOUSE = (
    "家(?=门|的|屋|院|房|宅|前|后|旁|边|对面|隔壁|附近|里|在|又|乱|堆|占|未|不|没|养|田|地|菜|猪|牛|羊|鸡|鸭|鹅|狗|犬|车|柴|人|老|积分|得分|扣分|评|$|[，。；、：])"
    "|户(?=门|的|屋|院|房|主|乱|堆|占|未|不|没|养|积分|评|$|[，。；、：])|门[前口外]|屋[前后旁边]|房[前后]|院[子内里外墙前后]"
)
_KIN = (
    "夫妇|夫妻|两口|一家|父|母|妻|丈夫|老公|老婆|媳妇|儿|女|孙|兄|弟|姐|妹|老人"
    "|同志|等人|等户|本人|大[爷娘伯妈叔]"
)
_AFTER_ORDINARY = re.compile("家(?=门|的|屋|院|房|前|后|旁|$|[，。；])")
_AFTER_GIVEN = re.compile(_HOUSE)
_AFTER = re.compile(f"{_HOUSE}|{_KIN}")
_ENDS = re.compile(
    "$|[，。；、：！？,;:!?]|的|在|把|将|未|不|没|已|又|多次|三次|两次|乱|占|堆|倒|拒|对|和|与|被|因|私|擅|随|停|养|拖|争|吵|主动|参加|帮"
)
_BEGINS = re.compile(
    "(?:^|[，。；、：！？,;:!?]|户主|村民|邻居|组民|居民|同志|老人|和|与|跟|同|对|被|把|向|给|替|让|叫|由|在|到|去|是|户|组)$"
)
_SOMEBODY = re.compile("某(?![些个种处日月天次时段人村组户地年项条物家])|某家|姓(?:户|人家|村民|人|一?家|的)")
_STARS = re.compile(r"([一-鿿])[*×✕○●◯□█＿_xX某]{1,3}([一-鿿]?)")
_BUILT = "创新改扩重兴修共"
"""What stands before 建国家级示范村 is no given name."""
_LONGEST = 12
_SHORTEST_READING = 6
"""Letters of a name in pinyin that is nothing else wherever it stands; shorter ones are whole words."""
_SHORTEST_WORD = 4
"""Fewer, and initials (WJG), are as often brands and abbreviations: LED, KTV."""
_LATIN, _SYLLABLE = re.compile("[a-z]+(?:[ ·'’-]?[a-z]+)*"), re.compile("[a-z]+")
_SIMPLE = str.maketrans(
    "囯陳張趙劉楊吳鄭馮蔣韓鄧葉蘇呂盧鍾譚陸錢湯賀龔顧萬嚴孫許謝蕭鄒閻賈韋龍黃羅閆莊歐陽國華偉麗蘭鳳軍強榮慶義寶貴霞愛蓮艷紅慧穎東傑輝濤誠勇賢興銀鳴飛雲學進維紀綱廣業志遠達寧樹連長發",
    "国陈张赵刘杨吴郑冯蒋韩邓叶苏吕卢钟谭陆钱汤贺龚顾万严孙许谢萧邹阎贾韦龙黄罗闫庄欧阳国华伟丽兰凤军强荣庆义宝贵霞爱莲艳红慧颖东杰辉涛诚勇贤兴银鸣飞云学进维纪纲广业志远达宁树连长发",
)


_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_NO_NUMERALS = str.maketrans("", "", "〇零一二三四五六七八九十两百千壹贰叁肆伍陆柒捌玖拾")


class Person(NamedTuple):
    """Somebody whose name may not hang: the name, and how it is read in Latin letters without spaces."""

    name: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """The names of a village's people, folded."""

    whole: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the pieces of a text that name one of these people, each once.

        Example:
            >>> people = people_of((Person("李秀英"), Person("高山")))
            >>> [people.named_in(text) for text in ("秀英家门前堆放", "在高山上堆放", "李*英家")]
            [('秀英',), (), ('李*英',)]
        """
        if not self.whole:
            return ()
        found = [
            name
            for words in _readings_of(text)
            for name in (*self._whole(words), *self._given(words), *self._somebody(words))
        ]
        found += self._whole(_without_numerals(text), shortest=3)
        return tuple(dict.fromkeys((*found, *self._starred(text), *self._read(text))))

    def _whole(self, words: str, *, shortest: int = 2) -> Iterator[str]:
        """Yield whole names; those of two characters only where a name must stand."""
        for first in range(len(words)):
            for length in range(min(_LONGEST, len(words) - first), shortest - 1, -1):
                piece = words[first : first + length]
                if piece in self.whole and (length > 2 or _is_a_name(words, first, first + 2)):
                    yield piece
                    break

    def _given(self, words: str) -> Iterator[str]:
        """Yield given names with the house behind them: 建国家门前."""
        for house in _AFTER_GIVEN.finditer(words):
            piece = words[max(0, house.start() - 2) : house.start()]
            before = words[: max(0, house.start() - 2)]
            if piece not in self.given or before.endswith(tuple(_BUILT)):
                continue
            if piece not in ORDINARY or _AFTER_ORDINARY.match(words, house.start()):
                yield piece

    def _somebody(self, words: str) -> Iterator[str]:
        """Yield a surname of the village with 某 or 姓: 王某三千元, 王姓户."""
        for match in _SOMEBODY.finditer(words):
            surname = words[max(0, match.start() - 1) : match.start()]
            if surname in self.surnames:
                yield surname + match.group()

    def _starred(self, text: str) -> Iterator[str]:
        """Yield masked names, which the reader of a village fills in: 王*国."""
        plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SIMPLE)
        for match in _STARS.finditer(plain):
            first, last = match.groups()
            behind = match.end(2) - len(last)
            whole = f"{first}*{last}" in self.starred
            short = f"{first}*" in self.starred
            if whole or (short and (_ENDS.match(plain, behind) or _AFTER.match(plain, behind))):
                yield match.group()

    def _read(self, text: str) -> Iterator[str]:
        """Yield names in pinyin, however their syllables are parted."""
        syllables = fold(text).latin.split()
        for number in range(len(syllables)):
            joined = "".join(syllables[number:])
            for length in range(_SHORTEST_READING, min(len(joined), 40) + 1):
                if joined[:length] in self.readings:
                    yield joined[:length]
        if self.short:
            yield from self._short(text)

    def _short(self, text: str) -> Iterator[str]:
        """Yield short names in pinyin that are words of their own: lina, Li Na."""
        for run in _LATIN.findall(_toneless(text)):
            syllables = _SYLLABLE.findall(run)
            for first in range(len(syllables)):
                for last in range(first + 1, min(first + 3, len(syllables)) + 1):
                    if (joined := "".join(syllables[first:last])) in self.short:
                        yield joined


NOBODY = People()
"""No names: of a village whose people are not asked about."""


@lru_cache(maxsize=32)
def people_of(persons: tuple[Person, ...]) -> People:
    """Return the names of a village's people, folded; the same people are folded once.

    Example:
        >>> people_of((Person("王建国"),)).given
        frozenset({'建国'})
    """
    names = {_plain(one.name) for one in persons}
    names = {name for name in names if len(name) >= 2}
    han = [name for name in names if all(letter >= "㐀" for letter in name) and len(name) <= 4]
    return People(
        whole=frozenset(names),
        given=frozenset(one[surname_length(one) :] for one in han if len(one) - surname_length(one) == 2),
        surnames=frozenset(one[0] for one in han),
        starred=frozenset(f"{one[0]}*{one[-1] if len(one) > 2 else ''}" for one in han),
        readings=frozenset(_readings(persons, _SHORTEST_READING, 40)),
        short=frozenset(_readings(persons, _SHORTEST_WORD, _SHORTEST_READING - 1)),
    )


def all_people(villages: Iterable[People]) -> People:
    """Return the people of several villages together.

    Example:
        >>> sorted(all_people((people_of((Person("王建国"),)), people_of((Person("李秀英"),)))).given)
        ['建国', '秀英']
    """
    found = tuple(villages)
    return People(*(frozenset().union(*parts) for parts in zip(*map(_parts, found), strict=True)))


def _parts(people: People) -> Iterator[frozenset[str]]:
    """Yield what is known of people, in the order in which it is declared."""
    return (getattr(people, field.name) for field in fields(people))


def _readings(persons: Iterable[Person], shortest: int, longest: int) -> Iterator[str]:
    """Yield the readings of so many letters."""
    for one in persons:
        yield from (reading for reading in one.readings if shortest <= len(reading) <= longest)


def _toneless(text: str) -> str:
    """Return a text in small letters without the marks of tones."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _plain(text: str) -> str:
    """Return a text or name folded, with the old characters of names as well."""
    return fold(text).words.translate(_SIMPLE)


def _readings_of(text: str) -> list[str]:
    """Return a text as it stands, without whatever is no character in it, and with its digits as numerals."""
    folded = fold(text)
    words, bare = folded.words.translate(_SIMPLE), folded.bare.translate(_SIMPLE)
    spelt = words.translate(_NUMERALS)
    return list(dict.fromkeys((words, bare, spelt)))


def _without_numerals(text: str) -> str:
    """Return a text without what is no character and without numerals: 王一建二国."""
    return fold(text).bare.translate(_SIMPLE).translate(_NO_NUMERALS)


def _is_a_name(words: str, first: int, end: int) -> bool:
    """Return whether nothing but a name can stand as words[first:end], two characters long."""
    if words[first:end] in ORDINARY:
        return _AFTER_ORDINARY.match(words, end) is not None
    if _AFTER.match(words, end):
        return True
    return bool(_BEGINS.search(words[:first][-2:])) and _ENDS.match(words, end) is not None
