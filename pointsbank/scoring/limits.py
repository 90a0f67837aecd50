"""Limits over several items (合计上限): what a category, or everything, may come to in a period. Pure.

A limit is a row of the scheme like an item: 类别 names the category whose items it limits, 全部 all of them;
方向 whether awards or deductions; 周期, 上限 and 次数上限 how much. Items and limits meet by the name of the
category, in the version in force on the deed's day; and so do scores on record, by their items' codes, so
that a category that is called otherwise from some day on does not begin at nothing. An item that this version
no longer has is of the category that it was of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pointsbank.errors import Refused
from pointsbank.scoring.caps import Cap, PriorScore, caps_named
from pointsbank.scoring.values import MINUS, VETO, Item

LIMIT = "limit"
"""The shape of such rows."""

EVERYTHING = "全部"
"""The category of a limit on all items of a direction."""

_CLASSES = ("类", "项")


class LimitOfNothing(Refused):
    """A limit over several items limits none: its category or direction is written otherwise."""

    code = "limit_of_nothing"
    sentence = (
        "“{title}”没有管到任何条目：细则里没有{scope}的条目。请改它的类别或方向，管全部条目的类别写“全部”，"
        "再登记通过。"
    )
    fixed_by = "村委"


class Scope(NamedTuple):
    """Whose deeds a limit counts together: those of a category, or `EVERYTHING`, of one direction."""

    category: str
    direction: str

    @property
    def words(self) -> str:
        """Return it in words: 环境卫生类加分."""
        kind = "扣分" if self.direction == MINUS else "加分"
        is_named = self.category == EVERYTHING or self.category.endswith(_CLASSES)
        return f"{self.category}{'' if is_named else '类'}{kind}"


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap on what the deeds of a scope come to together.

    `categories` are those of the items of its version, by code.
    """

    scope: Scope
    cap: Cap
    categories: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def whole(self) -> Scope:
        """Return the scope of all deeds of its direction: of which it counts those that it `covers`."""
        return Scope(EVERYTHING, self.scope.direction)

    def covers(self, prior: PriorScore) -> bool:
        """Return whether a score on record, of its direction, counts towards it."""
        own = self.scope.category
        return own == EVERYTHING or self.categories.get(prior.item, prior.category) == own


def scopes_of(category: str, direction: str) -> tuple[Scope, ...]:
    """Return the scopes in which a deed of an item counts; none for a veto, which has no amount.

    Example:
        >>> [scope.words for scope in scopes_of("环境卫生", "plus")]
        ['环境卫生类加分', '全部加分']
    """
    if direction == VETO:
        return ()
    whole = Scope(EVERYTHING, direction)
    return (Scope(category, direction), whole) if category not in ("", EVERYTHING) else (whole,)


def limit_of(item: Item) -> Limit:
    """Return the limit that a row of this shape sets.

    Example:
        limit_of(item).cap.label  # "环境卫生类加分每年最多40分"
    """
    scope = Scope(item.category, item.direction)
    [cap] = caps_named(item)
    return Limit(scope, replace(cap, name=f"{scope.words}{cap.name}"))


def limits_on(item: Item, items: Iterable[Item]) -> list[Limit]:
    """Return the limits on an item among the items of its version, in their order.

    Example:
        limits_on(item, rules.items_on(day).values())[0].scope.category  # "环境卫生"
    """
    scopes, listed = scopes_of(item.category, item.direction), list(items)
    found = [limit_of(one) for one in listed if one.shape == LIMIT]
    categories = {one.code: one.category for one in listed} if found else {}
    return [replace(limit, categories=categories) for limit in found if limit.scope in scopes]


def idle_limits(items: Iterable[Item], scored: Iterable[Item]) -> list[Item]:
    """Return the limits that limit no item: their category or direction is written otherwise.

    Args:
        scored: those of the items that deeds are scored by; base points come under no limit.

    Example:
        [item.title for item in idle_limits(items, scored)]  # ["环镜卫生类封顶"]
    """
    used = {scope for one in scored for scope in scopes_of(one.category, one.direction)}
    return [one for one in items if one.shape == LIMIT and Scope(one.category, one.direction) not in used]


def check_limits(items: Iterable[Item], scored: Iterable[Item]) -> None:
    """Refuse a scheme with a limit that limits nothing; `scored` as `idle_limits`.

    Raises:
        LimitOfNothing: there is one.
    """
    for item in idle_limits(items, scored):
        raise LimitOfNothing(title=item.title, scope=Scope(item.category, item.direction).words)
