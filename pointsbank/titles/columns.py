"""The statements of which the lists of titles are made."""

from typing import Any

from sqlalchemy import Select, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import col

from pointsbank.titles.models import TitleKindRow, TitleRow, TitleStepRow
from pointsbank.titles.states import NOMINATED

STATE: Any = func.coalesce(col(TitleStepRow.state), NOMINATED)
"""The state of a title, in the statement below."""


def titles_query(*, village: str) -> Select[Any]:
    """Return the statement that selects titles, each with the state that it stands in, for lists.

    Example:
        session.execute(titles.titles_query(village="chayuan"))
    """
    row, kind, step = TitleRow, TitleKindRow, TitleStepRow
    last = (
        select_columns(func.max(col(step.number)))
        .where(step.in_village_of(row), col(step.title_id) == col(row.id))
        .correlate(row)
        .scalar_subquery()
    )
    stands = and_(step.in_village(village), col(step.title_id) == col(row.id), col(step.number) == last)
    names = ("id", "number", "participant_id", "person", "nominated_by", "nominator", "reason")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in (*names, "nominated_on")]
    columns += [
        col(row.recorded_by).label("recorded_by"),
        col(kind.name).label("title"),
        STATE.label("state"),
        func.coalesce(col(step.day), col(row.nominated_on)).label("since"),
        col(step.until_on).label("until_on"),
    ]
    query: Select[Any] = (
        select_columns(*columns)
        .select_from(row)
        .join(kind, and_(kind.in_village(village), col(kind.id) == col(row.kind_id)))
        .join(step, stands, isouter=True)
        .where(row.in_village(village))
    )
    return query


def kinds_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the adoptions of kinds of title, for lists.

    Example:
        session.execute(titles.kinds_query(village="chayuan"))
    """
    row = TitleKindRow
    names = ("id", "number", "name", "holder", "quota", "share", "months", "right_days", "barred_months")
    more = ("years", "notice_days", "in_use", "resolution", "from_date", "adopted_at", "adopted_by")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in (*names, *more)]
    return select_columns(*columns).where(row.in_village(village))
