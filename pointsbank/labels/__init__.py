"""The Chinese words of every closed list: one module a list, one word a code.

Pages, sentences, imports and prints read them here, so that one state has one word everywhere. A list is a
module of this package that makes one `Labels`. A room above that collects its codes itself (the shapes of
items) makes its `Labels` there; it enters the same register.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from pointsbank.registers import discover

_FAMILIES: dict[str, "Labels"] = {}


class Labels:
    """One closed list: its codes in order, the Chinese name of each, and how else imports may spell it.

    Example:
        >>> colours = Labels("doctest_colour", {"red": "红", "black": "黑"}, spellings={"red": ("红色",)})
        >>> colours.name("red"), colours.code("红色"), colours.code("green")
        ('红', 'red', None)
        >>> colours.choices()
        {'红': 'red', '红色': 'red', 'red': 'red', '黑': 'black', 'black': 'black'}
    """

    def __init__(
        self,
        family: str,
        names: Mapping[str, str],
        *,
        spellings: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Declare a closed list and enter it in the register.

        Args:
            family: the list's own name; templates write `code | word('family')`.
            names: the Chinese name of each code, in the order in which people see them.
            spellings: further words that imports read as a code. The code itself is always read.

        Raises:
            ValueError: the family is taken, or a word stands for two codes.
        """
        if family in _FAMILIES:
            raise ValueError(f"two lists of labels are called {family}")
        self.family = family
        self.names = dict(names)
        self._spellings = {code: tuple(words) for code, words in (spellings or {}).items()}
        self._codes: dict[str, str] = {}
        for code, name in self.names.items():
            for word in (name, *self._spellings.get(code, ()), code):
                if self._codes.setdefault(word, code) != code:
                    raise ValueError(f"{family}: {word} stands for {self._codes[word]} and for {code}")
        _FAMILIES[family] = self

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(self.names)

    def name(self, code: str) -> str:
        """Return the Chinese name of a code; an unknown code is shown as itself."""
        return self.names.get(code, code)

    def code(self, word: str) -> str | None:
        """Return the code that a name, a further spelling or the code itself stands for; else None."""
        return self._codes.get(word)

    def choices(self) -> dict[str, str]:
        """Return every accepted spelling with its code, the Chinese name of each code first."""
        return dict(self._codes)


@cache
def families() -> Mapping[str, Labels]:
    """Return every declared list by its family."""
    discover(__name__)
    return _FAMILIES


def name(family: str, code: str) -> str:
    """Return the Chinese name of a code of a family; an unknown family or code is shown as the code.

    Example:
        >>> name("score_status", "contested"), name("score_status", "new")
        ('有异议', 'new')
    """
    known = families().get(family)
    return code if known is None else known.name(code)
