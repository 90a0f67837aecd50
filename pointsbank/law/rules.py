"""What a rule is: words that may not hang, the law behind it, since when, and words that may stand.

A rule reads a folded text (`folding`), where a word is one word however it was typed. What looks like the
word and is not (诚信教育 holds 信教) is kept out by the pattern's own look-around or by `unless`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from pointsbank.law.deeds import Harmless
from pointsbank.law.folding import Folded


class Use(StrEnum):
    """What a text is for; one and the same word may stand in one place and not in another."""

    DEED = "deed"
    """The title of an item that gives points: it says what anybody did, not what somebody is."""
    FAULT = "fault"
    """The title of an item that takes points, or a veto."""
    FACT = "fact"
    """What is written about one household: a listing's fact, a reason."""
    HEADING = "heading"
    """A title or a resolution."""
    EVIDENCE = "evidence"
    """What an item asks as proof, and its legal basis: on what it rests."""
    GROUP = "group"
    """The name of a group of people: whoever stands under it is what it says."""
    TEAM = "team"
    """The name of a team, a branch or an organisation: it may say whom it helps."""
    PLACE = "place"
    """The name of the village, and who issues a sheet."""


NAMES = frozenset({Use.GROUP, Use.TEAM})
"""Names of people together, in which the words of real places (`place_names`) say nothing of them."""
WORDS = NAMES | {Use.DEED, Use.FAULT, Use.FACT, Use.HEADING}
"""Everything that is said about people."""
ON_SCORES = frozenset({Use.DEED, Use.FAULT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Words that may not hang, and why.

    Args:
        code: lower-case letters; never changed, since refusals and documents name it.
        pattern: what is not written, over folded text in simplified characters.
        roundabout: the same in slang, dialect, like-sounding characters and hints, one a line.
        pinyin: the same words in Latin letters, each syllable apart: `du bo`.
        digits: read the text with every numeral as digits, and joined, instead of its words.
        unless: wider words within which the pattern means something else.
        deeds: what of `deeds` makes the word harmless: `HELP`, `PUBLICITY`.
        uses: where the rule holds.
        because: why, as the middle of a Chinese sentence.
        source: law, article; a decision of the centre; or the custom of good villages.
        since: the day from which the source holds.
        reviewed: the day on which somebody last read source and pattern against each other.
        instead: words that may stand, items first and facts last; each of them passes every rule.
        stops, passes: examples, which a test tries, with the use they are tried in.
    """

    code: str
    pattern: str
    because: str
    source: str
    since: date
    reviewed: date
    instead: tuple[str, ...]
    roundabout: tuple[str, ...] = ()
    pinyin: tuple[str, ...] = ()
    digits: bool = False
    unless: str = ""
    deeds: tuple[Harmless, ...] = ()
    uses: frozenset[Use] = WORDS
    stops: tuple[tuple[Use, str], ...] = ()
    passes: tuple[tuple[Use, str], ...] = ()

    def matches(self, text: Folded, use: Use) -> Iterator[str]:
        """Yield the words of a text that this rule does not let stand, as they were read."""
        if use not in self.uses:
            return
        if self.pinyin and text.latin.strip():
            latin = "|".join(" ?".join(word.split()) for word in self.pinyin)
            yield from (match.group() for match in _compiled(f"\\b(?:{latin})\\b").finditer(text.latin))
        read = text.digits if self.digits else text.words
        found = list(_compiled("|".join((self.pattern, *self.roundabout))).finditer(read))
        if not found:
            return
        meant = [match.span() for match in _compiled(self.unless).finditer(read)] if self.unless else []
        for match in found:
            first, end = match.span()
            other = any(start <= first and end <= stop for start, stop in meant)
            if not other and not any(deed.excuses(read, first, end, use) for deed in self.deeds):
                yield match.group()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: all of them would make every start slower."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Kind:
    """Rules about one kind of thing that stays private, with its Chinese name."""

    code: str
    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text, as they were read, that a rule does not let stand."""

    rule: Rule
    words: str
