"""Who helps (帮教) which household on the black board, how often, and what came of it; inside only."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import boards, helping
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the helpers, the latest first."""
    found = helping.helpers(session, village=asked.village)
    whose = {}
    if found:
        every = boards.listings(session, village=asked.village)
        whose = {one.id: one.participant.id for one in every}
    newest = sorted(found, key=lambda one: (one.assigned_on, one.listing_id, one.number), reverse=True)
    for number, one in enumerate(newest):
        yield {
            "number": number,
            "listing": one.listing_id,
            "participant": whose[one.listing_id],
            "helper": one.name,
            "assigned_on": one.assigned_on,
            "visits": len(one.visits),
            "last_visit_on": one.visits[-1].visited_on if one.visits else None,
            "ended_on": one.ended_on,
            "outcome": one.outcome or "",
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whom it is about."""
    add_participants(session, asked, rows, key="participant")


LIST = List(
    name="helping",
    title="帮教",
    about="黑榜每一户由谁帮教，走访几次，结果怎样；只在村里用，不张贴。",
    permission=Permission.FILE_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="helper", title="帮教人", place="sub", paper=None),
        Column(key="assigned_on", title="从", kind=DAY, sort="assigned_on", place="sub"),
        Column(key="visits", title="走访次数", kind=COUNT, sort="visits"),
        Column(key="last_visit_on", title="最近一次", kind=DAY),
        Column(key="ended_on", title="到", kind=DAY),
        Column(key="outcome", title="结果", kind=word_of(HELP_OUTCOME), sort="outcome", place="sub"),
    ),
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(OneOf("outcome", "结果", "outcome", labels=HELP_OUTCOME),),
    opens=("one_listing", {"listing": "listing"}),
    empty="还没有安排帮教人：在黑榜那一条的页面安排。",
)
