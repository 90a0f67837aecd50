"""Puts another text in the place of what no font draws, before anything is drawn, and says of what.

One household's name must not stop the cards of a thousand. A name is a `text.Replaceable`, which knows what
stands in its place; in any other text a character that is not drawn becomes 〓, as printers always did.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from pointsbank.printing.scripts import is_set_alone, script_in_words, script_of

MISSING = "〓"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A text with characters that no font draws, and what was printed in its place."""

    text: str
    characters: str
    instead: str

    def __str__(self) -> str:
        """Return it in words, each character with its number and its script, and what may be done."""
        each = "、".join(
            f"{one} U+{ord(one):04X} {script_in_words(script_of(one))}" for one in self.characters
        )
        way_out = _JOINED if not any(map(is_set_alone, self.characters)) else _FONT
        return f"“{self.text}”印成“{self.instead}”，字体画不出：{each}；{way_out}"


_JOINED = "要连写或叠写的文字本程序画不对，所以不画"
_SHOWN = 20
_FONT = "请管理员用 pointsbank fonts try 试一个有这个字的字体"


def drawn_otherwise(file: str, names: Mapping[str, str]) -> str:
    """Return what an official has to know of a face of official documents before it is printed with.

    Args:
        file: the name of its file.
        names: those of which it lacks characters, with these.

    Example:
        >>> drawn_otherwise("fangsong.ttf", {"王䶮国": "䶮"})[:42]
        '公文字体 fangsong.ttf 缺1个名字里的字：王䶮国（缺“䶮”）。印公文时这'
    """
    each = [f"{name}（缺“{characters}”）" for name, characters in list(names.items())[:_SHOWN]]
    shown = "、".join(each) + ("等" if len(names) > len(each) else "")
    return (
        f"公文字体 {file} 缺{len(names)}个名字里的字：{shown}。"
        "印公文时这些字用自带字体画，字不会错，字形不一样；要一样，请管理员在设置里换一个字全的字体。"
    )


def printed_fields(value: Any) -> Iterator[str]:
    """Yield the names of a dataclass's fields that go to paper: all but those marked `printed=False`."""
    return (field.name for field in fields(value) if field.metadata.get("printed", True))


def legible(value: Value, lacking: Callable[[str], str]) -> tuple[Value, tuple[Undrawn, ...]]:
    """Return a value with other texts for those that cannot be drawn, and what was exchanged.

    Args:
        value: a frozen dataclass, texts, tuples and dataclasses within it.
        lacking: returns the characters of a text that no font draws.
    """
    found: dict[tuple[str, str], Undrawn] = {}

    def exchanged(part: Any) -> Any:
        if isinstance(part, str) and not isinstance(part, Enum):
            characters = lacking(part)
            if not characters:
                return part
            instead = _marked(getattr(part, "instead", "") or part, lacking)
            found[str(part), instead] = Undrawn(str(part), characters, instead)
            # Of the same class, so that a name stays a name and a cleared text a cleared one.
            return str.__new__(type(part), instead)
        if isinstance(part, tuple) and not hasattr(part, "_fields"):
            return tuple(map(exchanged, part))
        if is_dataclass(part) and not isinstance(part, type):
            return _with(part, {name: exchanged(getattr(part, name)) for name in printed_fields(part)})
        return part

    return exchanged(value), tuple(found.values())


def undrawn(texts: Iterable[str], lacking: Callable[[str], str]) -> tuple[Undrawn, ...]:
    """Return those of some texts that cannot be drawn, with what would stand in their place."""
    return legible(tuple(texts), lacking)[1]


def _marked(text: str, lacking: Callable[[str], str]) -> str:
    """Return a text with a mark for each character that is not drawn."""
    characters = lacking(text)
    return "".join(MISSING if one in characters else one for one in text)


def _with(value: Any, texts: dict[str, Any]) -> Any:
    """Return a dataclass with these fields, the same one where nothing changed."""
    changed = {name: new for name, new in texts.items() if new is not getattr(value, name)}
    return replace(value, **changed) if changed else value
