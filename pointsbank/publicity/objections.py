"""Objections (异议) to scores: one freezes its own score only; somebody else answers in writing, for good."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import objections as machine
from pointsbank import scoring, staff
from pointsbank.errors import NotAllowed, Refused
from pointsbank.objections import Filed, Kind
from pointsbank.publicity.models import ScoreObjectionAnswerRow, ScoreObjectionRow
from pointsbank.publicity.notices import SETTLED, lock_notice_of, notice_row

CONTROL = staff.declare(
    staff.Control(
        act="答复对评分的异议",
        controlled="the committee, which judges and enters scores",
        controls="the supervisor in nobody's hands, who neither entered it nor wrote the objection down",
        where=__name__,
        permissions=(staff.Permission.OBJECTION_RAISE, staff.Permission.OBJECTION_DECIDE),
        people=(staff.Permission.OBJECTION_DECIDE.roles,),
    )
)


class NotOnNotice(Refused):
    """The score is on no notice, or it was withdrawn."""

    code = "not_on_notice"
    sentence = "这条评分不在公示中，不能提出异议。请核对公示内容。"
    fixed_by = "村委"


class ObjectionAfterPosting(Refused):
    """The score is posted: what is wrong is corrected by a new entry."""

    code = "objection_too_late"
    sentence = "公示期已过，这条评分已经入账。如有错误，请向村委申请更正。"
    fixed_by = "村委"


class ObjectionStands(Refused):
    """There is an open objection to this score already."""

    code = "objection_stands"
    sentence = "这条评分已有异议正在处理，请等待书面答复。"
    fixed_by = "村委"


class EntererCannotDecide(NotAllowed):
    """Who entered a score does not decide the objection against it."""

    code = "enterer_cannot_decide"
    sentence = "录入这条评分的人不能处理对它的异议，请由监督委员会或其他人员处理。"
    fixed_by = "监督委员会"


SCORES = Kind("score", ScoreObjectionRow, ScoreObjectionAnswerRow, ObjectionStands, EntererCannotDecide)


@dataclass(frozen=True, slots=True)
class Objection(machine.Objection):
    """One objection to a score on a notice."""

    notice: str

    @property
    def score(self) -> str:
        """The score's id."""
        return self.subject


def raise_objection(
    session: Session, *, village: str, score: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record what somebody says against one score on a notice; the score is frozen, the others are not.

    Locks the notice.

    Raises:
        ScoreUnknown: there is no such score.
        ObjectionAfterPosting: it is posted.
        ObjectionStands: an objection to it waits for its answer.
        NotOnNotice: it is not on a notice, or was withdrawn.
        NobodyElseDecides: only `by` could answer it.
        TextInvalid: the reason, or who raised it, is empty or too long.

    And those of `objections.file`, `scoring.contest` and `record_filed`.

    Example:
        raise_objection(
            session, village="chayuan", score=id, raised_by="李四", reason="那天不在家", by="zhao", at=now
        ).due_on  # date(2026, 9, 10)
    """
    meeting = scoring.score(session, village=village, score_id=score).meeting_id
    published = lock_notice_of(session, village, meeting)
    # Read again behind the notice's lock: settling may have posted it while we waited.
    target = scoring.score(session, village=village, score_id=score)
    if target.status == scoring.POSTED:
        raise ObjectionAfterPosting()
    if target.status == scoring.CONTESTED:
        raise ObjectionStands()
    if published is None or target.status != scoring.PUBLISHED:
        raise NotOnNotice()
    filed = machine.file(
        session,
        SCORES,
        village=village,
        subject=score,
        made_by=target.entered_by,
        raised_by=raised_by,
        reason=reason,
        by=by,
        at=at,
        notice_id=published.id,
    )
    scoring.contest(session, village=village, score=score)
    about = {"participant": target.participant_id, "notice": published.id}
    machine.record_filed(session, SCORES, filed, at=at, **about)
    return _view(filed)


def decide_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> Objection:
    """Answer in writing: upheld takes the score away; rejected lets it stand, and be posted.

    Locks the notice.

    Raises:
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        EntererCannotDecide: `by` entered the score.
        RecorderCannotDecide: `by` wrote the objection down.
        LoginNotIndependent: somebody else has the login in hand.
        TextInvalid: the reason is empty or too long.

    And those of `notice_row`, `scoring.withdraw`, `scoring.uncontest`, `scoring.settle_scores`,
    `scoring.score` and `record_answered`.

    Example:
        decide_objection(
            session, village="chayuan", objection=id, upheld=False, reason="有照片为证", by="zhao", at=now
        ).status  # "rejected"
    """
    notice = machine.find(session, SCORES, village=village, objection=objection).row.notice_id
    published = notice_row(session, village, notice, lock=True)
    filed = machine.answer(
        session, SCORES, village=village, objection=objection, upheld=upheld, reason=reason, by=by, at=at
    )
    score = filed.row.subject_id
    if upheld:
        scoring.withdraw(session, village=village, score=score, reason="异议成立")
    else:
        scoring.uncontest(session, village=village, score=score)
        if published.status == SETTLED:
            scoring.settle_scores(session, village=village, scores=[score], by=by, at=at)
    who = scoring.score(session, village=village, score_id=score).participant_id
    machine.record_answered(session, SCORES, filed, participant=who, at=at)
    return _view(filed)


def objections(session: Session, *, village: str, notice: str | None = None) -> list[Objection]:
    """Return the objections to one notice's scores or to all, oldest first.

    Example:
        objections(session, village="chayuan", notice=id)[0].status  # "open"
    """
    every = machine.filed(session, SCORES, village=village)
    return [_view(one) for one in every if notice in (None, one.row.notice_id)]


def answers_due(session: Session, *, village: str) -> list[date]:
    """Return the last day of each open objection to a score, the earliest first.

    Example:
        answers_due(session, village="chayuan")  # [date(2026, 9, 10)]
    """
    return machine.answers_due(session, SCORES, village=village)


def objection_by_id(session: Session, *, village: str, objection: str) -> Objection:
    """Return one objection (id) to a score.

    Raises:
        ObjectionUnknown: there is no such objection.

    Example:
        objection_by_id(session, village="chayuan", objection=id).due_on  # date(2026, 9, 10)
    """
    return _view(machine.find(session, SCORES, village=village, objection=objection))


def _view(filed: Filed[ScoreObjectionRow]) -> Objection:
    """Return one objection as others see it."""
    return Objection(**asdict(filed.view), notice=filed.row.notice_id)
