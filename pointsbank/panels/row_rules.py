"""How many rows of panels the log tells of."""

from collections.abc import Mapping
from typing import Any

from pointsbank.ledger import RowRules, listed


def _area(words: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Return how many groups a panel is left with."""
    return {("panel_group", str(words["panel"])): listed(words, "area")}


ROW_RULES = RowRules(
    by_kind={"panel_made": lambda words: {"panel": 1}},
    by_subject={"panel_made": _area, "panel_changed": _area},
)
