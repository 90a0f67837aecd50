"""RFC 9162 tree arithmetic: roots, growing frontiers, inclusion and consistency, on plain bytes.

A log of n leaves is a row of complete binary trees, one for each 1 in the binary digits of n, largest first.
Their roots, the peaks, are all that is kept to append: a new leaf is a tree of one, and while the last two
trees are of equal size they are joined into one, as a carry is in adding 1. Folded from the right the peaks
give the root. So appending and the root cost log n hashes, and no leaf is read again.

Hashes are SHA-256, 32 bytes, over a first byte that says what is hashed: 0 a leaf, 1 a node, 2 a commitment.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def commitment(salt: bytes, private: bytes) -> bytes:
    """Return SHA-256(0x02 ‖ salt ‖ private): hides the words until salt and words are shown."""
    return hashlib.sha256(b"\x02" + salt + private).digest()


def leaf_hash(public: bytes) -> bytes:
    """Return the hash of one entry's public bytes (RFC 9162 §2.1.1).

    Example:
        >>> leaf_hash(b"").hex()[:16]
        '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + public).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbouring subtrees (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the complete subtrees of a growing tree, largest first: all it takes to append."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """Return the frontier after one more leaf."""
        return self.extend([leaf])

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier after several more leaves, in order.

        Example:
            >>> [len(Frontier().extend([bytes(32)] * size).peaks) for size in (1, 2, 3, 4, 7, 8)]
            [1, 1, 2, 1, 3, 1]
        """
        peaks, size = list(self.peaks), self.size
        for leaf in leaves:
            node, full = leaf, size
            while full & 1:
                node = node_hash(peaks.pop(), node)
                full >>= 1
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The tree head: the hash that stands for every leaf so far."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node

    def pack(self) -> bytes:
        """Return the peaks as bytes, 32 for each, to be kept beside the size."""
        return b"".join(self.peaks)

    @staticmethod
    def unpack(size: int, packed: bytes) -> "Frontier":
        """Return the frontier from what `pack` returned; raises ValueError if the two do not fit."""
        if len(packed) != HASH_BYTES * size.bit_count():
            raise ValueError("the stored tree head does not fit its size")
        peaks = tuple(packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES))
        return Frontier(size, peaks)


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree head over these leaf hashes.

    Example:
        >>> root([leaf_hash(b""), leaf_hash(bytes(1))]).hex()[:16]
        'fac54203e7cc696c'
    """
    return Frontier().extend(leaves).root


def inclusion_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the audit path of leaf `index` (from 0) in the tree over `leaves` (RFC 9162 §2.1.3.1).

    Example:
        >>> leaves = [leaf_hash(bytes([n])) for n in range(7)]
        >>> path = inclusion_path(4, leaves)
        >>> len(path), included(leaves[4], 4, 7, path, root(leaves))
        (3, True)
    """
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_path(index, leaves[:split]), root(leaves[split:])]
    return [*inclusion_path(index - split, leaves[split:]), root(leaves[:split])]


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Return whether the path proves that `leaf` stands at `index` under `head` (RFC 9162 §2.1.3.2)."""
    if index >= size:
        return False
    position, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == head


def consistency_path(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are a prefix of this tree (RFC 9162 §2.1.4.1)."""
    if old_size in (0, len(leaves)):
        return []
    return prefix_path(old_size, leaves, complete=True)


def prefix_path(old_size: int, leaves: Sequence[bytes], *, complete: bool) -> list[bytes]:
    """Return SUBPROOF of RFC 9162 §2.1.4.1; `complete`: whoever checks knows the root over the old leaves."""
    if old_size == len(leaves):
        return [] if complete else [root(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        return [*prefix_path(old_size, leaves[:split], complete=complete), root(leaves[split:])]
    return [*prefix_path(old_size - split, leaves[split:], complete=False), root(leaves[:split])]


def consistent(old_size: int, size: int, old_head: bytes, head: bytes, path: Sequence[bytes]) -> bool:
    """Return whether the path proves that the old tree is a prefix of the new one (RFC 9162 §2.1.4.2)."""
    if old_size > size:
        return False
    if old_size in (0, size):
        return not path and (old_size == 0 or old_head == head)
    nodes = [old_head, *path] if old_size.bit_count() == 1 else list(path)
    if not nodes:
        return False
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, node)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_head and new == head


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
