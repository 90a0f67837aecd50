"""The statement of which the list of ceremonies is made."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, and_
from sqlalchemy import select as select_columns
from sqlmodel import col

from pointsbank import roster
from pointsbank.ceremonies.models import CeremonyReportRow, CeremonyRow


def ceremonies_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects what was announced, with what an elder counted, for lists.

    Args:
        groups: only of households of these groups (ids); None for the whole village.

    Example:
        session.execute(ceremonies.ceremonies_query(village="chayuan"))
    """
    row, report = CeremonyRow, CeremonyReportRow
    planned = ("id", "number", "participant_id", "kind", "held_on", "last_on", "place", "tables", "cars")
    more = ("gift", "words", "late", "status", "announced_at", "announced_by", "signed_on")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in (*planned, *more)]
    counted = ("tables", "cars", "days")
    columns += [col(getattr(report, name)).label(f"seen_{name}") for name in counted]
    columns += [col(getattr(report, name)).label(name) for name in ("elder_kind", "elder_name", "kept")]
    same = and_(report.in_village(village), col(report.ceremony_id) == col(row.id))
    query: Select[Any] = (
        select_columns(*columns)
        .select_from(row)
        .join(report, same, isouter=True)
        .where(row.in_village(village))
    )
    if groups is not None:
        query = query.where(col(row.participant_id).in_(roster.ids_within(groups, village=village)))
    return query
