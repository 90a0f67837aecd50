"""Canonical JSON and the bytes that are hashed: written once, stored, never written again from columns."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

LARGEST_INTEGER = 2**53
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """The one way to write a value: sorted ASCII keys, no spaces, NFC, UTF-8, whole numbers below 2^53."""
    return _encode(_plain(value)).encode()


def _plain(value: Any) -> Any:
    """The value if it can be written in one way only; raises ValueError otherwise."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, int) and abs(value) < LARGEST_INTEGER:
        return int(value)
    if isinstance(value, (dict, Mapping)):
        for key in value:
            if not isinstance(key, str) or not key.isascii():
                raise ValueError("keys of canonical JSON are ASCII text")
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(inner) for inner in value]
    raise ValueError(f"{type(value).__name__} has no canonical form")


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
    """What everybody may see of an entry, as its leaf hashes it (design §5)."""
    return canonical(
        {
            "c": commitment.hex(),
            "i": index,
            "k": kind,
            "p": amounts,
            "ref": ref,
            "t": moment_text(at),
            "v": 1,
            "vil": village,
        }
    )
