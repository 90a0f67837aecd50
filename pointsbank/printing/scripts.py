"""Which scripts are drawn, and which would come out wrong: letters set one after the other, never joined.

A character goes to paper by itself, the next one beside it. That is right for Chinese, Yi, Latin, Cyrillic,
Hangul and others of the kind. It is wrong where letters join or stack (Uyghur in Arabic letters, Tibetan,
Mongolian) or where a mark must find its place on another letter: there every character has an outline and the
name is still not written. Such a name is not drawn. The script of a character is that of Unicode's own table
(UAX 24), as fontTools carries it.
"""

import unicodedata

from fontTools import unicodedata as scripts

from pointsbank.labels.script import SCRIPT

COMMON = "Zyyy"
_JOINING_JAMO = (range(0x1100, 0x1200), range(0xA960, 0xA980), range(0xD7B0, 0xD800))


def is_set_alone(character: str) -> bool:
    """Return whether a character looks right by itself, beside any other.

    Example:
        >>> [is_set_alone(character) for character in ("王", "ꀋ", "ئ", "ཀ", chr(0x301))]
        [True, True, False, False, False]
    """
    if unicodedata.category(character).startswith("M"):
        return False
    if any(ord(character) in jamo for jamo in _JOINING_JAMO):
        return False
    return script_of(character) in _ALONE


def script_of(character: str) -> str:
    """Return the four letters of a character's script (ISO 15924), as `Hani`.

    Example:
        >>> script_of("王"), script_of("ཀ")
        ('Hani', 'Tibt')
    """
    return str(scripts.script(character))


def script_in_words(script: str) -> str:
    """Return the Chinese name of a script, or Unicode's English one.

    Example:
        >>> script_in_words("Tibt"), script_in_words("Thai")
        ('藏文', '泰文')
    """
    return SCRIPT.name(script) if script in SCRIPT.names else str(scripts.script_name(script, default=script))


_ALONE = frozenset(
    {COMMON, "Hani", "Latn", "Grek", "Cyrl", "Hira", "Kana", "Bopo", "Hang", "Yiii", "Lisu", "Talu", "Tale"}
    | {"Geor", "Armn", "Ethi", "Nshu"}
)
