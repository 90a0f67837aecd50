"""Writes that travel to PostgreSQL as one statement, each a part of its WITH.

Statements of their own, even in one go, cost the driver a call, an answer and a wait each: a seventh of a
sale. All parts of a WITH see the database as it was before the first, and of two that change one row only
one would be made. So those go together that cannot meet: one table, one part, or parts that only add, or
one statement that looks for other values each time. Each change says how many rows it found; foreign keys
are looked at when all is done.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from pointsbank.prepared.compiling import CompiledStatement, Values

Write = tuple[CompiledStatement, Sequence[Values]]

# Every number of rows is a statement that each connection of the server keeps: a basket rarely holds more.
_FEW = 3

_NUMBER = re.compile(r"\$(\d+)")


class Joined(NamedTuple):
    """One statement for several writes, and pairs of parts that must differ in a value at these places."""

    sql: str
    pairs: Sequence[tuple[int, int, Sequence[int]]]


_joined: dict[tuple[object, ...], Joined | None] = {}


def join(writes: Sequence[Write]) -> tuple[str, Values] | None:
    """Return one statement for these writes and its values; it answers with the rows written by each write.

    None if they may meet at a row, or if one is for many rows.
    """
    shape: list[object] = []
    rows: list[Values] = []
    for compiled, some in writes:
        if len(some) > _FEW:
            return None
        shape += compiled, len(some)
        rows += some
    key = tuple(shape)
    try:
        joined = _joined[key]
    except KeyError:
        joined = _joined[key] = _join(writes)
    if joined is None:
        return None
    for a, b, places in joined.pairs:
        if all(rows[a][place] == rows[b][place] for place in places):
            return None
    return joined.sql, list(chain.from_iterable(rows))


def _join(writes: Sequence[Write]) -> Joined | None:
    """Put the statements together, unless two of them may meet whatever their values are."""
    parts = [compiled for compiled, rows in writes for _ in rows]
    pairs = []
    for (a, one), (b, other) in combinations(enumerate(parts), 2):
        if one.finding is None or other.finding is None:
            return None
        if one.table != other.table or not (one.changes or other.changes):
            continue
        if one is not other:
            return None
        pairs.append((a, b, one.finding))
    named, counts = [], []
    numbers = iter(enumerate(_moved_on(parts)))
    for compiled, rows in writes:
        some = [next(numbers) for _ in rows]
        # An INSERT has added its row or is refused.
        returning = " RETURNING 1" if compiled.changes else ""
        named += [f"w{number} AS ({sql}{returning})" for number, sql in some]
        found = " + ".join(f"(SELECT count(*) FROM w{number})" for number, _ in some)
        counts.append(found if compiled.changes else str(len(rows)))
    return Joined(f"WITH {', '.join(named)} SELECT {', '.join(counts)}", pairs)


def _moved_on(parts: Sequence[CompiledStatement]) -> Iterator[str]:
    """Yield each statement with the numbers of its values behind those of all before it."""
    before = 0
    for part in parts:
        yield _NUMBER.sub(lambda found: f"${int(found.group(1)) + before}", part.sql)  # noqa: B023 - used at once
        before += len(set(_NUMBER.findall(part.sql)))
