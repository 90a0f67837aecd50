"""Canonical JSON, and the bytes of an entry that are hashed.

The public bytes of an entry are one object with short keys: `c` the commitment to its private part, `i` its
index, `k` its kind, `p` pairs of unit and hundredths, `ref` the entry it undoes or erases, `t` its moment,
`v` the version 1, `vil` the village, and where the entry tells of rows, `w` the root over them. They are
stored as they were hashed and never made again from columns, so a proof does not depend on how this program
writes JSON today.

The trick is what makes them cheap: keys are sorted, the two that are an entry's own come first, and the rest
is the same for most entries of a meeting, so it is remembered.
"""

import functools
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

LARGEST_INTEGER = 2**53


def canonical(value: Any) -> bytes:
    """Return the one way to write a value as JSON: sorted ASCII keys, no spaces, NFC, UTF-8.

    Raises ValueError for what has no such way: numbers with a fraction, or not between -2^53 and 2^53, keys
    that are not ASCII text, other kinds of objects.

    Example:
        >>> canonical({"b": [1, None], "a": "cafe\\u0301"}).decode()
        '{"a":"café","b":[1,null]}'
    """
    _refuse_foreign(value)
    text = _encode(value)
    # What JSON writes between texts composes with nothing, so a text that is not NFC makes the whole not NFC.
    composed = text.isascii() or unicodedata.is_normalized("NFC", text)
    return (text if composed else _encode(_composed(value))).encode()


def _refuse_foreign(value: Any) -> None:
    """Raise ValueError as `canonical` does."""
    # A growing list and no recursion: a meeting calls this ten thousand times.
    waiting = [value]
    for inner in waiting:
        if isinstance(inner, str) or inner is None:
            continue
        if isinstance(inner, int):
            if not -LARGEST_INTEGER < inner < LARGEST_INTEGER:
                raise ValueError("whole numbers of canonical JSON are below 2^53")
        elif isinstance(inner, dict):
            _refuse_other_keys(inner)
            waiting += inner.values()
        elif isinstance(inner, (list, tuple)):
            waiting += inner
        elif isinstance(inner, Mapping | Sequence) and not isinstance(inner, bytes):
            waiting.append(_opened(inner))
        else:
            raise ValueError(f"{type(inner).__name__} has no canonical form")


def _refuse_other_keys(value: Mapping[Any, Any]) -> None:
    """Raise ValueError for a key that is not ASCII text."""
    try:
        ascii_only = "".join(value).isascii()
    except TypeError:
        ascii_only = False
    if not ascii_only:
        raise ValueError("keys of canonical JSON are ASCII text")


def _composed(value: Any) -> Any:
    """Return the value with every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _composed(inner) for key, inner in value.items()}
    return [_composed(inner) for inner in value] if isinstance(value, Sequence) else value


def _opened(value: Any) -> Any:
    """Return a mapping or sequence as `json` knows them."""
    return dict(value) if isinstance(value, Mapping) else list(value)


def words_in(private: bytes | None) -> dict[str, Any] | None:
    """Return the words of a stored private part, or None if it was erased."""
    return None if private is None else json.loads(private)["words"]


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False, default=_opened
).encode


def moment_text(at: datetime) -> str:
    """Return a moment as it is written in a leaf: UTC, whole seconds (a fraction is cut off), Z.

    Example:
        >>> moment_text(datetime.fromisoformat("2026-09-30T20:15:00.900+08:00"))
        '2026-09-30T12:15:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def public_bytes(
    *,
    village: str,
    index: int,
    kind: str,
    at: datetime,
    ref: int | None,
    commitment: bytes,
    amounts: list[list[Any]],
    rows_root: bytes | None = None,
) -> bytes:
    """Return the public bytes of an entry, as its leaf hashes them.

    Raises ValueError like `canonical`.

    Example:
        >>> at = datetime(2026, 9, 30, tzinfo=UTC)
        >>> entry = public_bytes(village="chayuan", index=7, kind="award", at=at, ref=None,
        ...                      commitment=bytes(2), amounts=[["points", 300]])
        >>> entry[:45]
        b'{"c":"0000","i":7,"k":"award","p":[["points",'
    """
    # Keys are sorted, so the two that no other entry shares come first; the rest is the same for many.
    if not -LARGEST_INTEGER < index < LARGEST_INTEGER:
        raise ValueError("whole numbers of canonical JSON are below 2^53")
    shared = _shared(village, kind, at, ref, tuple(map(tuple, amounts)))
    public = b'{"c":"%s","i":%d,%s' % (commitment.hex().encode(), index, shared)
    # `w` sorts behind `vil`.
    return public if rows_root is None else b'%s,"w":"%s"}' % (public[:-1], rows_root.hex().encode())


@functools.lru_cache(maxsize=256)
def _shared(
    village: str, kind: str, at: datetime, ref: int | None, amounts: tuple[tuple[str, int], ...]
) -> bytes:
    """Return all keys behind the first two, without the brace before them."""
    whole = {"k": kind, "p": amounts, "ref": ref, "t": moment_text(at), "v": 1, "vil": village}
    return canonical(whole)[1:]
