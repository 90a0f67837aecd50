"""Gifts: the village gives a household points to spend, out of its charity account and for no deed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.dates import day_of
from pointsbank.errors import Invalid
from pointsbank.points import Points, show, whole
from pointsbank.text import clean_required

LARGEST_GIFT = whole(10_000)


class GiftInvalid(Invalid):
    """A gift is nothing, negative, or beyond what a village gives at once."""

    code = "gift_invalid"
    sentence = "赠送的积分应大于0，一次不超过{maximum}分，请重新填写。"
    fixed_by = "村委"
    at = ("points",)


@dataclass(frozen=True, slots=True)
class Gift:
    """Points given: how many, the balance after, its place in the log."""

    participant: str
    status: str
    points: Points
    balance: Points
    index: int
    leaf: str


@ledger.idempotent("give", ledger.same("participant", "points", "reason"), Gift)
def give(
    session: Session,
    *,
    village: str,
    participant: str,
    points: Points,
    reason: str,
    request_id: str,
    by: str,
    at: datetime,
) -> Gift:
    """Give the participant with this code points to spend: no deed, so no honour, and no board counts it.

    Raises GiftInvalid, TextInvalid, and those of `ledger.idempotent`, `ledger.post`, `roster.by_code` and
    `roster.refuse_closed`.

    Example:
        give(session, village="chayuan", participant="0101", points=Points(500), reason="大病慰问",
             request_id="gift-0001", by=committee, at=now).balance  # 3500
    """
    check_gift(points)
    why = clean_required(reason, maximum=200)
    person = roster.by_code(session, village=village, code=participant)

    ledger.lock_accounts(session, village=village, participants=[person.id])
    roster.refuse_closed(session, village=village, participants=[person.id])
    own = ledger.account_of(person.id, ledger.POINTS)
    line = ledger.Posting(ledger.village_account("charity", ledger.POINTS), own, ledger.POINTS, points)
    words = {"participant": person.id, "item": "赠送积分", "note": why}
    entry = ledger.NewTransaction("gift", day_of(at), (line,), words)
    posted = ledger.post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]
    return Gift(person.id, "completed", points, posted.balances[own], posted.index, posted.leaf.hex())


def check_gift(points: object) -> None:
    """Refuse what is not a whole number of hundredths, > 0 and at most 10,000 points.

    Raises:
        GiftInvalid: it is not.

    Example:
        market.check_gift(Points(500))
    """
    if isinstance(points, bool) or not isinstance(points, int) or not 0 < points <= LARGEST_GIFT:
        raise GiftInvalid(maximum=show(LARGEST_GIFT))
