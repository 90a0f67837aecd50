"""Correcting what was posted: what leaves somebody worse off hangs its days first, and then counts."""

from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, scoring, staff, villages
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.notices import lock_notice_of
from pointsbank.scoring import Correction, Decision, Plan, Score, ShouldBe

CONTROL = staff.declare(
    staff.Control(
        act="更正期满入账",
        controlled="the committee, which posts a correction that takes something away",
        controls="everybody: two people made it, it hangs its days first, and an objection freezes it",
        where=__name__,
        permissions=(staff.Permission.NOTICE_SETTLE,),
    )
)


class CorrectionStillOpen(Refused):
    """The correction is still on display: it counts only after its days."""

    code = "correction_still_open"
    sentence = "这次更正公示到{ends_on}，请从{from_day}起再办理入账。"
    fixed_by = "村委"


class CorrectionNotHung(Refused):
    """Its paper hangs nowhere yet, so that its days have not begun."""

    code = "correction_not_hung"
    sentence = "这次更正的公示还没有登记张贴，公示期还没有开始。请贴出去以后，在这条评分的页面登记张贴。"
    fixed_by = "村委"


def days_published_first(session: Session, plan: Plan, *, village: str) -> int | None:
    """Return how many days a correction hangs before it counts, 1 to 60; None where nobody is worse off.

    Raises VillageUnknown.

    Example:
        publicity.correcting.days_published_first(session, plan, village="chayuan")  # 3, or None
    """
    return villages.settings(session, village=village).notice_days if plan.is_published_first else None


def correct_score(
    session: Session,
    *,
    village: str,
    score: str,
    should_be: ShouldBe,
    reason: str,
    by: str,
    second: str,
    at: datetime,
) -> Correction:
    """Put a posted score (id) right: at once where nobody is worse off, else once it has hung its days.

    Locks the notice of its meeting, where an objection to the score waits too.

    Args:
        reason: 1 to 200 characters.
        by, second: ids of the two people: who asked for it and who confirmed.

    Raises:
        ScoreUnknown: and the other refusals of `scoring.correct_score`, and VillageUnknown.
        MeetingUnknown: raised by `lock_for_correcting`.
        AlreadyCorrected, CorrectionInvalid, NotPostedYet, NothingToCorrect, ParticipantClosed,
            ParticipantUnknown, ScoringPeriodInvalid, ShapeUnknown, TransactionUnknown: raised by
            `plan_correction`.
        ListingNotUp, ListingUnknown: raised by `end_resting_on`.

    Example:
        three = ShouldBe("0101", "清扫", date(2026, 8, 20), quantity=300)
        publicity.correct_score(session, village="chayuan", score=id, should_be=three, reason="数错了",
                                by="li", second="zhao", at=now).status  # "posted"
    """
    found = scoring.score(session, village=village, score_id=score)
    lock_notice_of(session, village, found.meeting_id)
    scoring.lock_for_correcting(session, found, [should_be.participant_code], village=village)
    plan = scoring.plan_correction(session, village=village, score=score, should_be=should_be, at=at)
    days = days_published_first(session, plan, village=village)
    decision = Decision(reason, by, second, days)
    made = scoring.correct_score(session, plan, decision, village=village, at=at)
    return end_what_rested(session, made, village=village, by=by, at=at)


def settle_correction(session: Session, *, village: str, score: str, by: str, at: datetime) -> Correction:
    """Post a correction whose days are over and against which nothing stands, by its new version (id).

    Locks the notice of its meeting.

    Raises:
        ScoreUnknown: there is no such score.
        CorrectionUnknown: no correction made this version.
        CorrectionNotHung: its paper hangs nowhere yet.
        ListingNotUp, ListingUnknown, VillageUnknown: raised by `end_resting_on`.
        CorrectionStillOpen: its last day is not over.
        CorrectionEnded, ScoreNotReady: and the other refusals of `scoring.post_correction`.

    Example:
        publicity.settle_correction(session, village="chayuan", score=new, by="li", at=now).status  # "posted"
    """
    found = scoring.score(session, village=village, score_id=score)
    lock_notice_of(session, village, found.meeting_id)
    made = scoring.correction(session, village=village, score=score)
    if made is not None and made.status == scoring.UNHUNG:
        raise CorrectionNotHung()
    if made is not None and made.ends_on is not None and day_of(at) <= made.ends_on:
        raise CorrectionStillOpen(ends_on=made.ends_on, from_day=made.ends_on + timedelta(days=1))
    made = scoring.post_correction(session, village=village, score=score, by=by, at=at)
    return end_what_rested(session, made, village=village, by=by, at=at)


def is_same_deed(was: Score, participant: str, item: str) -> bool:
    """Return whether the same household (id) did what the same item (code) says, only counted otherwise.

    Example:
        is_same_deed(score, wang.id, "乱堆")  # True
    """
    return (participant, item) == (was.participant_id, was.item_code)


def end_what_rested(session: Session, made: Correction, *, village: str, by: str, at: datetime) -> Correction:
    """End the warnings that rested on a score which a posted correction took away; return the correction.

    One that is only counted otherwise stays a reason.

    Raises:
        ScoreUnknown: raised by `scoring.score`.
        ListingNotUp, ListingUnknown: raised by `boards.end_resting_on`.

    Example:
        publicity.correcting.end_what_rested(session, made, village="chayuan", by="li", at=now).status
        # "posted"
    """
    was = scoring.score(session, village=village, score_id=made.corrects)
    new = scoring.score(session, village=village, score_id=made.score_id)
    stands = not made.struck and is_same_deed(was, new.participant_id, new.item_code)
    if made.status == scoring.POSTED and not stands:
        boards.end_resting_on(session, was.id, village=village, reason=boards.SCORE_CORRECTED, by=by, at=at)
    return made
