"""Short ways to say what is posted."""

from typing import Any

from pointsbank.ledger import HONOUR, POINTS, Entry, Line, account_of, village_account
from pointsbank.points import Points, whole
from pointsbank.roster import Participant
from tests.builders import NOW


def award(who: Participant, points: int, *, source: str | None = None) -> Entry:
    """So many points and as much honour."""
    lines = tuple(
        Line(village_account("issuance", unit), account_of(who.id, unit), unit, whole(points))
        for unit in (POINTS, HONOUR)
    )
    words = {"participant": who.id, "item": "HJ01"}
    return Entry("award", NOW.date(), lines, words, source=("score", source) if source else None)


def deduction(who: Participant, points: int, *, at_most_balance: bool) -> Entry:
    """A deduction: honour in full, points as far as the village chose."""
    lines = (
        Line(account_of(who.id, HONOUR), village_account("issuance", HONOUR), HONOUR, whole(points)),
        Line(
            account_of(who.id, POINTS),
            village_account("issuance", POINTS),
            POINTS,
            whole(points),
            at_most_balance=at_most_balance,
        ),
    )
    return Entry("deduction", NOW.date(), lines, {"participant": who.id})


def purchase(who: Participant, hundredths: int, **fields: Any) -> Entry:
    """Points spent at the shop."""
    line = Line(account_of(who.id, POINTS), village_account("market", POINTS), POINTS, Points(hundredths))
    return Entry("redemption", NOW.date(), (line,), {"participant": who.id}, **fields)
