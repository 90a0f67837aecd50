"""Says how well a participant fits what was typed or scanned: the one order of every search for people.

All ways to spell a name stand in its search key, each between spaces (`search.search_key`). So the whole of
a spelling, its beginning, and any part of it are three texts to look for, in Python and in a database alike:
`PLACES` is the whole rule, and `finding` makes its statement of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from pointsbank.roster.search import query_words
from pointsbank.roster.tokens import read_number, read_token, unlabelled
from pointsbank.spreadsheets import group_spellings

MAXIMUM_TYPED = 100
"""Characters of which the words are looked for; a scanned card's address may be longer."""

MINIMUM_OF_GROUP = 2
"""Characters with which a group's name must begin: one alone would bring half the village."""


class Fit(IntEnum):
    """How well somebody fits; the smaller, the better."""

    EXACT = 0
    """The very code, or one of the cards."""
    WHOLE = 1
    """The whole name, in characters, pinyin or initials."""
    BEGINNING = 2
    """How the name begins: surname, its pinyin or initial; or how the code does."""
    INSIDE = 3
    """Any part of name, pinyin, initials or code."""
    GROUP = 4
    """Not the name, but the group."""


PLACES = ((Fit.WHOLE, " {} "), (Fit.BEGINNING, " {}"), (Fit.INSIDE, "{}"))
"""What stands in a search key around a word, for each way to fit, the best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed or scanned, read once.

    Attributes:
        code: it as a code could be written.
        words: its words as search keys have them; all must be found.
        joined: the same without spaces between: `wang jianguo` is one name.
        number: the card number that it is, or None.
        token: the token of the scanned card that it is, or None.
    """

    code: str
    words: tuple[str, ...]
    joined: str
    number: str | None
    token: str | None


def read_query(typed: str) -> Query:
    """Return what was typed or scanned, in full width or not, as it is looked for.

    Example:
        >>> read_query("Ｗang  jianguo").joined
        'wangjianguo'
        >>> read_query("012 345 671").number
        '012345671'
    """
    plain = unlabelled(typed)
    words = tuple(query_words(plain[:MAXIMUM_TYPED]))
    return Query(plain, words, "".join(words), read_number(typed), read_token(typed))


def fit(
    query: Query, *, code: str, search_key: str, group: str = "", cards: Collection[str] = ()
) -> Fit | None:
    """Return how well a participant fits, or None where it does not.

    Every word must be found, in a spelling of the name, in the code or in the group; the group only narrows.

    Args:
        group: the name of the participant's group.
        cards: numbers and tokens of the participant's cards.

    Example:
        >>> fit(read_query("oy"), code="0302", search_key=" 0302 欧阳犇 ouyangben oyb ")
        <Fit.BEGINNING: 2>
        >>> fit(read_query("oy"), code="0101", search_key=" 0101 钟耀英 zhongyaoying zyy ")
        <Fit.INSIDE: 3>
    """
    if code == query.code or not {query.number, query.token}.isdisjoint(cards):
        return Fit.EXACT
    own = [word for word in query.words if word in search_key]
    if not all(word in own or is_group(word, group) for word in query.words):
        return None
    if not own:
        return Fit.GROUP if query.words else Fit.INSIDE
    return next(
        level
        for level, place in PLACES
        if place.format(query.joined) in search_key or all(place.format(word) in search_key for word in own)
    )


def is_group(word: str, group: str) -> bool:
    """Return whether a word of a query is a group's name in any spelling, or how it begins.

    Example:
        >>> is_group("上湾", "上湾组"), is_group("上", "上湾组"), is_group("第1组", "一组")
        (True, False, True)
    """
    name = group.lower()
    return name in group_spellings(word) or (len(word) >= MINIMUM_OF_GROUP and name.startswith(word))
