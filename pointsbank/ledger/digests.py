"""What is told of one row: a salted digest over its columns, and a short checksum of each."""

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import repeat, starmap
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple
from zlib import crc32

from pointsbank import witness
from pointsbank.raw_rows import UNREADABLE
from pointsbank.witness import Key, Witnessed

SALT = 16
"""Bytes of a salt."""


class RowDigest(NamedTuple):
    """What is kept of one telling: digest, what left it, salt, a checksum for each column."""

    digest: bytes
    rest: bytes | None
    salt: bytes
    cells: bytes


_UTF8 = ("utf-8", "surrogatepass")


class Digests(NamedTuple):
    """What is kept of the tellings of some rows, in their order; `rests` is None where nothing leaves."""

    digests: list[bytes]
    rests: list[bytes] | None
    cells: list[bytes]


class _Shape(NamedTuple):
    """How rows of a table are read: columns of the digest, those that leave it; where they stand in a row."""

    columns: tuple[str, ...]
    leaving: tuple[str, ...]
    places: tuple[int, ...]
    packed: struct.Struct

    @property
    def names(self) -> tuple[str, ...]:
        """All columns, in the order of their checksums."""
        return (*self.columns, *self.leaving)


def row_key(rule: Witnessed, row: Any) -> str:
    """Return the key of a stored row as text."""
    return witness.key_text(rule, [getattr(row, name) for name in rule.key_names])


def row_keys(rule: Witnessed, rows: Sequence[Any]) -> list[str]:
    """Return `row_key` of each of these stored rows."""
    return witness.key_texts(rule, list(map(_key_taker(rule), rows)))


@cache
def _key_taker(rule: Witnessed) -> Callable[[Any], Key]:
    """Return what takes its key out of a stored row."""
    order = rule.source.c.keys()
    places = [order.index(name) for name in rule.key_names]
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def digests(
    rule: Witnessed,
    rows: Sequence[Any],
    salts: Sequence[bytes],
    rests: Sequence[bytes | None] | None = None,
    *,
    together: bool = False,
    cells: Sequence[bytes] | None = None,
) -> list[RowDigest]:
    """Return what is told of each of these rows as it is stored.

    Args:
        salts: one for each row, `SALT` bytes.
        rests: for each row the digest of the columns that leave the row's, None where they have not left it.
        together: as in a batch, where checksums do not depend on the salt, and the digest is over them too.
        cells: the checksums that the digests of a batch are over; None: those of the rows.
    """
    columns = list(zip(*rows, strict=True))
    made = digests_of(rule, columns, salts, rests, together=together, cells=cells)
    left: Iterable[bytes | None] = made.rests or repeat(None)
    return list(map(RowDigest, made.digests, left, salts, made.cells))


def digests_of(
    rule: Witnessed,
    columns: Sequence[Sequence[Any]],
    salts: Sequence[bytes],
    rests: Sequence[bytes | None] | None = None,
    *,
    together: bool,
    cells: Sequence[bytes] | None = None,
) -> Digests:
    """Return what `digests` does, of rows that are given column by column in the order of their table."""
    if not salts:
        return Digests([], None, [])
    shape, rows = _shape(rule), len(salts)
    # Imports and verifying do this for thousands of rows: column by column, each value that repeats once.
    named = [(name, columns[place]) for name, place in zip(shape.names, shape.places, strict=True)]
    parts = [_parts(*one) for one in named]
    texts = [_pieces(written, values) for written, (_, values) in zip(parts, named, strict=True)]
    kept = len(shape.columns)
    of_digest, left = _joined(texts[:kept], rows), None
    if shape.leaving:
        left = list(map(_hashed, salts, _joined(texts[kept:], rows)))
        if rests is not None:
            left = [given or now for given, now in zip(rests, left, strict=True)]
    if together:
        sums = [{value: crc32(part).to_bytes(4) for value, part in written.items()} for written in parts]
        found = [_pieces(summed, values) for summed, (_, values) in zip(sums, named, strict=True)]
        made = _joined(found, rows)
        hidden = list(map(_hidden, salts, cells or made, left or repeat(b"")))
        return Digests(list(map(_hashed_whole, hidden, of_digest)), left, made)
    seeds = [int.from_bytes(salt[:4]) for salt in salts]
    made = list(starmap(shape.packed.pack, zip(*(_seeded(*one, seeds) for one in named), strict=True)))
    of_columns = list(map(_hashed, salts, of_digest))
    return Digests(of_columns if left is None else list(map(_both, of_columns, left)), left, made)


