"""What was taken out of the program as a file: who, which list, how many rows, when."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import lists, staff
from pointsbank.labels.export_form import EXPORT_FORM
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission

_OTHERS = {
    "book": "上报表",
    "print_cards": "全村的积分卡",
    "print_inspection": "检查资料包",
    "print_month": "一个月的全部打印件",
}
"""Files that are made of no list, as long prints."""


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the exports."""
    return staff.exports_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who did it, and what the list is called."""
    titles = {one.name: one.title for one in lists.every()} | _OTHERS
    add_staff(session, rows, by="exported_by")
    for row in rows:
        row["title"] = titles.get(row["list_name"], row["list_name"])


LIST = List(
    name="exports",
    title="导出记录",
    about="谁在什么时候导出了哪份清单、多少行。",
    permission=Permission.STAFF_EVENTS_VIEW,
    columns=(
        Column(key="exported_at", title="时间", kind=MOMENT, sort="exported_at", place="sub"),
        Column(key="title", title="清单", sort="list_name", place="main"),
        Column(key="form", title="格式", kind=word_of(EXPORT_FORM), sort="form", place="sub"),
        Column(key="row_count", title="行数", kind=COUNT, sort="row_count", place="number"),
        Column(key="by", title="导出人", sort="exported_by", place="sub"),
    ),
    by_reading=True,
    order=("-exported_at", "id"),
    statement=_query,
    complete=_complete,
    filters=(
        Days("first", "从", "exported_at", moments=True),
        Days("until", "到", "exported_at", until=True, moments=True),
    ),
    empty="还没有人导出过清单。",
)
