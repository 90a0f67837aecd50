"""Fields in which people name an item of the scheme as they do: by number, words, pinyin or initials.

What is typed is settled when the form is bound, so that verbs get the number. Where it may mean several, the
form comes back with them as radio buttons, as `household_fields` does; a script offers them beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow.fields import Field

from pointsbank import dates, scoring
from pointsbank.schemas.fields import Text
from pointsbank.scoring import Item
from pointsbank.web import access
from pointsbank.web.bound import BoundForm
from pointsbank.web.household_fields import PICK, Offer

MAXIMUM_TYPED = 60


class ItemField(Text):
    """One item, however it is named; the data is its number."""

    def __init__(self, **options: Any) -> None:
        """Let a whole title be typed."""
        super().__init__(maximum=MAXIMUM_TYPED, **options)


@dataclass(frozen=True, slots=True)
class Named:
    """An item as boxes and radio buttons show it: its number, its title, what it counts."""

    code: str
    name: str
    group: str


def named(item: Item) -> Named:
    """Return an item as boxes show it."""
    return Named(item.code, item.title, scoring.label(item))


def in_force(village: str, day: Any = None) -> list[Item]:
    """Return the items in force on a day, or today; none where there are no rules."""
    with access.database().reading() as session:
        try:
            return scoring.items(session, village=village, day=day or dates.day_of(access.now()))
        except scoring.problems.SchemeUnknown:
            return []


def settle(form: BoundForm, fields: Mapping[str, Field[Any]]) -> None:
    """Put numbers in the place of what was typed into a form's fields for items.

    What means nothing is left as it is: the verb says so, in the words of every other door.
    """
    for name, field in fields.items():
        if isinstance(field, ItemField) and form.data.get(name):
            _settle(form, name, str(form.data[name]))


def _settle(form: BoundForm, name: str, typed: str) -> None:
    """Put the number of the item that is meant into the form, or offer those that may be."""
    items = in_force(str((request.view_args or {})["village"]), form.data.get("occurred_on"))
    found = scoring.find_items(items, typed)
    picked = form.values.get(f"{name}{PICK}{typed}")
    one = scoring.meant_item(items, typed) or next((each for each in found if each.code == picked), None)
    if one is not None:
        form.data[name] = form.values[name] = one.code
        form.meant[name] = [named(one)]
    elif found:
        offered = [named(each) for each in found[: scoring.OFFERED_ITEMS]]
        form.offers[name] = [Offer(typed, f"{name}{PICK}{typed}", offered, len(found) > len(offered))]
        form.errors[name] = f"“{typed[:20]}”不止一条，请选是哪一条，或多输几个字。"
