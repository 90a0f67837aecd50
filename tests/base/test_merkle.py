"""The tree's arithmetic against RFC 9162's own definitions."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank import merkle
from pointsbank.merkle import Frontier, leaf_hash, node_hash

LEAVES = [leaf_hash(bytes([n])) for n in range(33)]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 34))
def test_the_growing_root_is_the_defined_root(size: int) -> None:
    assert Frontier().extend(LEAVES[:size]).root == naive_root(LEAVES[:size])


def test_known_tree_heads_of_the_reference_vectors() -> None:
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]
    heads = [merkle.root([leaf_hash(data) for data in inputs[:size]]).hex() for size in (1, 2, 3)]

    assert heads == [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ]


def test_a_frontier_survives_packing() -> None:
    frontier = Frontier().extend(LEAVES[:21])

    assert Frontier.unpack(21, frontier.pack()) == frontier


def test_a_frontier_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Frontier.unpack(20, Frontier().extend(LEAVES[:21]).pack())


@given(size=st.integers(1, 33), data=st.data())
def test_every_leaf_proves_itself_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(index, LEAVES[:size])
    head = naive_root(LEAVES[:size])

    assert merkle.included(LEAVES[index], index, size, path, head)
    assert not merkle.included(node_hash(LEAVES[index], b""), index, size, path, head)
    assert size == 1 or not merkle.included(LEAVES[index], (index + 1) % size, size, path, head)


@given(old=st.integers(0, 33), size=st.integers(0, 33))
def test_a_tree_proves_that_it_grew_from_an_older_one(old: int, size: int) -> None:
    if old > size:
        old, size = size, old
    path = merkle.consistency_path(old, LEAVES[:size])
    heads = merkle.root(LEAVES[:old]), merkle.root(LEAVES[:size])

    assert merkle.consistent(old, size, *heads, path)
    assert old in (0, size) or not merkle.consistent(old, size, heads[1], heads[0], path)
