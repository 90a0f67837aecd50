"""Cells of a scheme's table that belong to no shape, and are kept among an item's terms. Pure.

Those of a veto are read by `consequences`, those of what may be entered at the counter by `counter_terms`,
that of awards whose winners are named by `named_only`.
"""

from collections.abc import Mapping
from typing import Any

from pointsbank.scoring import consequences, counter_terms, named_only
from pointsbank.scoring.item_shape import CellProblem, ItemShape
from pointsbank.scoring.values import VETO

COLUMNS = (*consequences.COLUMNS, *counter_terms.COLUMNS, named_only.COLUMN)


def further_problems(row: Mapping[str, Any], shape: ItemShape | None) -> list[CellProblem]:
    """Return what is wrong with these cells of a row.

    Args:
        shape: of the item; None for a veto.
    """
    led = [] if shape and shape.has_consequence else consequences.consequence_problems(row)
    return [*led, *counter_terms.counter_problems(row, shape), *named_only.named_only_problems(row, shape)]


def further_terms(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return these cells as an item keeps them: those of a veto, or of a deed; the row may lack some."""
    if row["direction"] == VETO:
        return consequences.consequence_terms(dict.fromkeys(consequences.KEYS, "") | dict(row))
    return {**counter_terms.counter_terms(row), **named_only.named_only_terms(row)}
