"""What was put right of posted scores: old and new, by whom, why, and where it stands."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.dates import day_of
from pointsbank.labels.correction_state import CORRECTION_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, SIGNED, word_of
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the corrections, each with the score that was and the one that is."""
    today = day_of(asked.at)
    made = scoring.corrections(session, village=asked.village)
    ids = {id for one in made for id in (one.corrects, one.score_id)}
    scores = scoring.scores_by_id(session, village=asked.village, ids=ids)
    for one in made:
        was = scores[one.corrects]
        yield {
            "id": one.score_id,
            "participant_id": was.participant_id,
            "code": was.code,
            "to": f"{scores[one.score_id].code} {scores[one.score_id].name}",
            "title": was.title,
            "occurred_on": was.occurred_on,
            "was": was.counted_points,
            "counted": scores[one.score_id].counted_points,
            "version": one.version,
            "corrected_at": one.corrected_at,
            "ends_on": one.ends_on,
            "status": one.status_on(today),
            "requested_by": one.requested_by,
            "confirmed_by": one.confirmed_by,
            "reason": one.reason,
            "searched": f"{was.code} {was.name} {was.title}",
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose score it was, and who put it right."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, first="requested_by", second="confirmed_by")


LIST = List(
    name="corrections",
    title="更正",
    about="每次更正：哪一条、原来计多少、现在计多少、谁办的、为什么、入账了没有。",
    permission=Permission.NOTICE_VIEW,
    columns=(
        Column(key="corrected_at", title="更正时间", kind=MOMENT, sort="corrected_at", place="sub"),
        Column(key="code", title="户号", sort="code", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="title", title="条目", sort="title", place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on"),
        Column(key="was", title="原来计分", kind=SIGNED, sort="was"),
        Column(key="counted", title="更正后计分", kind=SIGNED, sort="counted", place="number"),
        Column(key="to", title="记到", paper=None),
        Column(key="version", title="第几版", kind=COUNT, sort="version"),
        Column(key="ends_on", title="公示至", kind=DAY),
        Column(key="status", title="状态", kind=word_of(CORRECTION_STATE), sort="status", place="sub"),
        Column(key="first", title="申请人", paper=None),
        Column(key="second", title="确认人", paper=None),
        Column(key="reason", title="原因", paper=None),
    ),
    kept=True,
    order=("-corrected_at", "id"),
    rows=_rows,
    complete=_complete,
    filters=(
        Search("q", "户号、姓名、条目", "searched"),
        OneOf("status", "状态", "status", labels=CORRECTION_STATE),
    ),
    opens=("one_score", {"score": "id"}),
    empty="还没有更正过评分：在“公示”里点开一条评分，再点“更正”。",
)
