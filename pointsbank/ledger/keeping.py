"""Keeps what was counted for as long as nothing was written in the village.

Whatever changes a village's tables is told in its log: by an entry, which moves the head, or, where a row may
wait for the next entry, by a digest that waits with it. So the head and the number of what waits are a
version of everything that is told. It is read in the very transaction that counts: what was kept under one
version is what counting would find again, whichever process has written. Only sessions that read keep
anything. What reading itself writes, as a file opened or a list taken away, is counted apart: nothing but
the lists of just that depends on it, so a look throws nothing away.
"""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlmodel import Session, col

from pointsbank import witness
from pointsbank.keeper import KEEPER, Keeper
from pointsbank.ledger.models import LogHeadRow, RowBatchRow, RowWitnessRow
from pointsbank.ledger.reading import entry_but_sales
from pointsbank.once import is_reading, once_a_reading
from pointsbank.prepared import fetch

Answer = TypeVar("Answer")


class Version(NamedTuple):
    """What all that is told of a village stands at: entries, the tree over them, and what waits for one.

    `readings` are of the rows that wait those that reading wrote (`Witnessed.by_reading`).
    """

    size: int
    peaks: bytes
    rows: int
    batches: int
    readings: int


def _waiting(table: type[RowWitnessRow] | type[RowBatchRow], *wanted: ColumnElement[bool]) -> Any:
    """Return a column with how many tellings wait for an entry."""
    here = (table.in_village(bindparam("village")), col(table.log_index).is_(None))
    return select(func.count()).select_from(table).where(*here, *wanted).scalar_subquery()


_by_reading = col(RowWitnessRow.table_name).in_(bindparam("by_reading", expanding=True))
_VERSION = select(
    col(LogHeadRow.size),
    col(LogHeadRow.peaks),
    _waiting(RowWitnessRow, ~_by_reading).label("rows"),
    _waiting(RowBatchRow).label("batches"),
    _waiting(RowWitnessRow, _by_reading).label("readings"),
).where(LogHeadRow.in_village(bindparam("village")))


@cache
def tables_by_reading() -> tuple[str, ...]:
    """Return the tables that reading itself writes, once every room has declared its own.

    Example:
        "file_look" in tables_by_reading()  # True
    """
    return tuple(one.table for one in witness.witnessed() if one.by_reading)


@once_a_reading
def version(session: Session, *, village: str) -> Version | None:
    """Return what all that is told of a village stands at; None where there is no such village.

    Example:
        keeping.version(session, village="chayuan").size  # 12045
    """
    asked = {"village": village, "by_reading": tables_by_reading()}
    return fetch(session, _VERSION, asked, into=Version).first()


def kept(
    session: Session,
    *,
    village: str,
    about: Hashable,
    make: Callable[[], Answer],
    size: Callable[[Answer], int] = lambda _: 1,
    entries_alone: bool = False,
    by_reading: bool = False,
    but_sales: bool = False,
    beside: Hashable = None,
) -> Answer:
    """Return what `make` counts, or what it counted before, if nothing was written in the village since.

    Args:
        about: tells apart what is counted; all that `make` depends on besides rows that are told to the log,
            the day among it.
        size: the rows that an answer holds.
        entries_alone: it depends on the entries of the log, and on no row that may wait for one.
        by_reading: it depends on rows that reading itself writes (`Witnessed.by_reading`) too.
        but_sales: it depends on nothing that a sale writes: no points, no stock, no scan. A sale binds no row
            that waits, so what waits is counted on until an entry of another kind.
        beside: what else it depends on, as it was read in this very session.

    Example:
        ledger.kept(session, village="chayuan", about=("scores", "2026-09"), make=lambda: _count(session))
    """
    keeper: Keeper | None = session.info.get(KEEPER)
    if keeper is None or not is_reading(session):
        return make()
    now: Version | None = version(session, village=village)
    if now is not None and but_sales:
        last = entry_but_sales(session, village=village)
        now = now._replace(size=last.log_index, peaks=bytes(last.leaf))
    if now is not None and not by_reading:
        now = now._replace(readings=0)
    if now is not None and entries_alone:
        now = now._replace(rows=0, batches=0)
    found = keeper.find((village, about), (now, beside))
    if found is None:
        answer = make()
        keeper.keep((village, about), (now, beside), answer, size(answer))
        return answer
    answer = found[0]
    return answer


def kept_under(
    session: Session,
    *,
    village: str,
    about: Hashable,
    version: Hashable,
    make: Callable[[], Answer],
    size: Callable[[Answer], int] = lambda _: 1,
) -> Answer:
    """Return what `make` counts, or what it counted before under the same version of its own.

    For what sales leave alone: the till writes a hundred times between two words about a notice.

    Args:
        about: tells apart what is counted.
        version: everything that `make` depends on, as it was read in this very session.

    Example:
        ledger.kept_under(session, village="chayuan", about="issued", version=months, make=lambda: …)
    """
    keeper: Keeper | None = session.info.get(KEEPER)
    if keeper is None or not is_reading(session):
        return make()
    found = keeper.find((village, "under its own version", about), version)
    if found is None:
        answer = make()
        keeper.keep((village, "under its own version", about), version, answer, size(answer))
        return answer
    kept_before: Answer = found[0]
    return kept_before
