"""What is told of one row: a salted digest over its columns, and a short checksum of each."""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
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


class _Shape(NamedTuple):
    """How rows of a table are read: columns of the digest, those that leave it, all of them in this order."""

    columns: tuple[str, ...]
    leaving: tuple[str, ...]
    labels: tuple[str, ...]
    read: Callable[[Any], Sequence[Any]]
    packed: struct.Struct


_PLAIN = {str, int, bool, type(None)}
"""Types whose values JSON has as they are."""


def row_key(rule: Witnessed, row: Any) -> str:
    """Return the key of a stored row as text."""
    return witness.key_text(rule, [getattr(row, name) for name in rule.key_names])


def digest(rule: Witnessed, row: Any, salt: bytes, rest: bytes | None = None) -> RowDigest:
    """Return what is told of a row as it is stored.

    Args:
        rest: the digest of the columns that leave the row's, where they have left it.
    """
    shape = _shape(rule)
    # Verifying does this for every row there is: each value is looked at once.
    values = [value if type(value) in _PLAIN else _plain(value) for value in shape.read(row)]
    kept = len(shape.columns)
    digest_of_all = _hashed(salt, shape.columns, values)
    if shape.leaving:
        rest = rest or _hashed(salt, shape.leaving, values[kept:])
        digest_of_all = hashlib.sha256(b"\x05" + digest_of_all + rest).digest()
    return RowDigest(digest_of_all, rest, salt, _checksums(shape, values, salt))


def changed_columns(rule: Witnessed, now: bytes, before: bytes) -> list[str]:
    """Return the columns whose checksums differ; none where that cannot be said."""
    shape = _shape(rule)
    if len(now) != len(before):
        return []
    names = (*shape.columns, *shape.leaving)
    return [name for n, name in enumerate(names) if now[4 * n : 4 * n + 4] != before[4 * n : 4 * n + 4]]


def _checksums(shape: _Shape, values: Sequence[Any], salt: bytes) -> bytes:
    """Return four bytes for each column of a row: enough to name a changed one, not to vouch for it."""
    seed = int.from_bytes(salt[:4])
    sums = [
        zlib.crc32(f"{name}{value!r}".encode("utf-8", "replace"), seed)
        for name, value in zip(shape.labels, values, strict=True)
    ]
    return shape.packed.pack(*sums)


@cache
def _shape(rule: Witnessed) -> _Shape:
    """Return how rows of a table are read for their digest."""
    names = sorted(rule.source.c.keys() - rule.apart.keys())
    columns = tuple(name for name in names if name not in rule.leaving)
    leaving = tuple(name for name in names if name in rule.leaving)
    every = (*columns, *leaving)
    labels = tuple(f"{name}=" for name in every)
    return _Shape(columns, leaving, labels, attrgetter(*every), struct.Struct(f">{len(every)}I"))


def _hashed(salt: bytes, names: Sequence[str], values: Sequence[Any]) -> bytes:
    # Empty columns are left out: one that a later version adds changes no digest of before.
    filled = {name: value for name, value in zip(names, values, strict=False) if value is not None}
    return hashlib.sha256(b"\x04" + salt + dumps(filled).encode("utf-8", "surrogatepass")).digest()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, the same from either database."""
    if isinstance(value, bytes):
        return value.hex()
    return ["unreadable"] if value is UNREADABLE else value.isoformat()


dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
