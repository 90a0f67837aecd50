"""What is told of one row: a salted digest over its columns, and a short checksum of each."""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import repeat, starmap
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple

from pointsbank import witness
from pointsbank.raw_rows import UNREADABLE
from pointsbank.witness import Witnessed

SALT = 16
"""Bytes of a salt."""


class RowDigest(NamedTuple):
    """What is kept of one telling: digest, what left it, salt, a checksum for each column."""

    digest: bytes
    rest: bytes | None
    salt: bytes
    cells: bytes


_PLAIN = {str, int}
"""Types whose values JSON has as they are."""


class _Shape(NamedTuple):
    """How rows of a table are read: columns of the digest, those that leave it, all of them in this order."""

    columns: tuple[str, ...]
    leaving: tuple[str, ...]
    read: Callable[[Any], Sequence[Any]]
    packed: struct.Struct


def row_key(rule: Witnessed, row: Any) -> str:
    """Return the key of a stored row as text."""
    return witness.key_text(rule, [getattr(row, name) for name in rule.key_names])


def digests(
    rule: Witnessed, rows: Sequence[Any], salts: Sequence[bytes], rests: Iterable[bytes | None] | None = None
) -> list[RowDigest]:
    """Return what is told of each of these rows as it is stored.

    Args:
        salts: one for each row, `SALT` bytes.
        rests: for each row the digest of the columns that leave the row's, None where they have not left it.
    """
    shape = _shape(rule)
    names = (*shape.columns, *shape.leaving)
    seeds = [int.from_bytes(salt[:4]) for salt in salts]
    # Imports and verifying do this for thousands of rows: column by column, each value that repeats once.
    parts: list[Iterable[str]] = []
    sums: list[Iterable[int]] = []
    for name, values in zip(names, zip(*map(shape.read, rows), strict=True), strict=False):
        written = {value: _written(name, value) for value in set(values)}
        if len(written) == 1:
            [(part, summed)] = written.values()
            parts.append(repeat(part, len(values)))
            sums.append(map(zlib.crc32, repeat(summed), seeds))
        else:
            parts.append([written[value][0] for value in values])
            sums.append(map(zlib.crc32, [written[value][1] for value in values], seeds))
    kept = len(shape.columns)
    of_columns = map(_hashed, salts, zip(*parts[:kept], strict=True))
    cells = starmap(shape.packed.pack, zip(*sums, strict=True))
    if not shape.leaving:
        return list(map(RowDigest, of_columns, repeat(None), salts, cells))
    now = map(_hashed, salts, zip(*parts[kept:], strict=True))
    left = [given or found for given, found in zip(rests or repeat(None), now, strict=False)]
    return list(map(RowDigest, map(_both, of_columns, left), left, salts, cells))


def changed_columns(rule: Witnessed, now: bytes, before: bytes) -> list[str]:
    """Return the columns whose checksums differ; none where that cannot be said."""
    shape = _shape(rule)
    if len(now) != len(before):
        return []
    names = (*shape.columns, *shape.leaving)
    return [name for n, name in enumerate(names) if now[4 * n : 4 * n + 4] != before[4 * n : 4 * n + 4]]


def is_of_fewer_columns(rule: Witnessed, row: Any, now: bytes, before: bytes, *, left: bool) -> bool:
    """Return whether checksums are a row's from before a later version added columns that are empty in it.

    Args:
        now: checksums of the row with all its columns.
        left: whether some of them have left the row's digest: what stands in those is not compared.
    """
    shape = _shape(rule)
    place = 0
    for number, value in enumerate(shape.read(row)):
        free = left and number >= len(shape.columns)
        if free or before[place : place + 4] == now[4 * number : 4 * number + 4]:
            place += 4
        elif value is not None:
            return False
    return place == len(before)


@cache
def _shape(rule: Witnessed) -> _Shape:
    """Return how rows of a table are read for their digest."""
    names = sorted(rule.source.c.keys() - rule.apart.keys())
    columns = tuple(name for name in names if name not in rule.leaving)
    leaving = tuple(name for name in names if name in rule.leaving)
    every = (*columns, *leaving)
    return _Shape(columns, leaving, attrgetter(*every), struct.Struct(f">{len(every)}I"))


def _written(name: str, value: Any) -> tuple[str, bytes]:
    """Return a column's part of a row's canonical JSON, and what its checksum is taken of.

    The four bytes of a checksum are enough to name a changed column, not to vouch for it.
    """
    if value is None:
        # Empty columns are left out: one that a later version adds changes no digest of before.
        return "", f"{name}=None".encode()
    plain = value if type(value) in _PLAIN else _plain(value)
    if type(plain) is str:
        text = encode_basestring(plain)
    else:
        text = str(plain) if type(plain) is int else dumps(plain)
    return f'"{name}":{text}', f"{name}={plain!r}".encode("utf-8", "replace")


def _hashed(salt: bytes, parts: Iterable[str]) -> bytes:
    """Return the digest over a salt and the parts of a row, an empty one left out."""
    text = f"{{{','.join(filter(None, parts))}}}"
    return hashlib.sha256(b"\x04" + salt + text.encode("utf-8", "surrogatepass")).digest()


def _both(of_columns: bytes, rest: bytes) -> bytes:
    return hashlib.sha256(b"\x05" + of_columns + rest).digest()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, the same from either database and before it was stored."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return ["unreadable"] if value is UNREADABLE else value.isoformat()


dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
