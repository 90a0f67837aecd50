"""Canonical JSON and the bytes that are hashed: written once, stored, never written again from columns."""

import functools
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

LARGEST_INTEGER = 2**53


def canonical(value: Any) -> bytes:
    """The one way to write a value: sorted ASCII keys, no spaces, NFC, UTF-8, whole numbers below 2^53."""
    return _encode(value if _is_composed(value) else _composed(value)).encode()


def _is_composed(value: Any) -> bool:
    """Whether every text is NFC already; raises ValueError where something cannot be written in one way only.

    Walks a growing list instead of calling itself: a meeting asks this ten thousand times.
    """
    composed, waiting = True, [value]
    for inner in waiting:
        if isinstance(inner, str):
            composed = composed and (inner.isascii() or unicodedata.is_normalized("NFC", inner))
        elif inner is None:
            continue
        elif isinstance(inner, int):
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
    return composed


def _refuse_other_keys(value: Mapping[Any, Any]) -> None:
    """Raise ValueError for a key that is not ASCII text."""
    try:
        ascii_only = "".join(value).isascii()
    except TypeError:
        ascii_only = False
    if not ascii_only:
        raise ValueError("keys of canonical JSON are ASCII text")


def _composed(value: Any) -> Any:
    """The value with every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _composed(inner) for key, inner in value.items()}
    return [_composed(inner) for inner in value] if isinstance(value, Sequence) else value


def _opened(value: Any) -> Any:
    """A mapping or sequence as JSON's writer knows them."""
    return dict(value) if isinstance(value, Mapping) else list(value)


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False, default=_opened
).encode


def moment_text(at: datetime) -> str:
    """A moment as it stands in a leaf: UTC, whole seconds, Z."""
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
) -> bytes:
    """Return what everybody may see of an entry, as its leaf hashes it."""
    # Keys are sorted, so the two that no other entry shares come first; the rest is the same for many.
    own = canonical({"c": commitment.hex(), "i": index})
    shared = _shared(village, kind, at, ref, tuple((unit, amount) for unit, amount in amounts))
    return own[:-1] + b"," + shared[1:]


@functools.lru_cache(maxsize=256)
def _shared(
    village: str, kind: str, at: datetime, ref: int | None, amounts: tuple[tuple[str, int], ...]
) -> bytes:
    """All keys behind the first two."""
    return canonical({"k": kind, "p": amounts, "ref": ref, "t": moment_text(at), "v": 1, "vil": village})
