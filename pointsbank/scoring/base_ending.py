"""Ends base points: what is left of them is taken back, never more than is there."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.scoring.base_account import left_of, to_take_back
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_reading import BaseGrant, moves_since, named_period

_SOURCE = "base_end"


def end_grants(
    session: Session, grants: Sequence[BaseGrant], *, village: str, by: str, at: datetime, why: str
) -> None:
    """Take back what is left of grants that stand, never more than is there, and mark them as ended.

    The caller holds the participants' accounts.

    Args:
        why: as the statement says it beside the item.

    Raises:
        VillageUnknown, AlreadyPosted, AccountClosed: as `ledger.post`.
    """
    if not grants:
        return
    boundary = ledger.tree_head(session, village=village).size
    balances = ledger.balances(session, village=village, participants=[one.participant_id for one in grants])
    there = {
        ledger.account_of(who, unit): amount
        for who, one in balances.items()
        for unit, amount in ((POINTS, one.points), (HONOUR, one.honour))
    }
    entries = []
    for grant in grants:
        taken = _taken(session, grant, there, village=village)
        lines = tuple(
            Posting(
                ledger.account_of(grant.participant_id, unit),
                ledger.village_account("expiry", unit),
                unit,
                amount,
            )
            for unit, amount in taken.items()
            if amount
        )
        if lines:
            words = words_of(grant, f"{named_period(grant.title, grant.period)}{why}")
            entries.append(NewTransaction("clearing", day_of(at), lines, words, (_SOURCE, grant.key)))
        row = session.get(
            BaseGrantRow,
            (village, grant.participant_id, grant.item_code, grant.period),
            populate_existing=True,
        )
        if row is not None:
            row.ended_at, row.ended_before = at, boundary
            row.taken_points, row.taken_honour = taken.get(POINTS, Points(0)), taken[HONOUR]
    if entries:
        ledger.post(session, entries, village=village, by=by, at=at)
    session.flush()


def words_of(grant: BaseGrant, title: str) -> dict[str, str]:
    """Return the words of an entry about base points."""
    return {
        "participant": grant.participant_id,
        "item": grant.item_code,
        "title": title,
        "period": grant.period,
    }


def _taken(
    session: Session, grant: BaseGrant, there: dict[str, Points], *, village: str
) -> dict[str, Points]:
    """Return what is taken back of a grant by unit; `there` is what the accounts hold, and is made less."""
    taken = {}
    for unit in grant.units:
        who = grant.participant_id
        moves = moves_since(session, grant.log_index, village=village, participant=who, unit=unit)
        account = ledger.account_of(who, unit)
        left = left_of(grant.amount, moves, begins=grant.log_index)
        taken[unit] = to_take_back(left, there[account])
        there[account] = Points(there[account] - taken[unit])
    return taken
