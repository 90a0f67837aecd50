"""The empty table of an import: its headers, sample rows that no import reads, how columns are filled in."""

import csv
import io
from collections.abc import Mapping, Sequence

from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.writing import write_sheets

SAMPLE = "样例"
"""The first cell of a row that begins so is passed over."""


def blank_table(
    name: str,
    columns: Sequence[Column],
    samples: Sequence[Mapping[str, str]],
    lists: Mapping[str, Sequence[str]],
) -> bytes:
    """Return the table as .xlsx, or as CSV if it is to be called so.

    Args:
        name: of the file.
        samples: cells by the column's title; the first column is filled in here.
        lists: what the village has of something (小组, 条目), for the second sheet of a workbook.

    Example:
        blank_table("花名册.xlsx", ROSTER_COLUMNS, [{"户主": "王建国"}], {"小组": ["一组", "二组"]})
    """
    shown = [column for column in columns if not column.looked_at]
    titles = [column.title for column in shown]
    rows = [
        [f"{SAMPLE}{number}", *(sample.get(title, "") for title in titles[1:])]
        for number, sample in enumerate(samples, start=1)
    ]
    if name.lower().endswith(".csv"):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([titles, *rows])
        return out.getvalue().encode("utf-8-sig")
    about = [[column.title, _must(column), "、".join(column.also)] for column in shown]
    about += [["", "", ""], *([f"本村的{what}", "", one] for what, all_of in lists.items() for one in all_of)]
    book = io.BytesIO()
    write_sheets(book, {"填这一张": (titles, rows), "怎样填": (["列", "是否必填", "也可以叫作"], about)})
    return book.getvalue()


def _must(column: Column) -> str:
    """Return whether a column must be filled in, in words."""
    if column.blank_means:
        return f"可以空着，按{column.blank_means}算"
    if column.may_be_missing:
        return "可以没有这一列"
    return "必填" if column.required else "可以空着"
