"""Proofs by tiles are the proofs that all leaves together give."""

import pytest

from pointsbank import ledger, merkle
from pointsbank.database import Database
from pointsbank.ledger import tiles
from tests import builders
from tests.builders import NOW, VILLAGE, Chayuan


@pytest.fixture
def chayuan(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Chayuan:
    """The cast, and tiles of four leaves: a small log has many."""
    for name, number in {"TILE": 4, "_TOGETHER": 8, "_LEVEL": 2}.items():
        monkeypatch.setattr(tiles, name, number)
    return builders.chayuan(sqlite_database)


def test_every_path_is_the_one_that_all_leaves_give(chayuan: Chayuan) -> None:
    fill(chayuan, 37)

    with chayuan.database.reading() as session:
        whole = ledger.tree_head(session, village=VILLAGE).size
        leaves = list(tiles.leaves_between(session, VILLAGE, 0, whole))
        for size in range(1, whole + 1):
            tree = ledger.tiled_tree(session, village=VILLAGE, size=size)
            some = leaves[:size]
            assert tree.root == merkle.root(some)
            assert all(tree.inclusion_path(n) == merkle.inclusion_path(n, some) for n in range(size))
            assert all(
                tree.consistency_path(n) == merkle.consistency_path(n, some) for n in range(1, size + 1)
            )


def test_tiles_that_are_kept_go_on_with_the_log(chayuan: Chayuan) -> None:
    fill(chayuan, 9)
    before = chayuan.read(root_of)
    fill(chayuan, 9)

    assert chayuan.read(root_of) == chayuan.read(head_of) != before


def test_tiles_of_another_log_are_not_used(chayuan: Chayuan) -> None:
    fill(chayuan, 9)
    keeper = chayuan.database.info[tiles.KEEPER]
    keeper.keep((VILLAGE, "tiles"), None, (bytes(32),) * 2, 1)

    assert chayuan.read(root_of) == chayuan.read(head_of)


def fill(chayuan: Chayuan, entries: int) -> None:
    """So many entries more."""
    for _ in range(entries):
        chayuan.write(ledger.record, kind="erasure", words={}, at=NOW)


def root_of(session: object, *, village: str) -> bytes:
    """The root by tiles."""
    return ledger.tiled_tree(session, village=village).root  # type: ignore[arg-type]


def head_of(session: object, *, village: str) -> bytes:
    """The root as the head says."""
    return ledger.tree_head(session, village=village).root  # type: ignore[arg-type]
