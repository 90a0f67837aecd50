"""Claims that wait for the look of their group."""

from sqlmodel import Session

from pointsbank import claims
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    count = claims.count_waiting(session, village=asked.village, unseen=True)
    if not count:
        return None
    return Due(count, f"{count}件申报等小组看", "claim_list", {"seen": "unseen", "status": "waiting"})


KIND = Kind("claims_to_look_at", Permission.CLAIM_REVIEW, "claim_list", _waiting, step="judging")
