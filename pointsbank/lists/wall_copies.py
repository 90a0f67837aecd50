"""Every paper that hangs or hung on a wall: where, from when, by whom, until when, and that it came off."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import walls
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.labels.wall_paper import WALL_PAPER
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import DAY, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the papers, what hangs and comes off first in front."""
    for number, one in enumerate(walls.copies(session, village=asked.village, at=asked.at)):
        yield {
            "number": number,
            "id": one.id,
            "paper": one.paper,
            "size": one.size,
            "place": one.place,
            "hung_on": one.hung_on,
            "hung_by": one.recorded_by,
            "take_down_on": one.take_down_on,
            "taken_on": one.taken_on,
            "taken_by": one.taken_by,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who hung it and who took it down."""
    add_staff(session, rows, hung="hung_by", taken="taken_by")


LIST = List(
    name="wall_copies",
    title="墙上的纸",
    about="公示、海报、黑榜单张、更正和称号公示贴在哪里，谁、哪天贴的，最迟哪天撤，谁、哪天撤的。",
    permission=Permission.NOTICE_VIEW,
    columns=(
        Column(key="paper", title="什么纸", kind=word_of(WALL_PAPER), sort="paper", place="main"),
        Column(key="size", title="大小", kind=word_of(PAPER_SIZE)),
        Column(key="place", title="贴在哪里", sort="place", place="sub"),
        Column(key="hung_on", title="张贴", kind=DAY, sort="hung_on", place="sub"),
        Column(key="hung", title="登记张贴的人", paper=None),
        Column(key="take_down_on", title="最迟撤下", kind=DAY, sort="take_down_on", place="sub"),
        Column(key="taken_on", title="撤下", kind=DAY),
        Column(key="taken", title="登记撤下的人", paper=None),
        Column(key="id", title="编号", paper=None, on_screen=False),
    ),
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(OneOf("paper", "什么纸", "paper", labels=WALL_PAPER),),
    empty="还没有登记张贴：在公示、黑榜、海报和称号的页面登记。",
)
