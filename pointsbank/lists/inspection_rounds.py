"""Every round of inspections through a group, with how its households were found."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import inspections
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, DAY, MOMENT
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the rounds, of some groups alone for who inspects there."""
    return inspections.rounds_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who began it."""
    add_staff(session, rows, by="begun_by")


LIST = List(
    name="inspection_rounds",
    title="巡查轮次",
    about="每轮巡查看了多少户，清洁、比较清洁、不清洁各多少户。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="group", title="小组", sort="group", place="main"),
        Column(key="begun_on", title="开始", kind=DAY, sort="begun_on", place="sub"),
        Column(key="done", title="看了", kind=COUNT, sort="done", place="number", total=True),
        Column(key="clean", title="清洁", kind=COUNT, place="sub"),
        Column(key="fair", title="比较清洁", kind=COUNT, place="sub"),
        Column(key="dirty", title="不清洁", kind=COUNT, place="sub"),
        Column(key="ended_at", title="结束", kind=MOMENT),
        Column(key="by", title="开始的人", paper=None),
    ),
    order=("-begun_at", "-id"),
    statement=_query,
    complete=_complete,
    opens=("one_round", {"walk": "id"}),
    by_group=True,
    empty="还没有巡查：请在“巡查”页开始一轮。",
)
