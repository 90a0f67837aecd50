"""Statements of which the list of indices is made."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from pointsbank.indices.models import FigureRow


def figures_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the frozen indices of closed months.

    Example:
        session.execute(indices.figures_query(village="chayuan"))
    """
    row = FigureRow
    names = ("month", "kind", "value", "subjects", "affected", "faults", "number")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in names]
    return select(*columns).where(row.in_village(village))
