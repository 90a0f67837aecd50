"""Short ways to say what is posted."""

from typing import Any

from sqlmodel import Session, col, select

from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting, account_of, village_account
from pointsbank.ledger.models import AccountRow
from pointsbank.points import Points, whole
from pointsbank.roster import Participant
from tests.builders import NOW


def award(who: Participant, points: int, *, source: str | None = None) -> NewTransaction:
    """So many points and as much honour."""
    lines = tuple(
        Posting(village_account("issuance", unit), account_of(who.id, unit), unit, whole(points))
        for unit in (POINTS, HONOUR)
    )
    words = {"participant": who.id, "item": "HJ01"}
    return NewTransaction("award", NOW.date(), lines, words, source=("score", source) if source else None)


def deduction(who: Participant, points: int, *, at_most_balance: bool) -> NewTransaction:
    """A deduction: honour in full, points as far as the village chose."""
    lines = (
        Posting(account_of(who.id, HONOUR), village_account("issuance", HONOUR), HONOUR, whole(points)),
        Posting(
            account_of(who.id, POINTS),
            village_account("issuance", POINTS),
            POINTS,
            whole(points),
            at_most_balance=at_most_balance,
        ),
    )
    return NewTransaction("deduction", NOW.date(), lines, {"participant": who.id})


def purchase(who: Participant, hundredths: int, **fields: Any) -> NewTransaction:
    """Points spent at the shop."""
    line = Posting(account_of(who.id, POINTS), village_account("market", POINTS), POINTS, Points(hundredths))
    return NewTransaction("redemption", NOW.date(), (line,), {"participant": who.id}, **fields)


def village_balances(session: Session, *, village: str) -> dict[str, int]:
    """The balances of the village's own accounts, by account id."""
    rows = session.exec(
        select(AccountRow).where(AccountRow.in_village(village), col(AccountRow.kind) != "participant")
    )
    return {row.id: row.balance for row in rows}
