"""A list as a file: for Excel or as CSV, read in pieces, written row by row, and written down.

The columns are the list's own, in its order; where the list has an import, the file can be read back by it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from pointsbank import spreadsheets, staff
from pointsbank.database import Database
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.lists.base import Asked, List, Row
from pointsbank.lists.paging import read_everything, read_totals
from pointsbank.spreadsheets import Cell

XLSX, CSV = "xlsx", "csv"
_TYPES = {XLSX: spreadsheets.XLSX, CSV: spreadsheets.CSV}
_PLAIN = "text/plain; charset=utf-8"

ON_THE_SITE = 20_000
"""Rows of a file that a page gives: more would hold a core for seconds, while the till waits."""


class FormUnknown(Invalid):
    """A list is wanted in a form that there is not."""

    code = "export_form_unknown"
    sentence = "没有“{form}”这种格式，可以导出 {known}。"
    at = ("format",)


class ExportTooLong(Refused):
    """A list is too long to be written while the till waits."""

    code = "export_too_long"
    sentence = (
        "共{rows}行，网页一次最多导出{maximum}行：请先筛选，"
        "或请管理员在服务器上运行 pointsbank export {name}，那里没有限制。"
    )
    fixed_by = "管理员"


def forms_of(wanted: List) -> dict[str, str]:
    """Return the forms in which a list can be had as a file, each with its content type."""
    return _TYPES | dict.fromkeys(wanted.writers, _PLAIN)


def file_name(title: str, village: str, at: datetime, *, form: str) -> str:
    """Return what a list is called as a file: by its title, the village's code and the day in the village.

    Example:
        >>> from datetime import UTC
        >>> file_name("花名册", "cy", datetime(2026, 8, 31, 17, 0, tzinfo=UTC), form="csv")  # after midnight
        '花名册-cy-20260901.csv'
    """
    return f"{title}-{village}-{day_of(at):%Y%m%d}.{form}"


def write_list(out: BinaryIO, database: Database, wanted: List, asked: Asked, *, form: str) -> int:
    """Write all rows of a list into a file and return their number.

    Args:
        form: one of `forms_of`.

    Raises:
        FormUnknown: none of them; and those of `read_everything` and `write_xlsx`.
    """
    if form in wanted.writers:
        # They group what belongs together: in the list's own order.
        return wanted.writers[form](out, read_everything(database, wanted, replace(asked, sort="")))
    headings = [one.title for one in wanted.columns]
    rows = _cells(database, wanted, asked)
    if form == XLSX:
        return spreadsheets.write_xlsx(out, wanted.title, headings, rows)
    if form == CSV:
        return spreadsheets.write_csv(out, headings, rows)
    raise FormUnknown(form=form[:20], known="、".join(forms_of(wanted)))


def check_length(database: Database, wanted: List, asked: Asked) -> None:
    """Refuse a list that is too long for a page to write.

    Raises:
        ExportTooLong: it has more than 20,000 rows.
    """
    with database.reading() as session:
        rows = read_totals(session, wanted, asked).count
    if rows > ON_THE_SITE:
        raise ExportTooLong(rows=rows, maximum=ON_THE_SITE, name=wanted.name)


def record(database: Database, wanted: List, asked: Asked, *, form: str, rows: int, by: str) -> None:
    """Write down who took which list out, and how many rows."""
    with database.writing() as session:
        staff.record_export(
            session, village=asked.village, list_name=wanted.name, form=form, rows=rows, by=by, at=asked.at
        )


def _cells(database: Database, wanted: List, asked: Asked) -> Iterator[list[Cell]]:
    """Yield the rows as cells."""
    for row in read_everything(database, wanted, asked):
        yield cells_of(wanted, row)


def cells_of(wanted: List, row: Row) -> list[Cell]:
    """Return one row as cells, in the order of the columns."""
    values = ((one.kind, row[one.key]) for one in wanted.columns)
    return ["" if value is None else kind.cell(value) for kind, value in values]
