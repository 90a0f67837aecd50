"""The indices of the village, month by month, as they were frozen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import indices
from pointsbank.dates import month_in_words
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, POINTS, word_of
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the figures."""
    return indices.figures_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the month in words."""
    for row in rows:
        row["title"] = month_in_words(row["month"])


LIST = List(
    name="village_indices",
    title="村级指数",
    about="每月月结时定下的环境、公共场所、人际指数，怎么算出来的；上报、公开用，不到户。",
    permission=Permission.SCHEME_VIEW,
    columns=(
        Column(key="title", title="月份", sort="month", place="sub"),
        Column(key="kind", title="指数", kind=word_of(VILLAGE_INDEX), sort="kind", place="main"),
        Column(key="value", title="得数", kind=POINTS, sort="value", place="number"),
        Column(key="subjects", title="应看（户、处）", kind=COUNT),
        Column(key="affected", title="有问题的", kind=COUNT, place="sub"),
        Column(key="faults", title="问题（处）", kind=COUNT),
        Column(key="number", title="第几次办法", kind=COUNT, on_screen=False),
        Column(key="month", title="年月", paper=None, on_screen=False),
    ),
    order=("-month", "kind"),
    statement=_query,
    complete=_complete,
    filters=(
        Search("month", "月份", "month"),
        OneOf("kind", "指数", "kind", labels=VILLAGE_INDEX),
    ),
    empty="还没有定下的指数：请先登记指数办法，月结时定下。",
)
