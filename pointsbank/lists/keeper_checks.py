"""Every check of keepers' places."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import keepers
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, POINTS, YES
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the checks, the latest first."""
    for place, one in enumerate(keepers.checks(session, village=asked.village)):
        yield {
            "order": place,
            "id": one.id,
            "participant_id": one.participant_id,
            "checked_on": one.checked_on,
            "place": one.place,
            "checker": one.checker,
            "score": one.score,
            "failed": one.failed and one.struck_at is None,
            "faults": sum(fault.faults for fault in one.faults),
            "left": sum(fault.status == "left" for fault in one.faults),
            "due_on": one.due_on,
            "looked_on": one.looked_on,
            "struck": one.struck_at is not None,
            "words": one.words,
            "recorded_at": one.recorded_at,
            "recorded_by": one.recorded_by,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose place it is, and who wrote the check down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="recorded_by")


LIST = List(
    name="keeper_checks",
    title="管护员检查",
    about="每一次检查：哪天、哪里、几处问题、多少分、复查了没有。只在村里用，不张贴。",
    permission=Permission.INSPECTION_VIEW,
    columns=(
        Column(key="checked_on", title="日期", kind=DAY, sort="checked_on", place="sub"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="管护员", place="main", paper="paper_name"),
        Column(key="place", title="地方", place="sub"),
        Column(key="score", title="得分", kind=POINTS, sort="score", place="number", paper=None),
        Column(key="failed", title="不合格", kind=YES, paper=None),
        Column(key="faults", title="问题", kind=COUNT, paper=None),
        Column(key="due_on", title="复查日期", kind=DAY),
        Column(key="looked_on", title="复查于", kind=DAY),
        Column(key="left", title="没有整改", kind=COUNT, paper=None),
        Column(key="struck", title="已作废", kind=YES),
        Column(key="checker", title="谁检查的", paper=None),
        Column(key="words", title="说明", paper=None, on_screen=False),
        Column(key="recorded_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="id", title="编号", paper=None, on_screen=False),
    ),
    order=("order",),
    rows=_rows,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        Days("first", "从", "checked_on"),
        Days("until", "到", "checked_on", until=True),
    ),
    opens=("one_keeper_check", {"keeper": "code", "check": "id"}),
    empty="还没有检查过：在“管护员”页登记检查表，再登记检查。",
)
