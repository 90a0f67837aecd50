"""The limits on weddings and funerals, each time that they were adopted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import ceremonies
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, DAY, MOMENT
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the adoptions."""
    return ceremonies.limits_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who wrote it down."""
    add_staff(session, rows, by="adopted_by")


LIST = List(
    name="ceremony_limits",
    title="红白事限额",
    about="哪天起酒席、用车、天数、礼金最多多少，哪次会议通过的；空着是不限。",
    permission=Permission.SCHEME_VIEW,
    columns=(
        Column(key="number", title="第几次", kind=COUNT, sort="number"),
        Column(key="from_date", title="施行日期", kind=DAY, sort="from_date", place="sub"),
        Column(key="tables", title="酒席（桌）", kind=COUNT, place="number"),
        Column(key="cars", title="用车（辆）", kind=COUNT),
        Column(key="days", title="办事（天）", kind=COUNT),
        Column(key="gift", title="礼金（元）", kind=COUNT),
        Column(key="ahead_days", title="提前（天）", kind=COUNT),
        Column(key="resolution", title="决议", place="main"),
        Column(key="adopted_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    empty="还没有定过限额：请在“红白事限额”页登记决议。",
)
