"""Objections (异议) to scores: one freezes its own score only; somebody else answers in writing, for good."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import objections as machine
from pointsbank import roster, scoring, staff
from pointsbank.errors import NotAllowed, Refused
from pointsbank.objections import Filed, Kind
from pointsbank.prepared import chunks
from pointsbank.publicity.models import MissingDeedRow, ScoreObjectionAnswerRow, ScoreObjectionRow
from pointsbank.publicity.notices import lock_notice_of

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


class NotYetGathered(Refused):
    """The score was entered at the counter, and hangs only when its week is over."""

    code = "not_yet_gathered"
    sentence = "这条柜台登记还没有公示，公示以后再登记异议；录错了的，现在就可以申请更正。"
    fixed_by = "本人"


class ObjectionStands(Refused):
    """There is an open objection to this score already."""

    code = "objection_stands"
    sentence = "这条评分已有异议正在处理，请等待书面答复。"
    fixed_by = "村委"


class EntererCannotDecide(NotAllowed):
    """Who entered a score does not decide the objection against it."""

    code = "enterer_cannot_decide"
    sentence = "录入这条评分的人不能答复对它的异议，请由村务监督答复。"
    fixed_by = "监督委员会"


SCORES = Kind("score", ScoreObjectionRow, ScoreObjectionAnswerRow, ObjectionStands, EntererCannotDecide)


@dataclass(frozen=True, slots=True)
class Objection(machine.Objection):
    """One objection to a score on a notice.

    `remedy`: what an answer that upheld it did: `changed` the score, `struck` it, noted a deed as `missing`,
    `dropped` a correction that hung, asked for one of what is posted (`correction`); empty for others.
    """

    notice: str
    remedy: str = ""

    @property
    def score(self) -> str:
        """The score's id."""
        return self.subject


def raise_objection(
    session: Session, *, village: str, score: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record what somebody says against one score that hung; it is frozen, unless it is posted already.

    What is posted goes on counting until the answer leads to a correction.

    Locks the notice.

    Raises:
        ScoreUnknown: there is no such score.
        AlreadyCorrected: it was posted, and another version stands for it.
        ParticipantClosed: it was posted, and its household has ended.
        ObjectionStands: an objection to it waits for its answer.
        NotOnNotice: it is not on a notice, or was withdrawn.
        NotYetGathered: it was entered at the counter, and its notice is yet to come.
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
    is_posted = target.status == scoring.POSTED
    if is_posted and scoring.replaced_by(session, village=village, score=score) is not None:
        raise scoring.problems.AlreadyCorrected()
    if is_posted:
        # An answer could put nothing right: the points have gone where the household went.
        roster.refuse_closed(session, village=village, participants=[target.participant_id])
    if target.status == scoring.CONTESTED:
        raise ObjectionStands()
    if published is None and is_posted:
        raise NotYetGathered()
    if published is None or not (is_posted or target.status == scoring.PUBLISHED):
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
    if not is_posted:
        scoring.contest(session, village=village, score=score)
    about = {"participant": target.participant_id, "notice": published.id}
    machine.record_filed(session, SCORES, filed, at=at, **about)
    return view(filed)


def objections(session: Session, *, village: str, notice: str | None = None) -> list[Objection]:
    """Return the objections to one notice's scores or to all, oldest first.

    Example:
        objections(session, village="chayuan", notice=id)[0].status  # "open"
    """
    every = machine.filed(session, SCORES, village=village)
    return views(session, [one for one in every if notice in (None, one.row.notice_id)], village=village)


def answers_due(session: Session, *, village: str) -> list[date]:
    """Return the last day of each open objection to a score, the earliest first.

    Example:
        answers_due(session, village="chayuan")  # [date(2026, 9, 10)]
    """
    return [day for day, _ in machine.answers_due(session, SCORES, village=village)]


def objection_by_id(session: Session, *, village: str, objection: str) -> Objection:
    """Return one objection (id) to a score.

    Raises:
        ObjectionUnknown: there is no such objection.

    Example:
        objection_by_id(session, village="chayuan", objection=id).due_on  # date(2026, 9, 10)
    """
    found = machine.find(session, SCORES, village=village, objection=objection)
    return views(session, [found], village=village)[0]


def views(session: Session, every: Sequence[Filed[ScoreObjectionRow]], *, village: str) -> list[Objection]:
    """Return objections as others see them, each with what its answer did."""
    upheld = [one for one in every if one.answer is not None and one.answer.upheld]
    missing = set[str]()
    for some in chunks([one.row.id for one in upheld]):
        noted = (MissingDeedRow.in_village(village), col(MissingDeedRow.objection_id).in_(some))
        missing |= set(session.exec(select(MissingDeedRow.objection_id).where(*noted)))
    made = scoring.corrections(session, village=village, scores=[one.row.subject_id for one in upheld])
    changed = {one.corrects for one in made if not one.reverses}
    dropped = {one.score_id for one in made if one.status == "dropped"}
    remedies = dict.fromkeys((one.row.id for one in upheld), "struck")
    remedies |= {one.row.id: "dropped" for one in upheld if one.row.subject_id in dropped}
    remedies |= {one.row.id: "changed" for one in upheld if one.row.subject_id in changed}
    scores = scoring.scores_by_id(session, village=village, ids=[one.row.subject_id for one in upheld])
    posted = {id for id, one in scores.items() if one.status == scoring.POSTED}
    remedies |= {one.row.id: "correction" for one in upheld if one.row.subject_id in posted}
    remedies |= dict.fromkeys(missing, "missing")
    return [view(one, remedies.get(one.row.id, "")) for one in every]


def view(filed: Filed[ScoreObjectionRow], remedy: str = "") -> Objection:
    """Return one objection as others see it."""
    return Objection(**asdict(filed.view), notice=filed.row.notice_id, remedy=remedy)
