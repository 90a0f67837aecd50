"""Makes `Cleared`: text that passed every rule, the only free text that what hangs is made of.

mypy takes no `str` for a `Cleared`; whoever forgets to clear a text does not get past it. At run time the
class makes no value either, but from `clear`.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NoReturn, Self, final

from pointsbank.errors import Invalid
from pointsbank.law.folding import fold
from pointsbank.law.people import NOBODY, People
from pointsbank.law.place_names import without_places
from pointsbank.law.register import KINDS
from pointsbank.law.rules import NAMES, Finding, Use

_NAMED_AT_MOST = 3
_KEY = object()
_NAMED_LIKE = {
    Use.GROUP: ("一组", "河东组", "第3网格"),
    Use.TEAM: ("志愿服务队", "清扫队", "互助小队"),
}
"""What a name that may not hang can be instead; what somebody did is no name."""


class Wording(Invalid):
    """A text for the wall holds what the law keeps private."""

    code = "wording_unlawful"
    sentence = "{field}不能上墙：{reasons}。{advice}"


class NamesSomebody(Invalid):
    """A text for the wall names one of the village's people."""

    code = "wording_names_somebody"
    sentence = (
        "{field}写了“{names}”，像本村人的姓名或者称呼，不能上墙。请只写事情和地方，不写是谁家，例如“在邻居门前堆放杂物”；"
        "如果是地名，请写得更全，例如“在高山水库边”。"
    )


@final
class Cleared(str):
    """Text that may be shown in public, made by `clear` alone; what is put together from it is `str`."""

    __slots__ = ()

    def __new__(cls, text: str, key: object = None) -> Self:
        """Refuse to be made anywhere but in `clear`.

        Raises:
            TypeError: made elsewhere.
        """
        if key is not _KEY:
            raise TypeError("only pointsbank.law.clear makes a Cleared text")
        return super().__new__(cls, text)

    def __init_subclass__(cls) -> NoReturn:
        """Refuse a kind of cleared text that clears nothing.

        Raises:
            TypeError: always.
        """
        raise TypeError("nothing is a kind of Cleared")

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: what comes back was not cleared by the rules of then.

        Raises:
            TypeError: always.
        """
        raise TypeError("a Cleared text is cleared again, not pickled")

    def __copy__(self) -> Self:
        """Return itself; nothing in it changes."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return itself; nothing in it changes."""
        return self


def findings(text: str, use: Use) -> tuple[Finding, ...]:
    """Return what of a text may not hang, rule by rule.

    Example:
        >>> [(one.rule.code, one.words) for one in findings("因赌博被拘留", Use.FACT)]
        [('gambling', '赌'), ('detention', '被拘')]
        >>> findings("帮扶残疾邻居", Use.DEED)
        ()
    """
    return _findings(text, use)


@lru_cache(maxsize=8192)
def _findings(text: str, use: Use) -> tuple[Finding, ...]:
    """Read a text by every rule; a notice has thousands of lines of the same few titles."""
    folded = without_places(fold(text)) if use in NAMES else fold(text)
    return tuple(
        Finding(rule, words)
        for kind in KINDS
        for rule in kind.rules
        for words in dict.fromkeys(rule.matches(folded, use))
    )


def check(
    text: str, use: Use, *, field: str = "文字", people: People = NOBODY, at: tuple[str, ...] = ()
) -> None:
    """Refuse a text that may not hang.

    Args:
        field: what it is, as the start of a Chinese sentence.
        people: the names of the village in which it would hang.
        at: names under which it is sent.

    Raises:
        Wording: it holds what the law keeps private; the sentence names the rules and words that may stand.
        NamesSomebody: it names one of these people.

    Example:
        check("门前杂物堆放，三次提醒未清理", Use.FACT)
    """
    found = findings(text, use)
    if found:
        raise Wording(field=field, reasons=reasons(found), advice=advice(found, use), at=at)
    if named := people.named_in(text):
        raise NamesSomebody(field=field, names="”“".join(named[:_NAMED_AT_MOST]), at=at)


def clear(
    text: str, use: Use, *, field: str = "文字", people: People = NOBODY, at: tuple[str, ...] = ()
) -> Cleared:
    """Return a text as one that may hang.

    Raises:
        Wording: it holds what the law keeps private; the sentence names the rules and words that may stand.
        NamesSomebody: it names one of these people.

    Example:
        >>> clear("门前杂物堆放，三次提醒未清理", Use.FACT)
        '门前杂物堆放，三次提醒未清理'
    """
    check(text, use, field=field, people=people, at=at)
    return _passed(text)


def _passed(text: str) -> Cleared:
    """Make the value of a text that no rule stands against."""
    return Cleared(text, _KEY)


def replace_unlawful(
    text: str, use: Use, *, instead: Cleared | None = None, people: People = NOBODY
) -> Cleared:
    """Return a text that may hang: itself, or `instead` (else nothing) where it may not, as for `check`.

    For what was written before its rule: a poster is printed all the same, without these words.

    Example:
        >>> replace_unlawful("低保户", Use.FACT)
        ''
    """
    if findings(text, use) or people.named_in(text):
        return NOTHING if instead is None else instead
    return _passed(text)


def reasons(found: Iterable[Finding]) -> str:
    """Return what was found, each with its reason and the law: “赌博”属于……（……）."""
    listed = list(found)
    named = "；".join(
        f"“{one.words}”{one.rule.because}（{one.rule.source}）" for one in listed[:_NAMED_AT_MOST]
    )
    return named + (f"；另有{len(listed) - _NAMED_AT_MOST}处" if len(listed) > _NAMED_AT_MOST else "")


def advice(found: Iterable[Finding], use: Use = Use.DEED) -> str:
    """Return the words that may stand, as a sentence, those first that suit the use."""
    order = -1 if use is Use.FACT else 1
    offered = [words for one in found for words in one.rule.instead[::order]]
    words = dict.fromkeys(_NAMED_LIKE.get(use, offered))
    return f"可以写：{'、'.join(f'“{one}”' for one in list(words)[:_NAMED_AT_MOST])}。"


# No rule is asked about it: to compile them all took a tenth of a second of every start.
NOTHING = _passed("")
"""No words at all."""
