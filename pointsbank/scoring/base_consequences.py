"""What follows when base points are used up (驾照式), and when deductions from them are put right.

Honour decides: it is what deductions take in full. The restriction is one of the deduction with which nothing
was left; it ends with the period, and before it when points are given back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col

from pointsbank import ledger, roster
from pointsbank.dates import day_of
from pointsbank.ledger import HONOUR, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.roster import Restriction
from pointsbank.scoring.base_account import Move, left_of, to_take_back, used_up_by
from pointsbank.scoring.base_ending import words_of
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_reading import BaseGrant, moves_since, named_period, read_grants
from pointsbank.scoring.consequences import ends_on, named_in
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import Item

LATER = "base_later"
"""The kind of source of what is taken back, or given back, of a grant that has ended."""
_SCORE = "score"


def restrict_used_up(
    session: Session, *, village: str, participants: Iterable[str], since: int, by: str, at: datetime
) -> None:
    """Begin what follows for whom (ids) deductions posted from an entry on have left nothing of base points.

    The caller holds their accounts, and has marked the scores as posted.

    Raises:
        VillageUnknown: raised by `restrict`.
    """
    rules = items_by_id(session, village=village)
    if not any(_follows(item) for item in rules.values()):
        return
    standing = _standing(session, sorted(set(participants)), village=village)
    for grant in standing:
        if not _follows(rules[grant.item_id]):
            continue
        moves = _moves(session, grant, village=village)
        used_up = used_up_by(grant.amount, moves, begins=grant.log_index)
        if used_up is not None and used_up.index >= since:
            _begin(session, grant, rules[grant.item_id], used_up, village=village, by=by, at=at)


def put_base_right(
    session: Session, row: CorrectionRow, participants: Iterable[str], *, since: int, by: str, at: datetime
) -> None:
    """Follow a correction that was posted from an entry on, in the base points that it changes.

    Where a grant stands, what followed from its being used up ends or begins. Where the rest of a grant was
    taken back already, what the deduction had used of it lapses as it would have, so that nobody gains or
    loses by having been put right late.

    Raises:
        VillageUnknown, AlreadyPosted, AccountClosed: as `ledger.post`; and those of `reverse_restrictions`.
    """
    who = sorted(set(participants))
    clearing = (col(BaseGrantRow.participant_id).in_(who), col(BaseGrantRow.clears))
    grants = read_grants(session, *clearing, village=row.village_id)
    rules = items_by_id(session, village=row.village_id) if grants else {}
    for grant in grants:
        if grant.ended_at is not None:
            _settle_later(session, row, grant, since, by=by, at=at)
        elif _follows(rules[grant.item_id]):
            _follow(session, row, grant, rules[grant.item_id], since, by=by, at=at)


def _standing(session: Session, participants: Sequence[str], *, village: str) -> list[BaseGrant]:
    """Return the grants of these participants (ids) that are still to be ended."""
    return read_grants(
        session,
        col(BaseGrantRow.participant_id).in_(participants),
        col(BaseGrantRow.clears),
        col(BaseGrantRow.ended_at).is_(None),
        village=village,
    )


def _follow(
    session: Session, row: CorrectionRow, grant: BaseGrant, item: Item, since: int, *, by: str, at: datetime
) -> None:
    """End what followed from a grant's being used up, or begin it, as the correction leaves it."""
    village = row.village_id
    moves = _moves(session, grant, village=village)
    used_up = used_up_by(grant.amount, moves, begins=grant.log_index)
    restrictions = _of_deductions(session, grant, moves, village=village)
    standing = [one for one in restrictions if one.ended_at is None]
    if used_up is None:
        for score in sorted({one.score_id for one in standing}):
            roster.reverse_restrictions(
                session,
                village=village,
                score=score,
                reason=row.reason,
                by=row.requested_by,
                second=row.confirmed_by,
                at=at,
            )
        return
    was_left = left_of(grant.amount, [one for one in moves if one.index < since], begins=grant.log_index) > 0
    # With the score that is put right ended what it had led to, though others have used all up by themselves.
    has_just_ended = any(one.score_id == row.corrects and one.ended_at == at for one in restrictions)
    if not standing and (was_left or has_just_ended):
        _begin(session, grant, item, used_up, village=village, by=by, at=at)


def _settle_later(
    session: Session, row: CorrectionRow, grant: BaseGrant, since: int, *, by: str, at: datetime
) -> None:
    """Take back, or give back, what the rest of an ended grant changes by a correction."""
    village, who = row.village_id, grant.participant_id
    balance = ledger.balance(session, village=village, participant=who)
    taking, giving = list[Posting](), list[Posting]()
    for unit in grant.units:
        moves = moves_since(session, grant.log_index, village=village, participant=who, unit=unit)
        now, before = (
            left_of(grant.amount, some, begins=grant.log_index, ends=grant.ended_before)
            for some in (moves, [one for one in moves if one.index < since])
        )
        own, expiry = ledger.account_of(who, unit), ledger.village_account("expiry", unit)
        there = balance.honour if unit == HONOUR else balance.points
        if amount := to_take_back(now - before, there):
            taking.append(Posting(own, expiry, unit, amount))
        elif now < before:
            giving.append(Posting(expiry, own, unit, Points(before - now)))
    named = named_period(grant.title, grant.period)
    entries = [
        NewTransaction(kind, day_of(at), tuple(lines), words_of(grant, f"{named}{why}"), (source, key))
        for kind, lines, why, source, key in (
            ("clearing", taking, "更正后收回", LATER, f"{grant.key}.{row.score_id}"),
            ("base", giving, "更正后补回", LATER, f"{grant.key}.{row.score_id}.back"),
        )
        if lines
    ]
    if entries:
        ledger.post(session, entries, village=village, by=by, at=at)


def _begin(
    session: Session, grant: BaseGrant, item: Item, used_up: Move, *, village: str, by: str, at: datetime
) -> None:
    """Restrict whom a deduction has left nothing; not once the period is over."""
    today, last = day_of(at), grant.ends_on
    if used_up.source is None or used_up.source[0] != _SCORE or last is None or last < today:
        return
    until = ends_on(item, today)
    roster.restrict(
        session,
        village=village,
        participant=grant.participant_id,
        score=used_up.source[1],
        kinds=named_in(item),
        why=f"{named_period(grant.title, grant.period)}扣完",
        ends_on=min(until or last, last),
        by=by,
        at=at,
    )


def _moves(session: Session, grant: BaseGrant, *, village: str) -> Sequence[Move]:
    """Return what moved on the account of honour since a grant."""
    return moves_since(session, grant.log_index, village=village, participant=grant.participant_id)


def _of_deductions(
    session: Session, grant: BaseGrant, moves: Sequence[Move], *, village: str
) -> list[Restriction]:
    """Return the restrictions of a participant that come of a deduction among these moves."""
    scores = {one.source[1] for one in moves if one.source and one.source[0] == _SCORE}
    found = roster.restrictions_of(session, village=village, participant=grant.participant_id)
    return [one for one in found if one.score_id in scores]


def _follows(item: Item) -> bool:
    """Return whether something follows when the base points of an item are used up."""
    return bool(named_in(item)) and bool(item.terms.get("at_period_end"))
