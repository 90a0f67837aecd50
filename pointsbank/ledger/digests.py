"""What is told of one row: a salted digest over its columns, and a short checksum of each."""

import hashlib
import json
import struct
import zlib
from functools import cache
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


def row_key(rule: Witnessed, row: Any) -> str:
    """Return the key of a stored row as text."""
    return witness.key_text(rule, [getattr(row, name) for name in rule.key_names])


def digest(rule: Witnessed, row: Any, salt: bytes, rest: bytes | None = None) -> RowDigest:
    """Return what is told of a row as it is stored.

    Args:
        rest: the digest of the columns that leave the row's, where they have left it.
    """
    columns, leaving = _columns(rule)
    values = {name: _plain(getattr(row, name)) for name in (*columns, *leaving)}
    digest_of_all = _hashed(salt, {name: values[name] for name in columns})
    if leaving:
        rest = rest or _hashed(salt, {name: values[name] for name in leaving})
        digest_of_all = hashlib.sha256(b"\x05" + digest_of_all + rest).digest()
    return RowDigest(digest_of_all, rest, salt, checksums(rule, row, salt))


def checksums(rule: Witnessed, row: Any, salt: bytes) -> bytes:
    """Return four bytes for each column of a row: enough to name a changed one, not to vouch for it."""
    columns, leaving = _columns(rule)
    seed = int.from_bytes(salt[:4])
    sums = [
        zlib.crc32(f"{name}={_plain(getattr(row, name))!r}".encode("utf-8", "replace"), seed)
        for name in (*columns, *leaving)
    ]
    return struct.pack(f">{len(sums)}I", *sums)


def changed_columns(rule: Witnessed, row: Any, salt: bytes, cells: bytes) -> list[str]:
    """Return the columns of a row that are not as they were told; none where that cannot be said."""
    columns, leaving = _columns(rule)
    names, now = (*columns, *leaving), checksums(rule, row, salt)
    if len(now) != len(cells):
        return []
    return [name for n, name in enumerate(names) if now[4 * n : 4 * n + 4] != cells[4 * n : 4 * n + 4]]


@cache
def _columns(rule: Witnessed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that a digest holds, and those that leave it, in order."""
    names = sorted(rule.source.c.keys() - rule.apart.keys())
    return tuple(n for n in names if n not in rule.leaving), tuple(n for n in names if n in rule.leaving)


def _hashed(salt: bytes, values: dict[str, Any]) -> bytes:
    # Empty columns are left out: one that a later version adds changes no digest of before.
    filled = {name: value for name, value in values.items() if value is not None}
    return hashlib.sha256(b"\x04" + salt + dumps(filled).encode("utf-8", "surrogatepass")).digest()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, the same from either database."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, bytes):
        return value.hex()
    return ["unreadable"] if value is UNREADABLE else value.isoformat()


dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
