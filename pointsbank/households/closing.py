"""A household ends, or becomes part of another: by a recorded decision, for good.

Locks the accounts of both households, ascending, then the cards, then the village's log head.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, scoring
from pointsbank.errors import Invalid, Refused
from pointsbank.points import Points
from pointsbank.text import clean_required


class ScoresUnsettled(Refused):
    """Some of the household's scores have not reached the ledger yet."""

    code = "scores_unsettled"
    sentence = "这一户还有{count}条评分没有入账，请等公示期满入账或撤回之后再办理。"
    fixed_by = "村委"


class HeirInvalid(Invalid):
    """A household cannot become part of itself."""

    code = "heir_invalid"
    sentence = "不能并入本户，请填写另一户的户号；没有并入的户，请办理销户。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class HouseholdClosed:
    """A household that has ended: what it held, who has it now, how many cards were revoked."""

    participant: str
    heir: str | None
    points: Points
    honour: Points
    cards: int
    index: int
    leaf: str
    status: str = "completed"


def close(
    session: Session, *, village: str, participant: str, decision: str, request_id: str, by: str, at: datetime
) -> HouseholdClosed:
    """End the household with this code: its points and honour are cleared, its cards revoked.

    Raises ParticipantClosed, ScoresUnsettled. There is no way back; a household that returns is added anew.
    """
    return _end(
        session,
        village=village,
        participant=participant,
        heir=None,
        decision=decision,
        request_id=request_id,
        by=by,
        at=at,
    )


def merge(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str,
    decision: str,
    request_id: str,
    by: str,
    at: datetime,
) -> HouseholdClosed:
    """Make the household with this code part of another (code), which gets its points, honour and debts.

    Raises HeirInvalid, ParticipantClosed, ScoresUnsettled.
    """
    return _end(
        session,
        village=village,
        participant=participant,
        heir=heir,
        decision=decision,
        request_id=request_id,
        by=by,
        at=at,
    )


def _contents(participant: str, heir: str | None, decision: str, **_: Any) -> dict[str, str]:
    """Return what makes two endings the same request."""
    return {"participant": ascii(participant), "heir": ascii(heir), "decision": ascii(decision)}


@ledger.idempotent("close_household", _contents, HouseholdClosed)
def _end(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str | None,
    decision: str,
    request_id: str,
    by: str,
    at: datetime,
) -> HouseholdClosed:
    """The ending of a household, into another where one is named."""
    resolved = clean_required(decision, maximum=200)
    leaver = roster.by_code(session, village=village, code=participant)
    taker = roster.by_code(session, village=village, code=heir) if heir is not None else None
    if taker is not None and taker.id == leaver.id:
        raise HeirInvalid()
    both = [leaver.id] if taker is None else [leaver.id, taker.id]
    ledger.lock_accounts(session, village=village, participants=both)
    roster.refuse_closed(session, village=village, participants=both)
    waiting = scoring.unsettled(session, village=village, participant=leaver.id)
    if waiting:
        raise ScoresUnsettled(count=waiting)

    who: dict[str, Any] = {"village": village, "participant": leaver.id, "by": by, "at": at}
    cards = roster.retire(session, **who)
    into = taker.id if taker is not None else None
    words = {"participant": leaver.id, "heir": into, "item": "并户" if into else "销户", "note": resolved}
    done = ledger.close_accounts(session, **who, heir=into, words=words, request_id=request_id)
    held = done.held
    return HouseholdClosed(leaver.id, into, held.points, held.honour, cards, done.index, done.leaf.hex())
