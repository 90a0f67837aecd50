"""The tree, the sums and the moments as the audit walks along the log; kept only where a seal wants them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pointsbank.merkle import Frontier

Totals = dict[str, dict[str, int]]
"""What was moved, in hundredths of a point, by kind and unit."""

_TOGETHER = 500
_NO_LEAF = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """The log up to and including one entry: its tree, what was moved since the seal before, its moment."""

    frontier: Frontier
    totals: Totals
    moment: datetime | None


@dataclass
class TreeWalk:
    """How far the walk has come, and the log as it was at each of the entries `seals`."""

    seals: Set[int] = frozenset()
    sealed: dict[int, Sealed] = field(default_factory=dict)
    moment: datetime | None = None
    _frontier: Frontier = field(default_factory=Frontier)
    _leaves: list[bytes] = field(default_factory=list)
    _totals: Totals = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of entries walked."""
        return self._frontier.size + len(self._leaves)

    @property
    def frontier(self) -> Frontier:
        """The tree over the entries walked."""
        if self._leaves:
            self._frontier, self._leaves = self._frontier.extend(self._leaves), []
        return self._frontier

    def missing(self) -> None:
        """Walk over an entry that is not there."""
        self._step(_NO_LEAF, None)

    def add(self, entry: Any, postings: Sequence[Any]) -> None:
        """Walk over an entry and what it moved."""
        of_kind = self._totals.setdefault(entry.kind, {}) if postings else {}
        for posting in postings:
            of_kind[posting.unit] = of_kind.get(posting.unit, 0) + posting.amount
        self._step(entry.leaf, entry.recorded_at)

    def _step(self, leaf: bytes, moment: datetime | None) -> None:
        index = self.size
        self._leaves.append(leaf)
        self.moment = moment
        if index in self.seals:
            self.sealed[index] = Sealed(self.frontier, self._totals, moment)
            self._totals = {}
        elif len(self._leaves) == _TOGETHER:
            # Only the peaks of the tree are kept: memory does not grow with the log.
            self._frontier, self._leaves = self._frontier.extend(self._leaves), []
