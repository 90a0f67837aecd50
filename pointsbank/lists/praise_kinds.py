"""The kinds of praise that the village adopted, those that ended among them."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import boards
from pointsbank.labels.praise_span import PRAISE_SPAN
from pointsbank.labels.praised_kind import PRAISED_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the kinds in the order in which they were adopted."""
    for number, one in enumerate(boards.praise_kinds(session, village=asked.village, also_ended=True)):
        yield {
            "number": number,
            "id": one.id,
            "name": one.name,
            "about": one.about,
            "applies_to": one.applies_to,
            "places": one.places,
            "span": one.span,
            "resolution": one.resolution,
            "adopted_on": one.adopted_on,
            "ended_on": one.ended_on,
        }


LIST = List(
    name="praise_kinds",
    title="光荣榜类别",
    about="村里设了哪些光荣榜、评什么、评谁、最多几个、哪次会议定的。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="name", title="名称", sort="name", place="main"),
        Column(key="about", title="评什么", place="sub"),
        Column(key="applies_to", title="评谁", kind=word_of(PRAISED_KIND)),
        Column(key="places", title="最多几个", kind=COUNT, sort="places", place="number"),
        Column(key="span", title="在榜", kind=word_of(PRAISE_SPAN), sort="span"),
        Column(key="resolution", title="决议"),
        Column(key="adopted_on", title="设立日期", kind=DAY, sort="adopted_on"),
        Column(key="ended_on", title="取消日期", kind=DAY),
    ),
    order=("number",),
    rows=_rows,
    filters=(Search("q", "名称", "name"), OneOf("span", "在榜", "span", labels=PRAISE_SPAN)),
    opens=("one_praise_kind", {"kind": "id"}),
    empty="还没有设光荣榜：请在“光荣榜”页登记决议。",
)
