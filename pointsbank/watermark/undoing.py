"""What a backup would undo: the present log is compared with it as if it were a stub."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.watermark.comparing import Comparison, Standing, heads, latest_marks, missing_marks
from pointsbank.watermark.places import Place
from pointsbank.watermark.stubs import Mark, Stub


def undone_by(candidate: Database, present: Database) -> list[Comparison]:
    """Return how each log of the present data stands to a backup that lacks some of its entries.

    Of a damaged database nothing can be compared, and nothing is returned.

    Raises ValueError if a stored tree head of the backup does not fit its size.

    Example:
        undone_by(candidate, database)[0].missing  # the entries that the backup would take away
    """
    try:
        known = heads(present)
        marks = {village: latest_marks(present, village=village) for village in known}
    except (DatabaseError, sqlite3.DatabaseError, ValueError):
        return []
    found = []
    for village, tree in known.items():
        missing = _lacking(candidate, village, marks[village]) if tree.size else ()
        if missing:
            found.append(Comparison(Place(Path()), village, Standing.BEHIND, missing))
    return found


def _lacking(candidate: Database, village: str, marks: list[Mark]) -> tuple[Mark, ...]:
    """Return the entries that the backup's log lacks or has otherwise."""
    with candidate.reading() as session:
        head = ledger.tree_heads(session).get(village)
        if head is None:
            return tuple(marks)
        return missing_marks(session, Stub(tuple(marks)), village=village, size=head.size)
