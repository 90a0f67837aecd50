"""What the village resolved for the end of its points year, each time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import year_end
from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, POINTS, YES, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the rules."""
    return year_end.rules_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who wrote it down, and the day in words."""
    add_staff(session, rows, by="adopted_by")
    for row in rows:
        row["when"] = f"次年{row['month']}月{row['day']}日"


LIST = List(
    name="year_end_rules",
    title="年终结转办法",
    about="哪天起、哪次会议定的：年底没用完的积分留下、清零还是折成荣誉，荣誉积分留不留。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="number", title="第几次", kind=COUNT, sort="number"),
        Column(key="from_date", title="施行日期", kind=DAY, sort="from_date", place="sub"),
        Column(key="points", title="可用积分", kind=word_of(YEAR_END_POINTS), place="number"),
        Column(key="ceiling", title="最多留", kind=POINTS),
        Column(key="rate", title="1分折荣誉", kind=POINTS),
        Column(key="keeps_gifts", title="赠送另算", kind=YES),
        Column(key="keeps_base", title="基础分另算", kind=YES),
        Column(key="honour", title="荣誉积分", kind=word_of(YEAR_END_HONOUR), place="sub"),
        Column(key="when", title="办理日", place="sub"),
        Column(key="resolution", title="决议", place="main"),
        Column(key="adopted_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    empty="还没有定过结转办法：请在“年终结转”页登记决议。",
)
