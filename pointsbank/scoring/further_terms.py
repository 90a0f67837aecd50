"""Cells of a scheme's table that belong to no shape, and are kept among an item's terms. Pure.

Those of a veto are read by `consequences`, those of what may be entered at the counter by `counter_terms`.
"""

from collections.abc import Mapping
from typing import Any

from pointsbank.scoring import consequences, counter_terms
from pointsbank.scoring.item_shape import CellProblem, ItemShape
from pointsbank.scoring.values import VETO

COLUMNS = (*consequences.COLUMNS, *counter_terms.COLUMNS)


def further_problems(row: Mapping[str, Any], shape: ItemShape | None) -> list[CellProblem]:
    """Return what is wrong with these cells of a row.

    Args:
        shape: of the item; None for a veto.
    """
    return [*consequences.consequence_problems(row), *counter_terms.counter_problems(row, shape)]


def further_terms(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return these cells as an item keeps them: those of a veto, or the counter's; the row may lack some."""
    if row["direction"] == VETO:
        return consequences.consequence_terms(dict.fromkeys(consequences.KEYS, "") | dict(row))
    return counter_terms.counter_terms(row)
