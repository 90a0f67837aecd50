"""Gives base points at the beginning of each period, and takes back what is left of those that are over.

A batch locks its participants' accounts and reads under them what is still to be done, so that of two servers
the second finds nothing; behind that stands the table's key, and the source of each transaction. For whom an
old grant ends and a new one begins both are posted in one write.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank import ledger, roster
from pointsbank.database import Database, execute
from pointsbank.dates import day_of
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.scoring.base_ending import end_grants
from pointsbank.scoring.base_items import BaseItem, base_items
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_reading import named_period, read_grants

BATCH = 200
"""Participants in one write: a sale waits for no more."""
_SOURCE = "base_grant"
_UNITS = {True: (POINTS, HONOUR), False: (HONOUR,)}


@dataclass(frozen=True, slots=True)
class BaseGiven:
    """How many grants were given and how many that are over were ended."""

    given: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class BaseAhead:
    """Base points of one item: how many participants have them for this period, and how many are still to.

    `later` are those who have another account of the kind that stands: they get this one when that is over.
    """

    base: BaseItem
    given: int
    waiting: int
    later: int = 0


def base_ahead(session: Session, *, village: str, at: datetime) -> tuple[list[BaseAhead], int]:
    """Return what of each base item is given and what waits, and how many old grants are still to be ended.

    Example:
        ahead, over = scoring.base_ahead(session, village="cy", at=now)
        ahead[0].waiting  # 8
    """
    found = []
    for base in base_items(session, village=village, day=day_of(at)):
        without = _count(session, _without(base, village=village))
        waiting = _count(session, _due(base, village=village, at=at))
        given = (
            select(func.count())
            .select_from(BaseGrantRow)
            .where(
                BaseGrantRow.in_village(village),
                col(BaseGrantRow.item_code) == base.item.code,
                col(BaseGrantRow.period) == base.period.code,
            )
        )
        found.append(BaseAhead(base, session.exec(given).one(), waiting, without - waiting))
    return found, _count(session, _over(village=village, at=at))


def any_base_due(session: Session, *, village: str, at: datetime) -> bool:
    """Return whether anybody is to be given base points, or some that are over are to be ended.

    Example:
        scoring.any_base_due(session, village="cy", at=now)  # True on New Year's Day
    """
    return bool(_participants_due(session, village=village, at=at, limit=1))


def give_base(session: Session, *, village: str, by: str, at: datetime, limit: int = BATCH) -> BaseGiven:
    """End what is over and give what is due, for some participants; nothing where nothing is due.

    Args:
        limit: participants, >= 1.

    Raises:
        VillageUnknown, AlreadyPosted, AccountClosed: as `ledger.post`.

    Example:
        scoring.give_base(session, village="cy", by=staff.SYSTEM, at=now)  # BaseGiven(given=8, ended=0)
    """
    chosen = _participants_due(session, village=village, at=at, limit=limit)
    if not chosen:
        return BaseGiven()
    ledger.lock_accounts(session, village=village, participants=chosen)
    # Read only under the lock: another process may have done it meanwhile, or a household may be away.
    due = [
        (base, person)
        for base in base_items(session, village=village, day=day_of(at))
        for person in _due_among(session, base, chosen, village=village, at=at)
    ]
    over = read_grants(
        session,
        col(BaseGrantRow.participant_id).in_(chosen),
        col(BaseGrantRow.clears),
        col(BaseGrantRow.ended_at).is_(None),
        col(BaseGrantRow.ends_on) < day_of(at),
        village=village,
    )
    end_grants(session, over, village=village, by=by, at=at, why="期满收回")
    _give(session, due, village=village, by=by, at=at)
    return BaseGiven(len(due), len(over))


def give_all_base(database: Database, *, village: str, by: str, at: datetime) -> BaseGiven:
    """End what is over and give what is due to everybody, in batches that each are a write of their own.

    Raises:
        VillageUnknown, AlreadyPosted, AccountClosed: as `give_base`.

    Example:
        scoring.give_all_base(database, village="cy", by=li.id, at=now).given  # 1149
    """
    given = ended = 0
    while True:
        with database.writing() as session:
            done = give_base(session, village=village, by=by, at=at)
        if done == BaseGiven():
            return BaseGiven(given, ended)
        given, ended = given + done.given, ended + done.ended


def _give(
    session: Session, due: Sequence[tuple[BaseItem, str]], *, village: str, by: str, at: datetime
) -> None:
    """Post what each is due, and write it down."""
    if not due:
        return
    entries = [_entry(base, person, at) for base, person in due]
    posted = ledger.post(session, entries, village=village, by=by, at=at)
    for (base, person), done in zip(due, posted, strict=True):
        row = BaseGrantRow(
            village_id=village,
            participant_id=person,
            item_code=base.item.code,
            period=base.period.code,
            item_id=base.item.id,
            begins_on=base.period.first,
            ends_on=base.period.last,
            amount=base.item.points or 0,
            redeemable=bool(base.item.terms.get("redeemable")),
            clears=bool(base.item.terms.get("at_period_end")),
            given_by=by,
            given_at=done.recorded_at,
            log_index=done.index,
        )
        session.add(row)
    session.flush()


def _entry(base: BaseItem, person: str, at: datetime) -> NewTransaction:
    """Return the transaction that gives one participant (id) its base points."""
    item = base.item
    lines = tuple(
        Posting(
            ledger.village_account("issuance", unit),
            ledger.account_of(person, unit),
            unit,
            item.points or Points(0),
        )
        for unit in _UNITS[bool(item.terms.get("redeemable"))]
    )
    words: Mapping[str, str] = {
        "participant": person,
        "item": item.code,
        "title": named_period(item.title, base.period.code),
        "period": base.period.code,
    }
    key = f"{person}.{item.code}.{base.period.code}"
    return NewTransaction("base", day_of(at), lines, words, (_SOURCE, key))


def _participants_due(session: Session, *, village: str, at: datetime, limit: int) -> list[str]:
    """Return some participants (ids) for whom something is to be done, in order."""
    found = {person for [person] in execute(session, _over(village=village, at=at).distinct().limit(limit))}
    for base in base_items(session, village=village, day=day_of(at)):
        waiting = execute(session, _due(base, village=village, at=at).limit(limit))
        found.update(person for [person] in waiting)
    return sorted(found)[:limit]


def _due_among(
    session: Session, base: BaseItem, chosen: Sequence[str], *, village: str, at: datetime
) -> Iterator[str]:
    """Yield who of the chosen (ids) is still due some base points."""
    wanted = set(chosen)
    yield from (one for [one] in execute(session, _due(base, village=village, at=at)) if one in wanted)


def _due(base: BaseItem, *, village: str, at: datetime) -> Select[Any]:
    """Return the statement that selects who (id) is to be given some base points now.

    Where what is left is taken back, nobody is given another account beside one that stands, such as under
    the number that the item had before: a deduction is of one account, and a change holds from the next.
    """
    without = _without(base, village=village)
    if not base.item.terms.get("at_period_end"):
        return without
    [person] = without.selected_columns
    have_another = select_columns(col(BaseGrantRow.participant_id)).where(
        BaseGrantRow.in_village(village),
        col(BaseGrantRow.clears),
        col(BaseGrantRow.ended_at).is_(None),
        col(BaseGrantRow.ends_on) >= day_of(at),
    )
    return without.where(person.not_in(have_another))


def _without(base: BaseItem, *, village: str) -> Select[Any]:
    """Return the statement that selects who (id) has not been given some base points for this period."""
    active = roster.active_ids(base.kinds, village=village)
    [person] = active.selected_columns
    have = select(col(BaseGrantRow.participant_id)).where(
        BaseGrantRow.in_village(village),
        col(BaseGrantRow.item_code) == base.item.code,
        col(BaseGrantRow.period) == base.period.code,
    )
    return active.where(person.not_in(have)).order_by(person)


def _over(*, village: str, at: datetime) -> Select[Any]:
    """Return the statement that selects whose (id) grants are over and still to be ended."""
    return (
        select_columns(col(BaseGrantRow.participant_id))
        .where(
            BaseGrantRow.in_village(village),
            col(BaseGrantRow.clears),
            col(BaseGrantRow.ended_at).is_(None),
            col(BaseGrantRow.ends_on) < day_of(at),
        )
        .order_by(col(BaseGrantRow.participant_id))
    )


def _count(session: Session, query: Select[Any]) -> int:
    """Return how many rows a statement selects."""
    return len(execute(session, query).all())
