"""The statements of which the lists of titles are made."""

from typing import Any

from sqlalchemy import Select, and_, case, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col

from pointsbank.titles.models import (
    TitleBenefitNoteRow,
    TitleBenefitRow,
    TitleKindRow,
    TitleRow,
    TitleStepRow,
)
from pointsbank.titles.states import GIVEN_ONCE, NOMINATED

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


def benefits_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the benefits of titles that are not over, and all noted ones.

    Each with the last word about it: given, not_given or unnoted.

    Example:
        session.execute(titles.benefits_query(village="chayuan"))
    """
    row, offered, note = TitleRow, TitleBenefitRow, TitleBenefitNoteRow
    later = (
        select_columns(func.max(col(note.number)))
        .where(
            note.in_village_of(row),
            col(note.title_id) == col(row.id),
            col(note.benefit) == col(offered.number),
        )
        .correlate(row, offered)
        .scalar_subquery()
    )
    noted = and_(
        note.in_village(village),
        col(note.title_id) == col(row.id),
        col(note.benefit) == col(offered.number),
        col(note.number) == later,
    )
    given = case((col(note.given).is_(None), "unnoted"), (col(note.given), "given"), else_="not_given")
    more: tuple[Any, ...] = (
        col(offered.number).label("benefit"),
        col(offered.words).label("what"),
        given.label("given"),
        col(note.day).label("day"),
        col(note.words).label("words"),
    )
    found = titles_query(village=village)
    kept = [one for one in found.selected_columns if one.key in ("id", "number", "participant_id", "person")]
    kept += [one for one in found.selected_columns if one.key in ("title", "state")]
    query: Select[Any] = (
        found.with_only_columns(*kept, *more, col(note.until_on).label("until_on"))
        .join(offered, and_(offered.in_village(village), col(offered.kind_id) == col(row.kind_id)))
        .join(note, noted, isouter=True)
        .where(or_(STATE.in_(GIVEN_ONCE), col(note.number).is_not(None)))
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
