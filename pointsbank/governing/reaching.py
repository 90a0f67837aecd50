"""Whom a decision reaches: a village, a township's, or all, also the one that is being founded now."""

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from pointsbank import villages
from pointsbank.database import execute, is_postgresql
from pointsbank.staff import Places, group_of, township_of, village_of

# Neither sees what the other has not committed: a village founded while a role for all is given would not
# hear of it. On SQLite there is only one writer at a time.
_QUEUE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("one"), 0)))


def hold_reach(session: Session) -> None:
    """Wait for whoever founds or moves a village or changes roles; until this write ends, others wait."""
    if is_postgresql(session):
        execute(session, _QUEUE, {"one": "which villages a role reaches"})


def hold_groups(session: Session, places: Places) -> None:
    """Wait for whoever closes a group of these; until this write ends, none of their villages' groups closes.

    Before the person is locked: who closes a group locks the village first and its leaders then.

    Raises VillageUnknown.
    """
    for village in sorted({village_of(place) or "" for place in places if group_of(place)}):
        villages.lock(session, village=village)


def villages_reached(session: Session, places: Places) -> list[str]:
    """Return the codes of the villages that these places are, lie in or hold, in order; None: all of them."""
    if None in places:
        return [village.id for village in villages.everyone(session)]
    lying = villages.villages_by_township(session)
    reached = {village for place in places if (village := village_of(place)) is not None}
    return sorted(reached.union(*(lying.get(township_of(place) or "", ()) for place in places)))
