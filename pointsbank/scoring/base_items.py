"""Which base points the scheme gives on a day: the item, its period, and to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank.scoring.base_periods import BasePeriod, period_of
from pointsbank.scoring.named_kinds import kinds_of
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.shapes import is_given
from pointsbank.scoring.values import Item

_HOUSEHOLDS = frozenset({"household"})


@dataclass(frozen=True, slots=True)
class BaseItem:
    """Base points for the period that runs: the item that says how much, and the period."""

    item: Item
    period: BasePeriod

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of participants that get them: households where the item names none."""
        return kinds_of(self.item.applies_to) or _HOUSEHOLDS


def base_items(session: Session, *, village: str, day: date) -> list[BaseItem]:
    """Return the base points that the scheme in force gives on a day, in its order; none without a scheme.

    Example:
        [one.period.code for one in base_items(session, village="cy", day=today)]  # ["2026"]
    """
    return given_on(rulebook(session, village=village), day)


def given_on(book: Rulebook, day: date) -> list[BaseItem]:
    """Return the base points given on a day. Pure.

    The scheme in force says whether; how much, that of the period's first day: a change holds from the next.
    """
    found = []
    for item in (book.items_on(day) or {}).values():
        if not is_given(item):
            continue
        period = period_of(item.cap_period, day)
        before = (book.items_on(period.first) or {}).get(item.code) if period.first else None
        if before is not None and is_given(before) and before.cap_period == item.cap_period:
            item = before
        found.append(BaseItem(item, period))
    return found


def given_again(old: Sequence[Item], new: Sequence[Item]) -> Iterator[str]:
    """Yield base points that take the place of others under another number: everybody would get them too.

    Args:
        old: the items of the version that was adopted last.

    Example:
        list(given_again(old, new))  # ["“基础分”的编号从JC01变成了TM003，…"]
    """
    codes = {item.code for item in new if is_given(item)}
    gone = [item for item in old if is_given(item) and item.code not in codes]
    known = {item.code for item in old if is_given(item)}
    for item in new:
        alike = [one for one in gone if _is_alike(one, item)] if is_given(item) else []
        if item.code not in known and alike:
            clears = item.terms.get("at_period_end")
            what = "要等原来那一份期满以后才发" if clears else "会再发一次"
            yield (
                f"“{item.title[:40]}”的编号从{alike[0].code}变成了{item.code}，当作另一份基础分，{what}："
                f"还是原来那一份的，请把编号写成{alike[0].code}。"
            )


def _is_alike(one: Item, other: Item) -> bool:
    """Return whether two items give the same participants something for the same periods."""
    return (kinds_of(one.applies_to) or _HOUSEHOLDS, one.cap_period) == (
        kinds_of(other.applies_to) or _HOUSEHOLDS,
        other.cap_period,
    )
