"""Objections (异议): one freezes its own entry only; somebody else answers in writing, for good."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from pointsbank import scoring, villages
from pointsbank.database import new_id, table_of
from pointsbank.dates import add_working_days, day_of
from pointsbank.errors import NotAllowed, NotFound, Refused
from pointsbank.publicity.models import NoticeRow, ObjectionRow
from pointsbank.publicity.notices import SETTLED, found, of_meeting
from pointsbank.raw_rows import raw_rows, unreadable
from pointsbank.scoring import Score
from pointsbank.text import clean, clean_required

_OBJECTION = table_of(ObjectionRow)

OPEN, UPHELD, REJECTED = "open", "upheld", "rejected"


class ObjectionUnknown(NotFound):
    """There is no such objection in this village."""

    code = "objection_unknown"
    sentence = "没有找到这条异议，请从列表中重新选择。"


class NotOnNotice(Refused):
    """The score does not hang on a notice, or it was withdrawn."""

    code = "not_on_notice"
    sentence = "这条评分不在公示中，不能提出异议。请核对公示内容。"


class ObjectionTooLate(Refused):
    """The score is posted: what is wrong is corrected by a new entry."""

    code = "objection_too_late"
    sentence = "公示期已过，这条评分已经入账。如有错误，请向村委申请更正。"


class ObjectionStands(Refused):
    """There is an open objection to this score already."""

    code = "objection_stands"
    sentence = "这条评分已有异议正在处理，请等待书面答复。"


class ObjectionDecided(Refused):
    """The objection has been answered; the answer stays."""

    code = "objection_decided"
    sentence = "这条异议已经书面答复，答复不能更改。"


class EntererCannotDecide(NotAllowed):
    """Who entered a score does not decide the objection against it."""

    code = "enterer_cannot_decide"
    sentence = "录入这条评分的人不能处理对它的异议，请由监督委员会或其他人员处理。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection; `decision` is the written answer once there is one, due by `due_on`."""

    id: str
    notice: str
    score: str
    raised_by: str
    reason: str
    raised_on: date
    due_on: date
    status: str
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None

    def overdue_on(self, day: date) -> bool:
        """Whether the answer is late."""
        return self.status == OPEN and day > self.due_on


def raise_objection(
    session: Session, *, village: str, score: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record what somebody says against one score on a notice; the score is frozen, the others are not."""
    meeting = scoring.score(session, village=village, score=score).meeting
    hanging = of_meeting(session, village, meeting)
    # Read again behind the notice's lock: settling may have posted it while we waited.
    target = scoring.score(session, village=village, score=score)
    if target.status == scoring.POSTED:
        raise ObjectionTooLate()
    if target.status == scoring.CONTESTED:
        raise ObjectionStands()
    if hanging is None or target.status != scoring.PUBLISHED:
        raise NotOnNotice()
    row = _add(session, hanging, target, raised_by=raised_by, reason=reason, by=by, at=at)
    scoring.contest(session, village=village, score=score)
    session.flush()
    return _view(row)


def decide_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> Objection:
    """Answer in writing: upheld takes the score away; rejected lets it stand, and be posted."""
    row = _found(session, village, objection)
    hanging = found(session, village, row.notice_id, lock=True)
    session.refresh(row)
    if row.status != OPEN:
        raise ObjectionDecided()
    if by == row.entered_by:
        raise EntererCannotDecide()
    row.status = UPHELD if upheld else REJECTED
    row.decided_by, row.decided_at = by, at
    row.decision = clean_required(reason, maximum=500, lines=True)
    session.flush()
    if upheld:
        scoring.withdraw(session, village=village, score=row.score_id, reason="异议成立")
        return _view(row)
    scoring.uncontest(session, village=village, score=row.score_id)
    if hanging.status == SETTLED:
        scoring.settle_scores(session, village=village, scores=[row.score_id], by=by, at=at)
    return _view(row)


def objections(session: Session, *, village: str, notice: str | None = None) -> list[Objection]:
    """The objections to one notice or to all, oldest first."""
    query = select(ObjectionRow).where(ObjectionRow.village_id == village)
    if notice is not None:
        query = query.where(ObjectionRow.notice_id == notice)
    rows = sorted(session.exec(query).all(), key=lambda row: (row.raised_at, row.id))
    return [_view(row) for row in rows]


def struck_out(session: Session, *, village: str) -> frozenset[str]:
    """The scores that objections have taken away, for whoever checks the sealed minutes."""
    rows = raw_rows(session, _OBJECTION, _OBJECTION.c.village_id == village, _OBJECTION.c.status == UPHELD)
    return frozenset(row.score_id for row in rows if not unreadable(row))


def objection(session: Session, *, village: str, objection: str) -> Objection:
    """One objection; raises ObjectionUnknown."""
    return _view(_found(session, village, objection))


def _add(
    session: Session, hanging: NoticeRow, target: Score, *, raised_by: str, reason: str, by: str, at: datetime
) -> ObjectionRow:
    """An objection with its day of answer."""
    days = villages.settings(session, village=hanging.village_id).objection_working_days
    row = ObjectionRow(
        village_id=hanging.village_id,
        id=new_id(session),
        notice_id=hanging.id,
        score_id=target.id,
        entered_by=target.entered_by,
        raised_by=clean(raised_by, maximum=60),
        reason=clean_required(reason, maximum=500, lines=True),
        recorded_by=by,
        raised_on=day_of(at),
        raised_at=at,
        due_on=add_working_days(day_of(at), days),
    )
    session.add(row)
    return row


def _found(session: Session, village: str, objection: str) -> ObjectionRow:
    """The row of an objection; raises ObjectionUnknown."""
    row = session.get(ObjectionRow, (village, objection))
    if row is None:
        raise ObjectionUnknown()
    return row


def _view(row: ObjectionRow) -> Objection:
    """A row as others see it."""
    return Objection(
        id=row.id,
        notice=row.notice_id,
        score=row.score_id,
        raised_by=row.raised_by,
        reason=row.reason,
        raised_on=row.raised_on,
        due_on=row.due_on,
        status=row.status,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
    )
