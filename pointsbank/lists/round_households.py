"""The households of one round in walking order, with what was found at each."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import inspections
from pointsbank.labels.inspection_verdict import INSPECTION_VERDICT
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, word_of
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the households as one walks; raises RoundUnknown."""
    named = {"village": asked.village, "round_id": asked.named["walk"]}
    inspections.the_round(session, **named, groups=asked.groups)
    for one in inspections.stops(session, **named, by=asked.reader):
        yield {
            "place": one.place,
            "participant_id": one.participant_id,
            "code": one.code,
            "address": one.address,
            "verdict": one.verdict or None,
            "faults": one.faults,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the names of one page: of a whole group they took longer than the walk itself."""
    add_participants(session, asked, rows, key="participant_id")


LIST = List(
    name="round_households",
    title="一轮巡查的户",
    about="一轮巡查里的每一户，按走访顺序，评为哪一级、几处问题。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="place", title="顺序", kind=COUNT),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="address", title="地址", place="sub", paper=None),
        Column(key="verdict", title="评级", kind=word_of(INSPECTION_VERDICT), place="number"),
        Column(key="faults", title="问题", kind=COUNT, total=True),
    ),
    order=("place",),
    rows=_rows,
    complete=_complete,
    needs={"walk": "这一轮巡查的编号"},
    by_group=True,
    empty="这个小组还没有住户。",
)
