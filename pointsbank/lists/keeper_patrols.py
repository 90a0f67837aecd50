"""Every round that a keeper made."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import keepers
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import DAY, MOMENT
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the rounds, the latest first."""
    for place, one in enumerate(keepers.patrols(session, village=asked.village)):
        yield {
            "order": place,
            "participant_id": one.participant_id,
            "patrolled_on": one.patrolled_on,
            "place": one.place,
            "words": one.words,
            "recorded_at": one.recorded_at,
            "recorded_by": one.recorded_by,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose round it is, and who wrote it down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="recorded_by")


LIST = List(
    name="keeper_patrols",
    title="管护员巡查",
    about="管护员自己的每一次巡查：哪天、哪里、做了什么。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="patrolled_on", title="日期", kind=DAY, sort="patrolled_on", place="number"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="管护员", place="main", paper="paper_name"),
        Column(key="place", title="地方", place="sub"),
        Column(key="words", title="看到什么、做了什么", paper=None),
        Column(key="recorded_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
    ),
    order=("order",),
    rows=_rows,
    complete=_complete,
    filters=(Household("household", FINDER_WORDS, "participant_id"),),
    opens=("one_keeper", {"keeper": "code"}),
    empty="还没有登记过巡查：在管护员自己的页上登记。",
)
