"""What judges marked in one meeting: each judge's mark, the spread, what they came to."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.case_status import CASE_STATUS
from pointsbank.labels.mark_way import MARK_WAY
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, POINTS, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield each mark that everybody in the room may read; raises MeetingUnknown."""
    meeting = scoring.meeting(session, village=asked.village, meeting_id=asked.named["meeting"]).id
    for case in scoring.cases(session, village=asked.village, meeting=meeting):
        for mark in case.marks:
            yield {
                "meeting": meeting,
                "number": case.number,
                "position": mark.position,
                "code": case.participant.code,
                "name": case.participant.name,
                "item": case.item.title,
                "judge": mark.name,
                "mark": mark.mark,
                "way": mark.way,
                "status": case.status,
                "lowest": case.result.lowest if case.result else None,
                "highest": case.result.highest if case.result else None,
                "result": case.result.mark if case.result else None,
            }


LIST = List(
    name="meeting_marks",
    title="一次评议会的打分",
    about="一次评议会每位评议员打了多少分，最低和最高，按规则算出多少；大家都打完的才有。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="number", title="序号", kind=COUNT, sort="number"),
        Column(key="code", title="户号", sort="code", place="sub"),
        Column(key="name", title="户主", place="main", paper=None),
        Column(key="item", title="条目", sort="item", place="sub"),
        Column(key="judge", title="评议员", sort="judge", place="sub"),
        Column(key="mark", title="打分", kind=POINTS, sort="mark", place="number"),
        Column(key="lowest", title="最低", kind=POINTS),
        Column(key="highest", title="最高", kind=POINTS),
        Column(key="result", title="结果", kind=POINTS),
        Column(key="status", title="状态", kind=word_of(CASE_STATUS)),
        Column(key="way", title="怎么打的", kind=word_of(MARK_WAY), paper=None),
        Column(key="position", title="名单序号", kind=COUNT, paper=None, on_screen=False),
    ),
    order=("number", "position", "meeting"),
    rows=_rows,
    filters=(
        Search("q", "评议员", "judge"),
        OneOf("way", "怎么打的", "way", labels=MARK_WAY),
        OneOf("status", "状态", "status", labels=CASE_STATUS, codes=("complete", "drawn")),
    ),
    needs={"meeting": "评议会的编号"},
    empty="还没有大家都打完的：请在“评议员打分”页提交打分。",
)
