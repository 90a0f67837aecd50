"""An item is scored for those it applies to."""

from dataclasses import replace
from typing import Any

import pytest

from pointsbank.points import whole
from pointsbank.scoring.applicability import applies, is_ticked, kinds_of
from pointsbank.scoring.values import PLUS, VETO, Item

ITEM = Item("i1", "ZB01", "支部建设", "主题党日劳动", PLUS, "fixed", points=whole(3))


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("", set()),
        ("农户", {"household"}),
        ("党员、农户", {"party_member", "household"}),
        ("企业/社会组织", {"organisation"}),
        ("村民个人", set()),
        ("农户和村民个人", set()),
    ],
)
def test_words_name_kinds_or_are_left_to_people(words: str, kinds: set[str]) -> None:
    assert kinds_of(words) == kinds


def test_an_item_for_party_members_is_not_for_households() -> None:
    item = replace(ITEM, applies_to="党员")

    assert applies(item, "party_member")
    assert not applies(item, "household")


def test_an_item_for_nobody_in_particular_is_for_everybody() -> None:
    assert applies(ITEM, "household")


@pytest.mark.parametrize(
    ("changes", "ticked"),
    [
        ({}, True),
        ({"applies_to": "党员"}, False),
        ({"shape": "per_unit", "unit": "小时"}, False),
        ({"shape": "range", "points": None, "terms": {"least": 300, "most": 800}}, False),
        ({"direction": VETO}, False),
        ({"shape": "once"}, True),
    ],
)
def test_a_tick_is_enough_where_neither_quantity_nor_mark_is_needed(
    changes: dict[str, Any], ticked: bool
) -> None:
    assert is_ticked(replace(ITEM, **changes), kind="household") is ticked
