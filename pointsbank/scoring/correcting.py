"""Puts a posted score right: the old entry is posted back and the new one posted, in one transaction.

A new version of the score stands beside the old one, in the minutes of the same meeting; the old row and its
entry stay as they were written. Where somebody is worse off the new version hangs first, and is posted later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from pointsbank import ledger, roster, villages
from pointsbank.database import new_id
from pointsbank.errors import NotFound, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.scoring.correction_effects import ShouldBe
from pointsbank.scoring.correction_plan import AlreadyCorrected, Plan, plan_instead
from pointsbank.scoring.correction_posting import post_versions
from pointsbank.scoring.correction_reading import Correction
from pointsbank.scoring.correction_reading import correction as find_correction
from pointsbank.scoring.correction_words import record_corrected
from pointsbank.scoring.meetings import lock_meeting
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.publishing import ScoreNotReady, withdraw
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.values import POSTED, PUBLISHED, Score, is_id
from pointsbank.text import clean_required


class CorrectionUnknown(NotFound):
    """There is no such correction in this village."""

    code = "correction_unknown"
    sentence = "没有找到这次更正，请打开这条评分再看。"
    fixed_by = "本人"


class CorrectionEnded(Refused):
    """It was posted or dropped before."""

    code = "correction_ended"
    sentence = "这次更正已经办完，不能再办一次，请刷新后查看。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a score is put right, and by which two people (ids): who asked for it, and who confirmed.

    Attributes:
        reason: 1 to 200 characters.
        days: how many the new version hangs before it counts, 1 to 60; None: it counts at once.
    """

    reason: str
    by: str
    second: str
    days: int | None = None


def correct_score(
    session: Session, plan: Plan, decision: Decision, *, village: str, at: datetime
) -> Correction:
    """Put a posted score right as planned: at once, or where the decision says so after it has hung.

    The caller holds the locks of `lock_for_correcting` and has planned under them.

    Raises:
        TextInvalid: the reason cannot be stored.
        AlreadyCorrected: somebody else put it right meanwhile; and those of `post_versions` and
            `ledger.record`.
        ScoreUnknown: raised by `score`.
        VillageUnknown: raised by `settings`, and by `record_corrected`.

    Example:
        why = scoring.Decision("数错了", by="li", second="zhao")
        done = scoring.correct_score(session, plan, why, village="cy", at=now)
        done.status, done.version  # "posted", 2
    """
    row = add_version(session, plan, decision, village=village, at=at)
    if decision.days is None:
        post_versions(session, row, by=decision.by, at=at)
    new = find_score(session, village=village, score_id=row.score_id)
    record_corrected(session, row, plan.old, new, at=at)
    return row.into(Correction)


def lock_for_correcting(session: Session, old: Score, codes: Sequence[str], *, village: str) -> None:
    """Lock what a correction needs: the months, the households' accounts, the minutes it is added to.

    Args:
        codes: of the households besides the old score's own; unknown ones are left out.

    Raises:
        MeetingUnknown: the score's meeting is gone.
        NotYetOpen, MeetingCancelled: raised by `lock_meeting`; not of a meeting that has scored.

    Example:
        scoring.lock_for_correcting(session, old, ["0102"], village="cy")
    """
    # Before every other lock: no month that it counts in is closed until it is written.
    villages.hold_months(session, village=village)
    found = roster.by_codes(session, village=village, codes=set(codes))
    whose = {old.participant_id, *(person.id for person in found.values())}
    # The accounts before the minutes, as entering and settling do.
    ledger.lock_accounts(session, village=village, participants=sorted(whose))
    lock_meeting(session, village=village, meeting=old.meeting_id)


def add_version(
    session: Session, plan: Plan, decision: Decision, *, village: str, at: datetime
) -> CorrectionRow:
    """Write the new version of a score, published, and the correction that makes it.

    Raises:
        TextInvalid: the reason cannot be stored.
        AlreadyCorrected: another version stands for it.
    """
    old, new, id = plan.old, plan.new, new_id(session)
    made = find_correction(session, village=village, score=old.id)
    row = CorrectionRow(
        village_id=village,
        score_id=id,
        corrects=old.id,
        version=made.version + 1 if made else 2,
        struck=new.struck,
        reverses=old.status == POSTED,
        reason=clean_required(decision.reason, maximum=200),
        requested_by=decision.by,
        confirmed_by=decision.second,
        corrected_at=at,
        days=decision.days,
    )
    session.add(row)
    with refusing_duplicates(AlreadyCorrected()):
        session.flush()
    score = StoredScoreRow(
        village_id=village,
        id=id,
        meeting_id=old.meeting_id,
        number=1 + last_number(session, village=village, meeting=old.meeting_id),
        participant_id=new.participant.id,
        item_id=new.item.id,
        item_code=new.item.code,
        occurred_on=new.occurred_on,
        quantity=new.quantity,
        points=new.points,
        counted_points=new.counted,
        counted_in=plan.counted_in,
        late=plan.late,
        note=old.note,
        remark=new.remark,
        recused=new.recused,
        status=PUBLISHED,
        # Who set the value does not answer what is said against it.
        entered_by=decision.by if old.status == POSTED else decision.second,
        entered_at=at,
        same_deed=(old.same_deed or old.id) if new.is_same_deed else None,
    )
    session.add(score)
    session.flush()
    return row


