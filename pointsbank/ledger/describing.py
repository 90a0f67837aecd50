"""What an entry of the log says, as one sentence: each room describes the kinds that it writes.

The ledger knows no scores and no staff. A room registers a function for a kind beside the verb that writes
it, so that the words of an entry and the sentence about them stay in one file.
"""

from collections.abc import Callable, Mapping
from typing import Any

Names = Callable[[object], str]
"""Returns the name behind the id of a participant or of a member of staff."""

Describe = Callable[[Mapping[str, Any], Names], str]

_DESCRIBED: dict[str, Describe] = {}


def describes(*kinds: str) -> Callable[[Describe], Describe]:
    """Register a function that makes a sentence of the words of entries of these kinds.

    Raises:
        ValueError: a kind is described already.

    Example:
        @ledger.describes("group_closed")
        def _closed(words, names):
            return f"撤销{words['name']}"
    """

    def register(function: Describe) -> Describe:
        for kind in kinds:
            if _DESCRIBED.setdefault(kind, function) is not function:
                raise ValueError(f"{kind} is described twice")
        return function

    return register


def describe(kind: str, words: Mapping[str, Any] | None, names: Names) -> str:
    """Return what an entry says without its kind, empty where it says no more than that.

    Args:
        words: None once the person was erased.

    Example:
        describe("group_closed", {"group": "7qk…", "name": "三组"}, names)  # "撤销三组"
    """
    function = _DESCRIBED.get(kind)
    if words is None:
        return "（资料已删除）"
    if function is None:
        function = _transaction
    try:
        return function(words, names)
    except (LookupError, TypeError, ValueError, AttributeError):
        # Entries of the first days hold fewer words.
        return ""


def _transaction(words: Mapping[str, Any], names: Names) -> str:
    """Return e.g. 王建国：参加环境清扫（清理河道）: what every transaction says of itself.

    An item is named by its title, as pages and paper name it; its code says nothing to who reads.
    """
    added = "，".join(filter(None, (words.get("note"), words.get("why"))))
    about = words.get("title") or words["item"]
    return f"{names(words['participant'])}：{about}{f'（{added}）' if added else ''}"


def described_kinds() -> frozenset[str]:
    """Return the kinds of entries that some room describes."""
    return frozenset(_DESCRIBED)
