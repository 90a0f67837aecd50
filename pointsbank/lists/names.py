"""Names of groups and teams that may not hang, and what everybody reads in their place."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the names."""
    for one in publicity.unshown_names(session, village=asked.village):
        yield {"name": one.name, "instead": str(one.instead)}


LIST = List(
    name="names",
    title="墙上写法不同的名称",
    about="不能照原样上墙的小组和队伍名称，墙上写作什么。",
    permission=Permission.ROSTER_CHANGE,
    columns=(
        Column(key="name", title="名称", sort="name", place="main", paper="instead"),
        Column(key="instead", title="墙上写作", sort="instead", place="sub"),
    ),
    order=("name", "instead"),
    rows=_rows,
    filters=(Search("q", "名称", "name"),),
    empty="所有名称都可以照原样上墙。",
)
