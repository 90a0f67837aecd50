"""The meeting decides about a claim: it becomes a score, or is declined with a reason; or it waits again."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, roster, scoring
from pointsbank.claims.models import ClaimDecisionRow, ClaimRow
from pointsbank.claims.reading import claim_of_score, claim_row
from pointsbank.claims.states import DECLINED, PUT_BACK, TAKEN, WAITING, check_waits
from pointsbank.dates import day_of
from pointsbank.law import Use
from pointsbank.points import Points
from pointsbank.scoring import Score, ScoreRow
from pointsbank.text import clean_required

_STATUS_AFTER = {TAKEN: TAKEN, DECLINED: DECLINED, PUT_BACK: WAITING}


def take_over(
    session: Session,
    *,
    village: str,
    claim: str,
    meeting: str,
    quantity: Decimal | None = None,
    points: Points | None = None,
    confirmed: bool = False,
    by: str,
    at: datetime,
) -> Score:
    """Enter a claim that waits as a score of an open meeting, once, however many do so at the same moment.

    Locks the claim, then what `scoring.enter_scores` locks.

    Args:
        quantity: instead of the one that was claimed.
        points: the meeting's mark, for an item that is judged.
        confirmed: the deed was judged already, and this is another.

    Raises:
        ClaimUnknown: there is no such claim.
        ClaimDecided: a meeting has decided about it.
        ParticipantUnknown: raised by `by_id`.

    And those of `scoring.enter_scores` and `ledger.record`.

    Example:
        claims.take_over(session, village="cy", claim=id, meeting=meeting.id, by="li", at=now).counted_points
    """
    row = claim_row(session, village, claim, lock=True)
    check_waits(row.status)
    person = roster.by_id(session, village=village, id=row.participant_id)
    claimed = None if row.quantity is None else Decimal(row.quantity) / 100
    deed = ScoreRow(
        person.code,
        row.item_code,
        row.occurred_on,
        claimed if quantity is None else quantity,
        points,
        row.words,
    )
    [score] = scoring.enter_scores(
        session, village=village, meeting=meeting, rows=[deed], confirmed=confirmed, by=by, at=at
    )
    _decide(session, row, TAKEN, meeting=meeting, score=score.id, by=by, at=at)
    return score


def decline(
    session: Session, *, village: str, claim: str, meeting: str, reason: str, by: str, at: datetime
) -> None:
    """Decline a claim that waits, in an open meeting, with a reason that the household is told.

    Args:
        reason: 1 to 200 characters.

    Raises:
        ClaimUnknown: there is no such claim.
        ClaimDecided: a meeting has decided about it.
        MeetingUnknown, MeetingClosed: there is no such meeting, or it has ended.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it holds what is said of nobody, or a name of the village; as `law.check`.

    And those of `ledger.record`.

    Example:
        claims.decline(session, village="cy", claim=id, meeting=id, reason="没有人看见", by="li", at=now)
    """
    row = claim_row(session, village, claim, lock=True)
    check_waits(row.status)
    why = clean_required(reason, maximum=200)
    people = governing.named_people(session, village=village)
    law.check(why, Use.FACT, field="理由", people=people)
    if scoring.meeting(session, village=village, meeting_id=meeting).status != "open":
        raise scoring.problems.MeetingClosed()
    _decide(session, row, DECLINED, meeting=meeting, reason=why, by=by, at=at)


def withdraw_score(
    session: Session, *, village: str, score: str, reason: str = "", by: str, at: datetime
) -> Score:
    """Withdraw a score while its meeting is open; the claim that it came from, if any, waits again.

    Raises what `scoring.withdraw_score` and `ledger.record` raise, and ClaimUnknown as `claim_row`.

    Example:
        claims.withdraw_score(session, village="cy", score=id, by="li", at=now).status  # "withdrawn"
    """
    found = claim_of_score(session, village=village, score=score)
    # The claim before the score, as `take_over` locks them.
    row = claim_row(session, village, found, lock=True) if found is not None else None
    withdrawn = scoring.withdraw_score(session, village=village, score=score, reason=reason, by=by, at=at)
    if row is not None:
        _decide(session, row, PUT_BACK, meeting=withdrawn.meeting_id, score=score, by=by, at=at)
    return withdrawn


def _decide(
    session: Session,
    row: ClaimRow,
    kind: str,
    *,
    meeting: str,
    score: str | None = None,
    reason: str = "",
    by: str,
    at: datetime,
) -> None:
    """Write a decision, how the claim stands after it, and an entry in the log."""
    decided = ClaimDecisionRow
    mine = (decided.in_village(row.village_id), col(decided.claim_id) == row.id)
    number = session.exec(select(func.count()).select_from(decided).where(*mine)).one() + 1
    added = decided(
        village_id=row.village_id,
        claim_id=row.id,
        number=number,
        kind=kind,
        meeting_id=meeting,
        score_id=score,
        reason=reason,
        decided_on=day_of(at),
        decided_at=at,
        decided_by=by,
    )
    session.add(added)
    row.status = _STATUS_AFTER[kind]
    session.flush()
    words = {
        "claim": row.id,
        "participant": row.participant_id,
        "title": row.item_title,
        "status": row.status,
        "number": number,
        "decision": kind,
        "meeting": meeting,
        "score": score,
    }
    ledger.record(session, village=row.village_id, kind="claim_decided", by=by, at=at, words=words)


@ledger.describes("claim_decided")
def _decided(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 义务巡河：采纳评分."""
    outcome = {TAKEN: "采纳评分", DECLINED: "不采纳", PUT_BACK: "评分撤回，重新等待评议"}
    return f"{words['title']}：{outcome[words['decision']]}"
