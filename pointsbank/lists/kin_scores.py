"""What judges' own and near relatives' households got while they sat, and who entered it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.kinship import KINSHIP
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, SIGNED, word_of
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.lists.periods import MONTHS, period_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield them, the latest meeting first; raises MonthInvalid and PeriodInvalid."""
    found = scoring.kin_scores(session, village=asked.village, period=period_of(asked))
    for number, one in enumerate(found):
        yield {
            "number": number,
            "meeting": one.meeting,
            "held_on": one.held_on,
            "title": one.title,
            "judge": one.judge,
            "participant": one.participant_id,
            "relation": one.relation,
            "entries": one.entries,
            "plus": one.plus,
            "minus": one.minus,
            "open": one.open,
            "entered_by": one.entered_by,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose household it is, and who entered."""
    add_participants(session, asked, rows, key="participant")
    add_staff(session, rows, by="entered_by")


LIST = List(
    name="kin_scores",
    title="评议员亲属户得分",
    about="每次评议会上，评议员本户和亲属户得了多少分、谁录入的、有没有回避；不选月份就是最近十二个月。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="held_on", title="日期", kind=DAY, sort="held_on", place="sub"),
        Column(key="title", title="评议会", sort="title", place="sub"),
        # Who is whose relative hangs nowhere.
        Column(key="judge", title="评议员", sort="judge", paper=None, place="main"),
        Column(key="relation", title="关系", kind=word_of(KINSHIP), paper=None, place="sub"),
        Column(key="code", title="户号", paper=None, place="sub"),
        Column(key="name", title="户主", paper=None, place="sub"),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True),
        Column(key="plus", title="加分", kind=SIGNED, sort="plus", total=True, place="number"),
        Column(key="minus", title="扣分", kind=SIGNED, sort="minus", total=True),
        Column(key="open", title="未登记回避", kind=COUNT, sort="open", total=True),
        Column(key="by", title="录入人", paper=None),
        Column(key="meeting", title="评议会编号", paper=None, on_screen=False),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(
        *MONTHS,
        Search("q", "评议员", "judge"),
        OneOf("relation", "关系", "relation", labels=KINSHIP),
    ),
    opens=("one_meeting", {"meeting": "meeting"}),
    empty="这些月份里，评议员的本户和亲属户没有得分；亲属户在“评议小组”页登记。",
)
