"""What becomes of the base points of who leaves: a household that ends, or becomes part of another."""

from datetime import datetime

from sqlmodel import Session, col

from pointsbank.dates import day_of
from pointsbank.scoring.base_ending import end_grants
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_reading import BaseGrant, read_grants


def base_that_ends(
    session: Session, *, village: str, participant: str, heir: str | None, at: datetime
) -> list[BaseGrant]:
    """Return the base points of a participant (id) that would go along to nobody if it ended now.

    Those that are taken back at their period's end, and those that the heir (id) has for the same period too:
    one household has them once.

    Example:
        scoring.base_that_ends(session, village="cy", participant=li.id, heir=wang.id, at=now)
    """
    standing = col(BaseGrantRow.ended_at).is_(None)
    mine, heirs = (
        read_grants(session, col(BaseGrantRow.participant_id) == who, standing, village=village)
        if who
        else []
        for who in (participant, heir)
    )
    both = {(one.item_code, one.period) for one in heirs}
    today = day_of(at)
    return [
        one
        for one in mine
        if one.clears
        or ((one.item_code, one.period) in both and (one.ends_on is None or one.ends_on >= today))
    ]


def end_base(
    session: Session, *, village: str, participant: str, heir: str | None, by: str, at: datetime
) -> None:
    """Take back what is left of the base points that go along to nobody, before the accounts are closed.

    The caller holds the accounts.

    Raises:
        VillageUnknown, AlreadyPosted, AccountClosed: as `ledger.post`.

    Example:
        scoring.end_base(session, village="cy", participant=li.id, heir=None, by=li.id, at=now)
    """
    ending = base_that_ends(session, village=village, participant=participant, heir=heir, at=at)
    why = "并户收回" if heir else "销户收回"
    end_grants(session, ending, village=village, by=by, at=at, why=why)
