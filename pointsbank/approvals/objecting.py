"""Answers to objections to scores; an upheld one against what is posted asks for its correction."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.approvals.correcting import request_correction
from pointsbank.approvals.kind import Approval
from pointsbank.publicity import Objection
from pointsbank.scoring import ShouldBe

_LONGEST = 180


@dataclass(frozen=True, slots=True)
class Answered:
    """An objection that was answered, and the request for a correction that it made, if it made one."""

    objection: Objection
    approval: Approval | None


def decide_objection(
    session: Session,
    *,
    village: str,
    objection: str,
    upheld: bool,
    reason: str,
    by: str,
    at: datetime,
    should_be: ShouldBe | None = None,
    missing: ShouldBe | None = None,
) -> Answered:
    """Answer an objection to a score; where an upheld one is against what is posted, ask for its correction.

    Raises:
        OutcomeUnclear, ObjectionUnknown, ObjectionDecided: and the other refusals of
            `publicity.decide_objection`.
        NotPostedYet, AlreadyCorrected, CorrectionInvalid, NothingToCorrect, ApprovalWaiting,
            RequesterNotAllowed: and the other refusals of `request_correction`.
        ScoreUnknown: raised by `instead_of`.

    Example:
        answer = {"upheld": True, "reason": "签到表上是三小时", "should_be": three}
        approvals.decide_objection(session, village="cy", objection=id, **answer, by=zhao.id, at=now).approval
        # Approval(kind="correct_score", status="waiting", …), or None
    """
    done = publicity.decide_objection(
        session,
        village=village,
        objection=objection,
        upheld=upheld,
        reason=reason,
        by=by,
        at=at,
        should_be=should_be,
        missing=missing,
    )
    corrected = scoring.replaced_by(session, village=village, score=done.score)
    # Somebody may have put it right before the answer: then there is nothing left to ask for.
    if done.remedy != "correction" or corrected is not None:
        return Answered(done, None)
    asked = should_be
    if asked is None:
        stands = scoring.instead_of(session, village=village, score=done.score, given={})
        asked = replace(stands, struck=True)
    why = f"异议成立：{' '.join(reason.split())}"[:_LONGEST]
    made = request_correction(
        session, village=village, score=done.score, should_be=asked, reason=why, by=by, at=at
    )
    return Answered(done, made)
