"""Requests to lift what a veto led to: the matter was put right, one person says so and another confirms."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, scoring
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.ledger import Names
from pointsbank.roster import Restriction
from pointsbank.text import ERASED, clean_required

KIND = "lift_restriction"


def request_lift(
    session: Session, *, village: str, score: str, reason: str, by: str, at: datetime
) -> Approval:
    """Request that what a posted veto (id) keeps a household from ends before its last day.

    The reason stands in the log alone until it is confirmed, where erasing the household takes it away.

    Args:
        reason: how the matter was put right, or by which decision, 1 to 200 characters.

    Raises:
        ScoreUnknown: there is no such score.
        RestrictionUnknown: nothing of it stands any more.
        TextInvalid: the reason cannot be stored.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.request_lift(session, village="cy", score=id, reason="垃圾已清运", by=li.id, at=now).kind
        # "lift_restriction"
    """
    why = clean_required(reason, maximum=200)
    standing = _standing(session, village, score, at)
    return request(
        session,
        village=village,
        kind=KIND,
        subject=score,
        terms={},
        private={"participant": standing[0].participant_id, "note": why},
        by=by,
        at=at,
    )


def describe(session: Session, approval: Approval) -> Outlook:
    """Say what the household may do again, and why; or that it may already."""
    village = approval.village
    score = scoring.score(session, village=village, score_id=approval.subject)
    subject = f"{score.name}（{score.code}）{score.title}"
    why = f"原因：{private_words(session, approval).get('note', ERASED)}。"
    if approval.status != "waiting":
        return Outlook(subject, (why,))

    def foresee() -> list[str]:
        standing = _standing(session, village, approval.subject, approval.requested_at)
        return [f"恢复{names_of(standing)}：现在暂停，{standing[0].until}。确认后马上恢复，评分和积分不变。"]

    return Outlook(subject, (*as_things_stand(foresee), why, "请先核实：事情确实整改好了，或村里有决定。"))


def lift(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Lift it, as the one who requested it and the one who confirms."""
    reason = private_words(session, approval).get("note", ERASED)
    two = {"by": approval.requested_by, "second": second}
    ended = roster.lift(
        session, village=approval.village, score=approval.subject, reason=reason, **two, at=at
    )
    score = scoring.score(session, village=approval.village, score_id=approval.subject)
    return f"{score.name}（{score.code}）已恢复{names_of(ended)}。"


def title(subject: str, names: Names) -> str:
    """Return what the log calls a request of this kind: whose it is stands in other words."""
    return "限制"


def names_of(standing: list[Restriction]) -> str:
    """Return what a household is kept from, as sentences name it: 兑换、红榜."""
    return "、".join(RESTRICTION_KIND.name(one.kind) for one in standing)


def _standing(session: Session, village: str, score: str, at: datetime) -> list[Restriction]:
    """Return what of a veto stands at a moment; raise ScoreUnknown or RestrictionUnknown."""
    whose = scoring.score(session, village=village, score_id=score).participant_id
    every = roster.restrictions_of(session, village=village, participant=whose)
    standing = [one for one in every if one.score_id == score and one.stands(at)]
    if not standing:
        raise roster.problems.RestrictionUnknown()
    return standing
