"""The log's tree by tiles of 256 leaves: a proof reads one or two tiles, not every leaf.

A full tile never changes, and the tree over the roots of all tiles is the tree over all leaves: RFC 9162
splits at powers of two, so no split above 256 leaves falls within a tile. The roots of full tiles are kept in
memory (32 bytes for 256 entries) and compared with the head of the log each time, so that another database
put in its place is noticed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from pointsbank import merkle
from pointsbank.keeper import KEEPER, Keeper
from pointsbank.ledger.log import read_head
from pointsbank.ledger.models import LogEntryRow
from pointsbank.merkle import Frontier
from pointsbank.once import is_reading

TILE = 256
_TOGETHER = 8 * TILE
_LEVEL = TILE.bit_length() - 1


@dataclass
class TiledTree:
    """The tree over the first `size` entries of a village's log; leaves are read when they are asked for."""

    session: Session
    village: str
    size: int
    full: tuple[bytes, ...]
    _read: dict[int, list[bytes]] = field(default_factory=dict)

    @property
    def root(self) -> bytes:
        """The root over all leaves."""
        return self.root_at(self.size)

    def root_at(self, size: int) -> bytes:
        """Return the root over the first `size` leaves, at most as many as the tree has."""
        tiles, more = divmod(size, TILE)
        rest = [merkle.root(self._tile(tiles)[:more])] if more else []
        return merkle.root([*self.full[:tiles], *rest])

    def leaf(self, index: int) -> bytes:
        """Return the leaf of one entry, 0 <= `index` < `size`."""
        return self._tile(index // TILE)[index % TILE]

    def inclusion_path(self, index: int) -> list[bytes]:
        """Return the audit path of the leaf `index`, as `merkle.inclusion_path`."""
        tile, place = divmod(index, TILE)
        within = merkle.inclusion_path(place, self._tile(tile))
        return [*within, *merkle.inclusion_path(tile, self._roots(0, self.size))]

    def consistency_path(self, first: int) -> list[bytes]:
        """Return the proof that the first `first` leaves are a prefix, as `merkle.consistency_path`."""
        return [] if first in (0, self.size) else self._subproof(first, 0, self.size, complete=True)

    def _subproof(self, first: int, start: int, end: int, *, complete: bool) -> list[bytes]:
        """SUBPROOF of RFC 9162 §2.1.4.1 over the leaves from `start` up to, without, `end`."""
        if first == end:
            return [] if complete else [merkle.root(self._roots(start, end))]
        if end - start <= TILE:
            leaves = self._tile(start // TILE)[: end - start]
            return merkle.prefix_path(first - start, leaves, complete=complete)
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if first <= middle:
            beside = merkle.root(self._roots(middle, end))
            return [*self._subproof(first, start, middle, complete=complete), beside]
        beside = merkle.root(self._roots(start, middle))
        return [*self._subproof(first, middle, end, complete=False), beside]

    def _roots(self, start: int, end: int) -> list[bytes]:
        """Return the roots of the tiles of these leaves; `start` begins a tile."""
        last = [merkle.root(self._tile(end // TILE)[: end % TILE])] if end % TILE else []
        return [*self.full[start // TILE : end // TILE], *last]

    def _tile(self, number: int) -> list[bytes]:
        """Return the leaves of a tile, as many as the tree has."""
        if number not in self._read:
            start = number * TILE
            leaves = leaves_between(self.session, self.village, start, min(start + TILE, self.size))
            self._read[number] = list(leaves)
        return self._read[number]


def tiled_tree(session: Session, *, village: str, size: int | None = None) -> TiledTree:
    """Return the tree over the first `size` entries of the village's log, now all.

    Args:
        size: 0 to the number of entries.

    Raises VillageUnknown.

    Example:
        ledger.tiled_tree(session, village="chayuan", size=12).root
    """
    head = read_head(session, village=village).frontier
    full = _full_tiles(session, village, head)
    chosen = head.size if size is None else size
    return TiledTree(session, village, chosen, full[: chosen // TILE])


def leaves_between(session: Session, village: str, start: int, end: int) -> Iterator[bytes]:
    """Return the leaves of the entries from `start` up to, without, `end`, in order."""
    row = LogEntryRow
    numbers = (col(row.log_index) >= start) & (col(row.log_index) < end)
    query = select(row.leaf).where(row.in_village(village), numbers).order_by(col(row.log_index))
    return map(bytes, session.exec(query))


def _full_tiles(session: Session, village: str, head: Frontier) -> tuple[bytes, ...]:
    """Return the roots of all full tiles: those kept, and the new ones behind them."""
    keeper: Keeper | None = session.info.get(KEEPER)
    about = (village, "tiles")
    found = keeper.find(about, None) if keeper else None
    kept: tuple[bytes, ...] = found[0] if found else ()
    full = (*kept, *_new_tiles(session, village, len(kept), head.size // TILE))
    peaks = Frontier().extend(full).peaks
    if kept and peaks != head.peaks[: (head.size >> _LEVEL).bit_count()]:
        # Another log than the one whose tiles were kept: a backup was put back, or somebody rewrote it.
        full = tuple(_new_tiles(session, village, 0, head.size // TILE))
    if keeper and is_reading(session) and full != kept:
        keeper.keep(about, None, full, 1 + len(full) // 16)
    return full


def _new_tiles(session: Session, village: str, first: int, end: int) -> Iterator[bytes]:
    """Yield the roots of the full tiles from `first` up to, without, `end`."""
    for start in range(first * TILE, end * TILE, _TOGETHER):
        leaves = list(leaves_between(session, village, start, min(start + _TOGETHER, end * TILE)))
        for place in range(0, len(leaves), TILE):
            yield merkle.root(leaves[place : place + TILE])
