"""Who an item applies to (适用), where the scheme says it in words that name kinds of participants. Pure."""

import re
from functools import lru_cache

from pointsbank.scoring.values import Item

_KINDS = {
    "household": ("户", "农户", "家庭", "household"),
    "party_member": ("党员", "party_member"),
    "party_branch": ("支部", "党支部", "party_branch"),
    "volunteer_team": ("志愿队", "志愿服务队", "volunteer_team"),
    "organisation": ("企业", "社会组织", "organisation"),
    "group": ("小组", "村民小组", "网格", "group"),
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_SEPARATORS = re.compile(r"[/、，,；;和\s]+")


@lru_cache(maxsize=1024)
def kinds_of(applies_to: str) -> frozenset[str]:
    """The kinds these words name; none where a word is not a kind ("村民个人"): people judge that."""
    words = [word for word in _SEPARATORS.split(applies_to) if word]
    kinds = frozenset(_BY_WORD[word] for word in words if word in _BY_WORD)
    return kinds if all(word in _BY_WORD for word in words) else frozenset()


def applies(item: Item, kind: str) -> bool:
    """Whether an item may be scored for a participant of this kind."""
    kinds = kinds_of(item.applies_to)
    return not kinds or kind in kinds
