"""Corrections of posted scores: one person says what should be, another confirms."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.ledger import Names
from pointsbank.points import Points
from pointsbank.scoring import ShouldBe
from pointsbank.text import ERASED, clean_required

KIND = "correct_score"


def request_correction(
    session: Session,
    *,
    village: str,
    score: str,
    should_be: ShouldBe,
    reason: str,
    by: str,
    at: datetime,
) -> Approval:
    """Request that a posted score (id) is put right; a second person confirms.

    The reason stands in the log alone, where erasing the household takes it away.

    Args:
        reason: 1 to 200 characters.

    Raises:
        TextInvalid: the reason cannot be stored.
        ScoreUnknown, NotPostedYet, AlreadyCorrected, CorrectionInvalid, NothingToCorrect, ParticipantClosed:
            see `scoring.plan_correction`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        three = ShouldBe("0101", "清扫", date(2026, 8, 20), quantity=300)
        approvals.request_correction(session, village="cy", score=id, should_be=three, reason="数错了",
                                     by=li.id, at=now).kind  # "correct_score"
    """
    why = clean_required(reason, maximum=200)
    plan = scoring.plan_correction(session, village=village, score=score, should_be=should_be, at=at)
    return request(
        session,
        village=village,
        kind=KIND,
        subject=score,
        terms=_terms(should_be),
        private={"participant": plan.old.participant_id, "heir": plan.new.participant.id, "note": why},
        by=by,
        at=at,
    )


def describe(session: Session, approval: Approval) -> Outlook:
    """Say what is, what will be, for whom and when; or why it can no longer be."""
    village = approval.village
    old = scoring.score(session, village=village, score_id=approval.subject)
    subject = f"{old.name}（{old.code}）{old.title}"
    why = f"原因：{private_words(session, approval).get('note', ERASED)}。"
    if approval.status != "waiting":
        return Outlook(subject, (why,))
    at = approval.requested_at

    def foresee() -> list[str]:
        asked = _should_be(approval.terms)
        plan = scoring.plan_correction(
            session, village=village, score=approval.subject, should_be=asked, at=at
        )
        return publicity.correction_outlook(session, plan, village=village, at=at)

    return Outlook(subject, (*as_things_stand(foresee), why, "请先核实：原来错在哪里，更正后的对不对。"))


def correct(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Put the score right, as the one who requested it and the one who confirms."""
    village = approval.village
    done = publicity.correct_score(
        session,
        village=village,
        score=approval.subject,
        should_be=_should_be(approval.terms),
        reason=private_words(session, approval).get("note", ERASED),
        by=approval.requested_by,
        second=second,
        at=at,
    )
    if done.days is not None:
        return (
            f"更正已登记，原来的照旧算。请打印更正公示贴出去，再登记张贴：贴出的第二天起公示{done.days}天，"
            "没有异议的，期满后入账。"
        )
    new = scoring.score(session, village=village, score_id=done.score_id)
    return f"已更正并入账：{new.name}的“{new.title}”现在计{scoring.signed(new.counted_points)}分。"


def title(subject: str, names: Names) -> str:
    """Return what the log calls a request of this kind: whose score it is stands in other words."""
    return "评分"


def _terms(asked: ShouldBe) -> dict[str, Any]:
    """Return what should be, for the table and the log."""
    return {
        "participant": asked.participant_code,
        "item": asked.item,
        "occurred_on": asked.occurred_on.isoformat(),
        "quantity": asked.quantity,
        "points": None if asked.points is None else int(asked.points),
        "struck": asked.struck,
    }


def _should_be(terms: Mapping[str, Any]) -> ShouldBe:
    """Return what should be, from the terms of a request."""
    return ShouldBe(
        terms["participant"],
        terms["item"],
        date.fromisoformat(terms["occurred_on"]),
        terms["quantity"],
        None if terms["points"] is None else Points(terms["points"]),
        terms["struck"],
    )
