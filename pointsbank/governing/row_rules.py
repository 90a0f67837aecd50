"""How many rows of settings, townships, groups and roles the log tells of."""

from collections.abc import Mapping
from typing import Any

from pointsbank.ledger import RowRules
from pointsbank.staff import village_of


def _roles(words: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Return how many roles in this village a person is left with; those of wider places are not counted."""
    here = [place for place, _ in words["new"] if village_of(place) is not None]
    return {("staff_role", str(words["staff"])): len(here)}


ROW_RULES = RowRules(
    by_kind={"village_founded": lambda words: {"village_settings": 1}},
    by_subject={
        # A closed group may be opened again, which is told in the same words.
        "group_made": lambda words: {("village_group", str(words["group"])): 1},
        "roles_changed": _roles,
        "village_placed": lambda words: {("village_township", "village"): 1 if words["new"] else 0},
    },
    in_all={"settings_changed": lambda words: {"village_settings": 1}},
)
