"""Answering an objection to a score: upheld with the value that should be, rejected, or a deed is missing."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, scoring
from pointsbank import objections as machine
from pointsbank.dates import day_of
from pointsbank.errors import Invalid
from pointsbank.objections import Filed
from pointsbank.publicity.correcting import end_what_rested
from pointsbank.publicity.missing import note_missing
from pointsbank.publicity.models import ScoreObjectionRow
from pointsbank.publicity.notices import SETTLED, notice_row
from pointsbank.publicity.objections import SCORES, Objection, views
from pointsbank.scoring import Decision, Score, ShouldBe


class OutcomeUnclear(Invalid):
    """Two outcomes at once, or a value with an objection that is rejected."""

    code = "outcome_unclear"
    sentence = "结论只能选一种：成立并写明应该是多少，成立并撤销，有一件事漏记了，或者不成立。"
    at = ("verdict", "outcome")


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
) -> Objection:
    """Answer in writing, for good.

    Upheld puts what should be in the score's place, or takes it away where that is nothing; rejected lets it
    stand. With `missing` the objection is right, but the score stands: a deed that was left out goes to the
    next meeting. Against a correction that hangs upheld means that the score stays as it was before. What is
    posted goes on counting: `approvals.decide_objection` asks for its correction besides.

    Locks the notice, and for a value in its place also what `scoring.lock_for_correcting` locks.

    Raises:
        OutcomeUnclear: two outcomes at once, or a value though it is rejected.
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        EntererCannotDecide: `by` entered the score.
        RecorderCannotDecide: `by` wrote the objection down.
        AnsweredByKin: `by` is of that household, or near kin.
        LoginNotIndependent: somebody else has the login in hand.
        TextInvalid: the reason is empty or too long.
        CorrectionInvalid, NothingToCorrect, ParticipantClosed: what should be, or is missing, cannot be.
        CorrectionEnded, CorrectionUnknown, ScoreNotReady, ScoreUnknown: raised by `drop_correction`.
        ParticipantUnknown, ScoreUnknown, ScoringPeriodInvalid, ShapeUnknown, TransactionUnknown,
            VillageUnknown: raised by `replace_withdrawn`.
        AlreadyPosted, AlreadyReversed, CorrectionEnded, CorrectionUnknown, MeetingUnknown, ScoreNotReady,
            ScoreUnknown, TransactionUnknown, VillageUnknown: raised by `post_correction`.
        ParticipantUnknown, ScoringPeriodInvalid, ShapeUnknown: raised by `note_missing`.
        ListingNotUp, ListingUnknown: raised by `end_resting_on`.

    And those of `notice_row`, `scoring.withdraw`, `scoring.uncontest`, `scoring.settle_scores`,
    `scoring.score` and `record_answered`.

    Example:
        decide_objection(
            session, village="chayuan", objection=id, upheld=False, reason="有照片为证", by="zhao", at=now
        ).status  # "rejected"
    """
    if (should_be and missing) or ((should_be or missing) and not upheld):
        raise OutcomeUnclear()
    filed = machine.find(session, SCORES, village=village, objection=objection)
    published = notice_row(session, village, filed.row.notice_id, lock=True)
    target = scoring.score(session, village=village, score_id=filed.row.subject_id)
    if should_be and not should_be.struck:
        scoring.lock_for_correcting(session, target, [should_be.participant_code], village=village)
    filed = machine.answer(
        session,
        SCORES,
        village=village,
        objection=objection,
        about=target.participant_id,
        upheld=upheld,
        reason=reason,
        by=by,
        at=at,
    )
    made = scoring.correction(session, village=village, score=target.id)
    settled = published.status == SETTLED
    if target.status == scoring.POSTED:
        # It goes on counting: an upheld objection leads to a correction, by two people.
        pass
    elif upheld and not missing:
        _take_away(session, filed, target, should_be, village=village, settled=settled, at=at)
    else:
        scoring.uncontest(session, village=village, score=target.id)
        if made is not None and made.reverses:
            if made.ends_on is not None and day_of(at) > made.ends_on:
                posted = scoring.post_correction(session, village=village, score=target.id, by=by, at=at)
                end_what_rested(session, posted, village=village, by=by, at=at)
        elif settled:
            scoring.settle_scores(session, village=village, scores=[target.id], by=by, at=at)
    is_published = made is not None and made.reverses
    if upheld and not missing and not is_published and not _same_deed(target, should_be):
        # A warning that rested on what is taken away ends with it.
        boards.end_resting_on(session, target.id, village=village, by=by, at=at)
    if missing:
        note_missing(session, filed, target, missing, village=village, at=at)
    machine.record_answered(session, SCORES, filed, participant=target.participant_id, at=at)
    return views(session, [filed], village=village)[0]


def _same_deed(target: Score, should_be: ShouldBe | None) -> bool:
    """Return whether the household still did what the item says, only counted otherwise."""
    if should_be is None or should_be.struck:
        return False
    return (should_be.participant_code, should_be.item) == (target.code, target.item_code)


def _take_away(
    session: Session,
    filed: Filed[ScoreObjectionRow],
    target: Score,
    should_be: ShouldBe | None,
    *,
    village: str,
    settled: bool,
    at: datetime,
) -> None:
    """Withdraw a score, and put what should be in its place; a correction that hangs is dropped."""
    answer = filed.answer
    assert answer is not None
    made = scoring.correction(session, village=village, score=target.id)
    if made is not None and made.reverses:
        if should_be is not None and not should_be.struck:
            raise OutcomeUnclear()
        scoring.drop_correction(session, village=village, score=target.id, reason="异议成立", at=at)
        return
    scoring.withdraw(session, village=village, score=target.id, reason="异议成立")
    if should_be is None or should_be.struck:
        return
    # Who wrote the objection down asked for it, who answers confirms: two people by the rule of objections.
    decision = Decision("异议成立", by=filed.row.recorded_by, second=answer.decided_by)
    new = scoring.replace_withdrawn(
        session, score=target.id, should_be=should_be, decision=decision, village=village, at=at
    )
    if settled:
        by = answer.decided_by
        scoring.settle_scores(session, village=village, scores=[new.score_id], by=by, at=at)
