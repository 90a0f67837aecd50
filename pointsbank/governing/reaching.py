"""Whom a decision reaches: one village, or all of them, also the one that is being founded this moment."""

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from pointsbank import villages
from pointsbank.database import execute, is_postgresql
from pointsbank.staff import Places

# Neither sees what the other has not committed: a village founded while a role for all is given would not
# hear of it. On SQLite there is only one writer at a time.
_QUEUE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("one"), 0)))


def hold_reach(session: Session) -> None:
    """Wait for whoever founds a village or changes roles; until this write ends, others wait for it."""
    if is_postgresql(session):
        execute(session, _QUEUE, {"one": "which villages a role reaches"})


def villages_reached(session: Session, places: Places) -> list[str]:
    """Return the codes of the villages that these places are or hold, in order; None is all of them."""
    if None in places:
        return [village.id for village in villages.everyone(session)]
    return sorted(place for place in places if place is not None)
