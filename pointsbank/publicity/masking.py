"""Names as they are shown in public: 王*明, 王*, 欧阳*明, 买**·**力 or 第12户."""

import re
import unicodedata
from typing import Protocol

from pointsbank import law, roster
from pointsbank.law import People, Use, surname_length
from pointsbank.text import Replaceable


class PublicName(Replaceable):
    """A name as it may be shown: made here alone. On paper the 户号 stands for one that no font draws."""


STAR = "*"
NAMED = "named"
NUMBERED = "numbered"

_SEPARATORS = re.compile(r"([·・•‧∙⋅．.\s])")


class Named(Protocol):
    """Anything with a name and a kind: a participant."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def kind(self) -> str:
        """Household, party member, organisation …"""

    @property
    def code(self) -> str:
        """The 户号."""


def public_name(
    participant: Named, consent: str | None, position: int, *, people: People = law.NOBODY
) -> PublicName:
    """Return how a participant is written in public: in full only with consent, or if it is not a person.

    Args:
        consent: `named`, `numbered` or None.
        position: the number among those shown, >= 1.
        people: the village's people, after none of whom a team is shown.

    Example:
        public_name(participant, None, 1)  # "王*国"
    """
    person = participant.kind in roster.PERSONS
    # A remark typed behind a name, 王明（低保）, is nobody's name and nobody's consent.
    use = Use.FACT if person else Use.TEAM
    after_somebody = not person and people.named_in(participant.name)
    lawful = not (after_somebody or law.findings(participant.name, use))
    if lawful and (not person or consent == NAMED):
        return PublicName(participant.name, f"户号{participant.code}")
    if not person:
        return PublicName(f"户号{participant.code}")
    if consent == NUMBERED:
        return PublicName(f"第{position}户")
    return PublicName(mask(participant.name), f"户号{participant.code}")


def mask(name: str) -> PublicName:
    """Hide the middle of a name; what is left never gives the whole name back.

    Example:
        >>> [mask(name) for name in ("王建国", "王明", "欧阳明", "欧阳小明", "买买提·艾力")]
        ['王*国', '王*', '欧阳*', '欧阳*明', '买**·*力']
    """
    parts = _SEPARATORS.split(name)
    words = [word for word in parts[::2] if word]
    if len(words) <= 1:
        return PublicName(_mask_word("".join(words)))
    return PublicName(_mask_foreign(parts))


def _mask_word(name: str) -> str:
    """Mask a name in one piece: surname and last character stay, when something is left between them."""
    letters = _letters(name)
    if len(letters) <= 1:
        return STAR
    kept = surname_length("".join(letters)) if len(letters) > 2 else 1
    if len(letters) <= kept + 1:
        return "".join(letters[:kept]) + STAR
    return "".join(letters[:kept]) + STAR * (len(letters) - kept - 1) + letters[-1]


def _mask_foreign(parts: list[str]) -> str:
    """Mask a name in several pieces: the first letter of the first and the last of the last stay."""
    words = [_letters(word) for word in parts[::2]]
    hidden = [STAR * len(word) for word in words]
    if len(words[0]) > 1:
        hidden[0] = words[0][0] + hidden[0][1:]
    if len(words[-1]) > 1:
        hidden[-1] = hidden[-1][:-1] + words[-1][-1]
    separators = [*parts[1::2], ""]
    return "".join(word + separator for word, separator in zip(hidden, separators, strict=True))


def _letters(word: str) -> list[str]:
    """Return the characters as people count them: a mark or variant selector belongs to the one before."""
    letters: list[str] = []
    for character in word:
        if letters and unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters
