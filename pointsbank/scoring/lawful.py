"""Which items may be shown in public: their words pass the law, and what they rest on does too.

An item that may not be shown is refused at adoption, unless the resolution names it: then it is scored like
any other and stands in the household's file, but on no notice, board, poster or sheet. Its words are asked
whenever it would be shown, so that a rule made later holds for items adopted before.
"""

from collections.abc import Sequence
from functools import lru_cache

from pointsbank import law
from pointsbank.errors import Invalid, Refused
from pointsbank.law import Finding, Use
from pointsbank.scoring.values import PLUS, Item

_NAMED = 5


class ItemsNotPublic(Refused):
    """Items of a scheme hold what the law keeps private, and the resolution does not name them."""

    code = "items_not_public"
    sentence = (
        "有{count}条条目不能上墙：{items}。请改写后重新导入；村里坚持保留的，登记决议时写明这些编号不公开"
        "（{codes}），它们只记在户内，不上公示、榜单和海报。"
    )
    fixed_by = "村委"


class ItemMayBePublic(Invalid):
    """The resolution keeps an item off the wall that there is not, or whose words may hang."""

    code = "item_may_be_public"
    sentence = "写明不公开的{codes}不在这一版细则里，或者本来就可以公开，请去掉后再登记。"
    at = ("unpublished",)


def item_findings(item: Item) -> tuple[Finding, ...]:
    """Return what of an item may not be shown: in its words, in whom it is for, or in what it rests on.

    Example:
        [one.words for one in item_findings(item)]  # ["赌", "处罚决定"]
    """
    return _findings(
        item.direction == PLUS,
        (item.title, item.category, item.unit),
        item.applies_to,
        (item.evidence, item.legal_basis),
    )


def is_publishable(item: Item) -> bool:
    """Return whether an item may be shown in public.

    Example:
        is_publishable(item)  # True
    """
    return not item_findings(item)


def item_warnings(items: Sequence[Item]) -> list[str]:
    """Return a sentence for each item that may not be shown, for whoever drafts a scheme.

    Example:
        scoring.item_warnings(items)  # ["条目HJ01“…”：…。可以写：…"]
    """
    return [
        f"条目{_reason(item)}。{law.advice(item_findings(item))}"
        for item in items
        if not is_publishable(item)
    ]


def check_items(items: Sequence[Item], *, unpublished: Sequence[str], people: law.People) -> None:
    """Refuse a scheme with items that may not be shown, but for those that the resolution names by code.

    Raises:
        ItemsNotPublic: there are others.
        ItemMayBePublic: one is named that is no such item.
        NamesSomebody: an item names one of these people; that may be scored nowhere.
    """
    for item in items:
        _refuse_names(item, people)
    private = {item.code: item for item in items if not is_publishable(item)}
    needless = sorted(set(unpublished) - private.keys())
    if needless:
        raise ItemMayBePublic(codes="、".join(needless))
    refused = [item for code, item in private.items() if code not in unpublished]
    if refused:
        listed = "；".join(_reason(item) + _advice(item) for item in refused[:_NAMED])
        more = f"；另有{len(refused) - _NAMED}条" if len(refused) > _NAMED else ""
        codes = "、".join(item.code for item in refused)
        raise ItemsNotPublic(count=len(refused), items=listed + more, codes=codes)


def _refuse_names(item: Item, people: law.People) -> None:
    """Refuse an item that names somebody.

    Raises:
        NamesSomebody: it does.
    """
    for words in (item.title, item.category, item.unit, item.applies_to):
        if named := people.named_in(words):
            raise law.problems.NamesSomebody(field=f"条目{item.code}“{item.title}”", names="”“".join(named))


@lru_cache(maxsize=4096)
def _findings(
    plus: bool, words: tuple[str, ...], applies_to: str, basis: tuple[str, ...]
) -> tuple[Finding, ...]:
    """Read the words of an item; the scores of a meeting ask about the same few items again and again."""
    use = Use.DEED if plus else Use.FAULT
    # Whom an item is for says what they are: no deed excuses 适用 低保户.
    read = [
        *((part, use) for part in words),
        (applies_to, Use.FAULT),
        *((part, Use.EVIDENCE) for part in basis),
    ]
    return tuple(one for text, of in read for one in law.findings(text, of))


def _reason(item: Item) -> str:
    """Return an item with what stands against it."""
    return f"{item.code}“{item.title}”：{law.reasons(item_findings(item))}"


def _advice(item: Item) -> str:
    """Return the words that may stand, in brackets."""
    return f"（{law.advice(item_findings(item)).rstrip('。')}）"
