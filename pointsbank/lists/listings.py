"""Everything that was proposed for a board, and what became of it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import boards
from pointsbank.dates import day_of
from pointsbank.labels.board import BOARD
from pointsbank.labels.listing_status import LISTING_STATUS
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Month, OneOf
from pointsbank.lists.kinds import COUNT, DAY, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the listings, red before black within a month."""
    today = day_of(asked.at)
    for number, one in enumerate(boards.listings(session, village=asked.village)):
        yield {
            "number": number,
            "id": one.id,
            "month": one.month,
            "board": one.board,
            "participant": one.participant.id,
            "place": one.place,
            "rule": one.rule,
            "fact": one.fact,
            "notified_on": one.notified_on,
            "decided_on": one.decided_on,
            "votes_for": one.votes_for,
            "votes_against": one.votes_against,
            "expires_on": one.expires_on,
            "objected": one.objected,
            "objection": "open" if one.objected else "",
            "contested": one.contested and one.status in ("proposed", "up"),
            "status": one.status_on(today),
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is."""
    add_participants(session, asked, rows, key="participant")


LIST = List(
    name="listings",
    title="上榜提名",
    about="每月红黑榜的提名、告知、表决和结果。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="month", title="月份", sort="month", place="sub"),
        Column(key="board", title="榜", kind=word_of(BOARD), sort="board", place="sub"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="place", title="提名时名次", kind=COUNT),
        Column(key="rule", title="依据", paper=None),
        Column(key="fact", title="事实", paper=None),
        Column(key="notified_on", title="告知日期", kind=DAY),
        Column(key="decided_on", title="表决日期", kind=DAY),
        Column(key="votes_for", title="赞成", kind=COUNT),
        Column(key="votes_against", title="反对", kind=COUNT),
        Column(key="expires_on", title="到期", kind=DAY),
        Column(key="objected", title="有异议", kind=YES),
        Column(key="contested", title="评分有异议", kind=YES),
        Column(key="status", title="状态", kind=word_of(LISTING_STATUS), sort="status", place="number"),
        Column(key="id", title="编号", paper=None, on_screen=False),
    ),
    order=("-month", "number"),
    rows=_rows,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant"),
        Month("month", "月份", "month"),
        OneOf("kind", "榜", "board", labels=BOARD),
        OneOf("status", "状态", "status", labels=LISTING_STATUS),
        OneOf("objection", "异议", "objection", labels=OBJECTION_STATUS, codes=("open",)),
    ),
    opens=("one_listing", {"listing": "id"}),
    empty="还没有提名：请在“红黑榜”页打开一个月提名。",
)