def replace_withdrawn(
    session: Session, *, village: str, score: str, should_be: ShouldBe, decision: Decision, at: datetime
) -> Correction:
    """Put what should be in the place of a score that an objection took away before it was posted.

    The new version is published and goes to the ledger as the old one would have. The caller holds the locks
    of `lock_for_correcting`.

    Raises:
        CorrectionInvalid: what should be cannot be judged.
        NothingToCorrect: it is what was.
        ParticipantClosed: the household has ended; and those of `ledger.record`.
        ScoreUnknown: raised by `score`.
        ParticipantUnknown, ScoringPeriodInvalid, ShapeUnknown, TransactionUnknown, VillageUnknown: raised
            by `plan_instead`.
        TextInvalid: raised by `clean_required`.
        VillageUnknown: raised by `record_corrected`.

    Example:
        scoring.replace_withdrawn(
            session, village="cy", score=old, should_be=three, decision=why, at=now
        ).status  # "decided"
    """
    old = find_score(session, village=village, score_id=score)
    plan = plan_instead(session, old, should_be, village=village, at=at)
    row = add_version(session, plan, decision, village=village, at=at)
    new = find_score(session, village=village, score_id=row.score_id)
    record_corrected(session, row, old, new, at=at)
    return row.into(Correction)


def post_correction(session: Session, *, village: str, score: str, by: str, at: datetime) -> Correction:
    """Post a new version (id) that has hung, and post the old one back; the caller knows its days are over.

    Holds off a close of the month, locks the households' accounts, then the minutes.

    Raises:
        CorrectionUnknown: no correction made this version.
        CorrectionEnded: it was posted or dropped.
        ScoreNotReady: an objection to it waits for its answer.
        ParticipantClosed: a household has ended meanwhile; and those of `post_versions`.
        ScoreUnknown: raised by `score`.
        MeetingUnknown: raised by `lock_meeting`.
        VillageUnknown: raised by `settings`.

    Example:
        scoring.post_correction(session, village="cy", score=new, by="li", at=now).status  # "posted"
    """
    row = _row(session, village=village, score=score)
    old = find_score(session, village=village, score_id=row.corrects)
    new = find_score(session, village=village, score_id=score)
    lock_for_correcting(session, old, [new.code], village=village)
    session.refresh(row)
    if row.posted_at is not None or row.dropped_at is not None or not row.reverses:
        raise CorrectionEnded()
    new = find_score(session, village=village, score_id=score)
    if new.status != PUBLISHED:
        raise ScoreNotReady(state=SCORE_STATUS.name(new.status), act="入账")
    roster.refuse_closed(session, village=village, participants={old.participant_id, new.participant_id})
    post_versions(session, row, by=by, at=at)
    return row.into(Correction)


def drop_correction(session: Session, *, village: str, score: str, reason: str, at: datetime) -> Correction:
    """Drop a new version (id) that hangs: an objection to it was right, and the old one stands as it was.

    Raises:
        CorrectionUnknown: no correction made this version.
        CorrectionEnded: it was posted or dropped; and those of `withdraw`.

    Example:
        scoring.drop_correction(session, village="cy", score=new, reason="异议成立", at=now)  # dropped
    """
    row = _row(session, village=village, score=score, lock=True)
    if row.posted_at is not None or row.dropped_at is not None:
        raise CorrectionEnded()
    withdraw(session, village=village, score=score, reason=reason)
    row.dropped_at = at
    session.flush()
    return row.into(Correction)


def _row(session: Session, *, village: str, score: str, lock: bool = False) -> CorrectionRow:
    """Return the correction that made a version; raise CorrectionUnknown."""
    key = (village, score)
    row = (
        session.get(CorrectionRow, key, with_for_update=lock, populate_existing=lock)
        if is_id(score)
        else None
    )
    if row is None:
        raise CorrectionUnknown()
    return row


def last_number(session: Session, *, village: str, meeting: str) -> int:
    """Return the number of the last score of these locked minutes, new versions counted; 0 without any."""
    last = select(func.max(col(StoredScoreRow.number))).where(
        StoredScoreRow.in_village(village), col(StoredScoreRow.meeting_id) == meeting
    )
    return session.exec(last).one() or 0
