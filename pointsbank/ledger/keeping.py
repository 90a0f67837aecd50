"""Keeps what was counted for as long as nothing was written in the village.

Whatever changes a village's tables is told in its log: by an entry, which moves the head, or, where a row may
wait for the next entry, by a digest that waits with it. So the head and the number of what waits are a
version of everything that is told. It is read in the very transaction that counts: what was kept under one
version is what counting would find again, whichever process has written. Only sessions that read keep
anything.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from pointsbank.keeper import KEEPER, Keeper
from pointsbank.ledger.models import LogHeadRow, RowBatchRow, RowWitnessRow
from pointsbank.once import is_reading, once_a_reading
from pointsbank.prepared import fetch

Answer = TypeVar("Answer")


class Version(NamedTuple):
    """What all that is told of a village stands at: entries, the tree over them, and what waits for one."""

    size: int
    peaks: bytes
    rows: int
    batches: int


def _waiting(table: type[RowWitnessRow] | type[RowBatchRow]) -> Any:
    """Return a column with how many tellings wait for an entry."""
    here = (table.in_village(bindparam("village")), col(table.log_index).is_(None))
    return select(func.count()).select_from(table).where(*here).scalar_subquery()


_VERSION = select(
    col(LogHeadRow.size),
    col(LogHeadRow.peaks),
    _waiting(RowWitnessRow).label("rows"),
    _waiting(RowBatchRow).label("batches"),
).where(LogHeadRow.in_village(bindparam("village")))


@once_a_reading
def version(session: Session, *, village: str) -> Version | None:
    """Return what all that is told of a village stands at; None where there is no such village.

    Example:
        keeping.version(session, village="chayuan").size  # 12045
    """
    return fetch(session, _VERSION, {"village": village}, into=Version).first()


def kept(
    session: Session,
    *,
    village: str,
    about: Hashable,
    make: Callable[[], Answer],
    size: Callable[[Answer], int] = lambda _: 1,
    entries_alone: bool = False,
) -> Answer:
    """Return what `make` counts, or what it counted before, if nothing was written in the village since.

    Args:
        about: tells apart what is counted; all that `make` depends on besides rows that are told to the log,
            the day among it.
        size: the rows that an answer holds.
        entries_alone: it depends on the entries of the log, and on no row that may wait for one.

    Example:
        ledger.kept(session, village="chayuan", about=("scores", "2026-09"), make=lambda: _count(session))
    """
    keeper: Keeper | None = session.info.get(KEEPER)
    if keeper is None or not is_reading(session):
        return make()
    now: Version | None = version(session, village=village)
    if entries_alone and now is not None:
        now = now._replace(rows=0, batches=0)
    found = keeper.find((village, about), now)
    if found is None:
        answer = make()
        keeper.keep((village, about), now, answer, size(answer))
        return answer
    answer = found[0]
    return answer
