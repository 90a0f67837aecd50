"""Proofs out of the log's tree: an entry stands in it, and a longer log goes on where a shorter one ended.

For programs that keep the anchors of others: the checking is RFC 9162's, `merkle.included` and `consistent`.
"""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.errors import NotFound


class ProofUnknown(NotFound):
    """The log has no such entry, or is not that long."""

    code = "proof_unknown"
    sentence = "账本现在有{size}条，没有这样的证明：序号要小于大小，大小不超过{size}。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That a leaf stands at an index in the tree of so many entries."""

    index: int
    size: int
    leaf: bytes
    root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the tree of `first` entries is the beginning of the tree of `second` entries."""

    first: int
    second: int
    first_root: bytes
    second_root: bytes
    path: tuple[bytes, ...]


def inclusion(session: Session, *, village: str, index: int, size: int | None = None) -> Inclusion:
    """Return the proof that the entry `index` stands in the log of the first `size` entries, now all.

    Raises:
        ProofUnknown: there is no such entry, or the log is shorter.
        VillageUnknown: there is no such village.

    Example:
        proof.inclusion(session, village="cy", index=4, size=7).path  # three hashes
    """
    tree = _tree(session, village, size)
    if not 0 <= index < tree.size:
        raise ProofUnknown(size=tree.size)
    return Inclusion(index, tree.size, tree.leaf(index), tree.root, tuple(tree.inclusion_path(index)))


def consistency(session: Session, *, village: str, first: int, second: int | None = None) -> Consistency:
    """Return the proof that the log of the first `first` entries is the beginning of a longer one.

    Raises:
        ProofUnknown: the log is shorter, or `first` is none of its sizes.
        VillageUnknown: there is no such village.

    Example:
        proof.consistency(session, village="cy", first=4).second  # 18
    """
    tree = _tree(session, village, second)
    if not 1 <= first <= tree.size:
        raise ProofUnknown(size=tree.size)
    path = tuple(tree.consistency_path(first))
    return Consistency(first, tree.size, tree.root_at(first), tree.root, path)


def _tree(session: Session, village: str, size: int | None) -> ledger.TiledTree:
    """Return the tree over the first `size` entries, or over all."""
    tree = ledger.tiled_tree(session, village=village, size=size)
    whole = ledger.tree_head(session, village=village).size
    if size is not None and not 1 <= size <= whole:
        raise ProofUnknown(size=whole)
    return tree