def _pieces(written: Mapping[Any, bytes], values: Sequence[Any]) -> bytes | list[bytes]:
    """Return what is written for each of these values; it alone where it is the same for all."""
    if len(written) == 1:
        [piece] = written.values()
        return piece
    return [written[value] for value in values]


def _joined(columns: Sequence[bytes | list[bytes]], rows: int) -> list[bytes]:
    """Return the pieces of each row together; neighbours that are the same in all rows are joined once."""
    runs: list[bytes | list[bytes]] = []
    for column in columns:
        if runs and not isinstance(column, list) and not isinstance(last := runs[-1], list):
            runs[-1] = last + column
        else:
            runs.append(column)
    given: list[Iterable[bytes]] = [run if isinstance(run, list) else repeat(run, rows) for run in runs]
    return list(map(b"".join, zip(*given, strict=True)))


def changed_columns(rule: Witnessed, now: bytes, before: bytes) -> list[str]:
    """Return the columns whose checksums differ; none where that cannot be said."""
    if len(now) != len(before):
        return []
    names = _shape(rule).names
    return [name for n, name in enumerate(names) if now[4 * n : 4 * n + 4] != before[4 * n : 4 * n + 4]]


def is_of_fewer_columns(rule: Witnessed, row: Any, now: bytes, before: bytes, *, left: bool) -> bool:
    """Return whether checksums are a row's from before a later version added columns that are empty in it.

    Args:
        now: checksums of the row with all its columns.
        left: whether some of them have left the row's digest: what stands in those is not compared.
    """
    shape = _shape(rule)
    start = 0
    for number, place in enumerate(shape.places):
        free = left and number >= len(shape.columns)
        if free or before[start : start + 4] == now[4 * number : 4 * number + 4]:
            start += 4
        elif row[place] is not None:
            return False
    return start == len(before)


@cache
def _shape(rule: Witnessed) -> _Shape:
    """Return how rows of a table are read for their digest."""
    names = sorted(rule.source.c.keys() - rule.apart.keys())
    columns = tuple(name for name in names if name not in rule.leaving)
    leaving = tuple(name for name in names if name in rule.leaving)
    order = rule.source.c.keys()
    places = tuple(order.index(name) for name in (*columns, *leaving))
    return _Shape(columns, leaving, places, struct.Struct(f">{len(places)}I"))


def _parts(name: str, values: Sequence[Any]) -> dict[Any, bytes]:
    """Return a column's part of a row's canonical JSON, a comma before it, for each of its values."""
    before, distinct = f',"{name}":', set(values)
    kinds = set(map(type, distinct))
    if kinds == {str}:
        return {value: (before + encode_basestring(value)).encode(*_UTF8) for value in distinct}
    if kinds == {int}:
        return {value: f"{before}{value}".encode() for value in distinct}
    # Empty columns are left out: one that a later version adds changes no digest of before.
    return {
        value: b"" if value is None else (before + dumps(_plain(value))).encode(*_UTF8) for value in distinct
    }


def _seeded(name: str, values: Sequence[Any], seeds: Sequence[int]) -> Iterable[int]:
    """Return the checksums of a column's values, each beginning with its row's seed.

    The four bytes of a checksum are enough to name a changed column, not to vouch for it.
    """
    summed = {value: f"{name}={_plain(value)!r}".encode("utf-8", "replace") for value in set(values)}
    if len(summed) == 1:
        return map(crc32, repeat(*summed.values()), seeds)
    return map(crc32, [summed[value] for value in values], seeds)


def _hashed(salt: bytes, parts: bytes) -> bytes:
    """Return the digest over a salt and the parts of a row, a comma before each."""
    return sha256(b"\x04%s{%s}" % (salt, parts[1:])).digest()


def _hidden(salt: bytes, cells: bytes, rest: bytes) -> bytes:
    """Return what the digest of a row in a batch is over, besides its parts."""
    # With the length of the checksums, so that nobody passes a column off as one of them.
    return b"\x07%s%s%s%s" % (salt, rest, len(cells).to_bytes(4), cells)


def _hashed_whole(hidden: bytes, parts: bytes) -> bytes:
    """Return the digest of a row in a batch."""
    return sha256(hidden + parts).digest()


def _both(of_columns: bytes, rest: bytes) -> bytes:
    return sha256(b"\x05" + of_columns + rest).digest()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, the same from either database and before it was stored."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return ["unreadable"] if value is UNREADABLE else value.isoformat()


dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
