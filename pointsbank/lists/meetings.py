"""The meetings: when, with how many scores, whether the minutes are closed."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.meeting_stage import MEETING_STAGE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, TEXT, word_of
from pointsbank.staff import Permission

_MAXIMUM = 10_000
"""A village holds some dozens a year."""


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the meetings, those that were called too."""
    called = scoring.calls(session, village=asked.village, limit=_MAXIMUM)
    places = {one.id: one.place for one in called}
    for each in called:
        if each.status != "begun":
            yield {
                "id": each.id,
                "title": each.title,
                "held_on": each.day,
                "status": each.status,
                "judges": 0,
                "scores": 0,
                "closed_at": None,
                "place": each.place,
            }
    for one in scoring.meetings(session, village=asked.village, limit=_MAXIMUM):
        yield {
            "id": one.id,
            "title": one.title,
            "held_on": one.held_on,
            "status": one.status,
            "judges": len(one.judges),
            "scores": one.scores,
            "closed_at": one.closed_at,
            "place": places.get(one.id, ""),
        }


LIST = List(
    name="meetings",
    title="评议会",
    about="每次评议会的日期、评分条数，结束了没有。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="title", title="名称", sort="title", place="main"),
        Column(key="held_on", title="日期", kind=DAY, sort="held_on", place="sub"),
        Column(key="scores", title="评分", kind=COUNT, sort="scores", place="number", total=True),
        Column(key="judges", title="出席", kind=COUNT),
        Column(key="place", title="地点", kind=TEXT),
        Column(key="status", title="状态", kind=word_of(MEETING_STAGE), sort="status", place="sub"),
        Column(key="closed_at", title="封存时间", kind=MOMENT),
        Column(key="id", title="编号", kind=TEXT, paper=None, on_screen=False),
    ),
    order=("-held_on", "id"),
    rows=_rows,
    filters=(Search("q", "名称", "title"), OneOf("status", "状态", "status", labels=MEETING_STAGE)),
    opens=("one_meeting", {"meeting": "id"}),
    empty="还没有评议会：请先在“评议会”页开会。",
)
