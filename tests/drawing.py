"""Draws a few of many odd values for each place where they are tried: no place sees none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar
from zlib import crc32

import pytest

Value = TypeVar("Value")


mostly_sqlite = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)], indirect=True
)
"""Marks a test on both kinds of database that PostgreSQL sees with `--full` alone."""


def drawn(values: Sequence[Value], place: str, number: int | None) -> list[Value]:
    """Return so many of the values, the same in every run but others at another place; None for all.

    Example:
        drawn(["NaN", "-1", "%00"], "GET /goods/<code>", 1)  # ["-1"]
    """
    first = crc32(place.encode())
    count = len(values) if number is None else min(number, len(values))
    return [values[(first + step) % len(values)] for step in range(count)]


STORAGE = ("/faults/", "/keeping/", "/test_append_only", "/test_locked_accounts", "race", "racing", "at_once")
"""Where the database is what is tested, by parts of the file's path: all of it runs on both kinds."""
EVERY = 3
"""Of so many tests elsewhere that run on both kinds of database one is drawn for PostgreSQL."""


def undrawn_on_servers(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Return the tests on PostgreSQL that show what they show on SQLite: they are for `--full`.

    In every run stay: where the database is what is tested (`STORAGE`), what is marked `both`, and of each
    other file every third test, at least one, each with one of its cases.
    """
    cases: dict[str, dict[str, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        file, _, name = item.nodeid.partition("::")
        if "postgresql" not in _kinds(item) or item.get_closest_marker("both"):
            continue
        if not any(part in file for part in STORAGE):
            cases[file][name.partition("[")[0]].append(item)
    left_out = set[pytest.Item]()
    for file, tests in cases.items():
        ranked = sorted(tests, key=lambda name: crc32(f"{file} {name}".encode()))
        kept = {drawn(tests[name], f"{file} {name}", 1)[0] for name in ranked[: -(-len(ranked) // EVERY)]}
        left_out |= {item for same in tests.values() for item in same} - kept
    return left_out


def _kinds(item: pytest.Item) -> set[object]:
    """Return the kinds of database that a case names."""
    case = getattr(item, "callspec", None)
    return {case.params.get("database"), case.params.get("kind")} if case else set()
