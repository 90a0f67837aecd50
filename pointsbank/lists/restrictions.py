"""Whom a veto keeps from what: since when, until when, and who ended it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import roster
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.labels.restriction_state import RESTRICTION_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import DAY, MOMENT, word_of
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the restrictions, the latest first."""
    found = roster.restrictions(session, village=asked.village)
    for place, one in enumerate(reversed(found), start=1):
        yield {
            "place": place,
            "participant_id": one.participant_id,
            "score_id": one.score_id,
            "kind": one.kind,
            "state": one.state(asked.at),
            "why": one.why,
            "begins_on": one.begins_on,
            "ends_on": one.ends_on,
            "ended_at": one.ended_at,
            "ended_by": one.ended_by,
            "ended_with": one.ended_with,
            "end_reason": one.end_reason or "",
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whom it is about, and the two who ended it."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="ended_by", second="ended_with")


LIST = List(
    name="restrictions",
    title="限制",
    about="哪几户因为一票否决或基础分扣完暂停了什么，从哪天到哪天，谁解除的；只在村里用，不张贴。",
    permission=Permission.FILE_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="kind", title="暂停", kind=word_of(RESTRICTION_KIND), sort="kind", place="sub"),
        Column(key="state", title="状态", kind=word_of(RESTRICTION_STATE), sort="state", place="sub"),
        Column(key="begins_on", title="从", kind=DAY, sort="begins_on", place="sub"),
        Column(key="ends_on", title="到", kind=DAY),
        # Why a household is kept from something stands on no paper.
        Column(key="why", title="条目", paper=None),
        Column(key="ended_at", title="解除时间", kind=MOMENT, paper=None),
        Column(key="by", title="申请人", paper=None),
        Column(key="second", title="确认人", paper=None),
        Column(key="end_reason", title="原因", paper=None),
    ),
    order=("place",),
    rows=_rows,
    complete=_complete,
    filters=(
        OneOf("state", "状态", "state", labels=RESTRICTION_STATE),
        OneOf("kind", "暂停", "kind", labels=RESTRICTION_KIND),
    ),
    opens=("one_score", {"score": "score_id"}),
    empty="没有暂停了什么的户。",
)
