"""Which of many edits is found is told of each by itself."""

from collections.abc import Hashable, Sequence
from itertools import combinations

import pytest

from tests.proof.attributing import RUNS, TABLES, found_alone, found_by_timetable, pairs_of
from tests.proof.editor import Edit


def edits(tables: int, cells: int = 8) -> list[list[Edit]]:
    """Edits of so many cells of so many tables; nobody finds the first and the last of each table."""
    return [[Edit(f"t{table}", "c", cell, 0, 1) for cell in range(cells)] for table in range(tables)]


def is_found(edit: Edit) -> bool:
    """Whether the checks below find an edit."""
    return 0 < edit.place < 7


def by_row(some: Sequence[Edit]) -> frozenset[Hashable]:
    """Find each row."""
    return frozenset((edit.table, edit.place) for edit in some if is_found(edit))


def in_one_sentence(some: Sequence[Edit]) -> frozenset[Hashable]:
    """Find that something is wrong, without a word on what."""
    return frozenset({"wrong"} if any(map(is_found, some)) else ())


def of_the_next_row(some: Sequence[Edit]) -> frozenset[Hashable]:
    """Find each row, and blame the one after it too, as a wrong balance does."""
    return by_row(some) | {(edit.table, edit.place + 1) for edit in some if is_found(edit)}


def drowned(some: Sequence[Edit]) -> frozenset[Hashable]:
    """Find one table alone where it was edited."""
    return frozenset(one for one in by_row(some) if one[0] == "t3") or by_row(some)  # type: ignore[index]


def test_no_two_edits_are_made_in_the_same_two_runs():
    pairs = [tuple(sorted(pair)) for round_ in range(TABLES) for pair in pairs_of(round_)]

    assert sorted(pairs) == list(combinations(range(RUNS), 2))


@pytest.mark.parametrize("look", [by_row, in_one_sentence, of_the_next_row, drowned])
def test_whatever_the_findings_say_each_edit_is_told_apart(look):
    queues = edits(TABLES)

    found = set(found_by_timetable(queues, look))

    assert found <= {edit for queue in queues for edit in queue if is_found(edit)}
    rest = [[edit for edit in queue if edit not in found] for queue in queues]
    assert set(found_alone(rest, look)) | found == {
        edit for queue in queues for edit in queue if is_found(edit)
    }


def test_where_findings_name_rows_the_timetable_finds_all_with_a_seventh_of_the_looks():
    queues, looks = edits(TABLES), []

    found = set(found_by_timetable(queues, lambda some: looks.append(some) or by_row(some)))

    assert len(found) == TABLES * 6
    assert len(looks) == RUNS
    assert all(len({edit.table for edit in some}) == len(some) for some in looks)


def test_what_leaves_nothing_to_find_together_is_missed_one_by_one():
    missed = [[queue[0]] for queue in edits(3)]
    looks: list[Sequence[Edit]] = []

    def look(some: Sequence[Edit]) -> frozenset[Hashable]:
        looks.append(some)
        return by_row(some)

    assert list(found_alone(missed, look, likely=False)) == []
    assert len(looks) == 1
