"""Finds one item of the scheme by its code: as in force today, or as it last was."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank.errors import NotFound
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.values import Item


class ItemUnknown(NotFound):
    """No adopted version of the scheme has an item of this code."""

    code = "item_unknown"
    sentence = "积分细则里没有编号“{item}”的条目，请核对。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class ItemFound:
    """An item, and whether it is in force on the day that was asked about."""

    item: Item
    in_force: bool


def item(session: Session, *, village: str, code: str, day: date) -> ItemFound:
    """Return the item of this code in force on a day; else as the newest adopted version that had it says.

    Raises:
        ItemUnknown: no adopted version has it.

    Example:
        item(session, village="chayuan", code="A1", day=today).in_force  # True
    """
    rules = rulebook(session, village=village)
    now = rules.items_on(day) or {}
    if code in now:
        return ItemFound(now[code], in_force=True)
    for scheme in sorted(rules.schemes, key=lambda one: one.version, reverse=True):
        if code in rules.items.get(scheme.id, {}):
            return ItemFound(rules.items[scheme.id][code], in_force=False)
    raise ItemUnknown(item=code[:32])


def titles(session: Session, *, village: str) -> dict[str, str]:
    """Return what every item that was ever adopted is called, by code, as the newest version has it.

    Example:
        titles(session, village="chayuan")["A1"]  # "参加环境清扫"
    """
    items = rulebook(session, village=village).items.values()
    return {code: item.title for version in items for code, item in version.items()}
