"""Kinds of participants as a scheme's words name them (适用). Pure."""

import re
from functools import lru_cache

from pointsbank.labels.participant_kind import PARTICIPANT_KIND

_SEPARATORS = re.compile(r"[/、，,；;和\s]+")


@lru_cache(maxsize=1024)
def kinds_of(applies_to: str) -> frozenset[str]:
    """Return the kinds of participants that these words name; none where a word is no kind.

    >>> sorted(kinds_of("党员/党支部")), sorted(kinds_of("村民个人"))
    (['party_branch', 'party_member'], [])
    """
    words = [word for word in _SEPARATORS.split(applies_to) if word]
    kinds = [PARTICIPANT_KIND.code(word) for word in words]
    return frozenset(kind for kind in kinds if kind) if all(kinds) else frozenset()
