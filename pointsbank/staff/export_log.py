"""The record of exports: what leaves the program as a file is written down, for the supervisor to read."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import database
from pointsbank.staff.export_models import ExportRecordRow


def record_export(
    session: Session, *, village: str, list_name: str, form: str, rows: int, by: str, at: datetime
) -> None:
    """Write down that a list was taken out as a file.

    Args:
        list_name: 1 to 40 characters. form: xlsx, csv, hledger or beancount. rows: >= 0.

    Example:
        staff.record_export(session, village="cy", list_name="roster", form="xlsx", rows=1149, by=li, at=now)
    """
    record = ExportRecordRow(
        village_id=village,
        id=database.new_id(session),
        list_name=list_name,
        form=form,
        row_count=rows,
        exported_by=by,
        exported_at=at,
    )
    session.add(record)
    session.flush()


def exports_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the exports of a village.

    Example:
        execute(session, staff.exports_query(village="cy")).first().list_name  # "roster"
    """
    row = ExportRecordRow
    columns: tuple[Any, ...] = (
        row.id,
        row.list_name,
        row.form,
        row.row_count,
        row.exported_by,
        row.exported_at,
    )
    return select_columns(*(col(one) for one in columns)).where(ExportRecordRow.in_village(village))
