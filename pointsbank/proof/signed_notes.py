"""Checkpoints and proofs as foreign tools read them: C2SP's signed-note, tlog-checkpoint and tlog-proof.

A checkpoint is three lines (origin, size, root) signed by Ed25519; a proof is an entry's number, its audit
path and a checkpoint. We are cosigned by nobody. The key's name is the origin.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pointsbank.lazy import LazyModule

if TYPE_CHECKING:
    from nacl import signing
else:
    signing = LazyModule("nacl.signing")

_ED25519 = b"\x01"
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signer:
    """The installation's key in the hands of one village's log: its name is the log's origin."""

    origin: str
    seed: bytes

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return public_of(self.seed)

    def sign(self, text: str) -> str:
        """Return the signature line under a note's text."""
        signature = signing.SigningKey(self.seed).sign(text.encode()).signature
        return f"— {self.origin} {encoded(key_id(self.origin, self.public) + signature)}\n"


def public_of(seed: bytes) -> bytes:
    """Return the public half of a key.

    Example:
        >>> public_of(bytes(32)).hex()[:16]
        '3b6a27bcceb6a42d'
    """
    return bytes(signing.SigningKey(seed).verify_key)


def encoded(content: bytes) -> str:
    """Return bytes in base64.

    Example:
        >>> encoded(bytes(3))
        'AAAA'
    """
    return base64.b64encode(content).decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64, nothing where it is none.

    Example:
        >>> decoded("AAAA"), decoded("A")
        (b'\\x00\\x00\\x00', b'')
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return a key's public half as foreign tools take it.

    Example:
        >>> verifier_key("jf.example.cn/open/chayuan", bytes(32))
        'jf.example.cn/open/chayuan+708227b0+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    return f"{name}+{key_id(name, public).hex()}+{encoded(_ED25519 + public)}"


def checkpoint(origin: str, size: int, root: bytes, signer: Signer | None) -> str:
    """Return a checkpoint; without a signer it ends with the empty line that signatures would follow."""
    text = f"{origin}\n{size}\n{encoded(root)}\n"
    return f"{text}\n{signer.sign(text) if signer else ''}"


def inclusion_text(index: int, path: Sequence[bytes], checkpoint: str, extra: bytes = b"") -> str:
    """Return a proof of inclusion; `extra` is not authenticated by itself: we put the entry's bytes there."""
    more = [f"extra {encoded(extra)}"] if extra else []
    lines = [PROOF_HEADER, *more, f"index {index}", *map(encoded, path)]
    return "\n".join(lines) + f"\n\n{checkpoint}"


def consistency_text(first: int, path: Sequence[bytes], checkpoint: str) -> str:
    """Return a proof of consistency as C2SP's tlog-witness takes it: old size, path, newer checkpoint."""
    return "\n".join([f"old {first}", *map(encoded, path)]) + f"\n\n{checkpoint}"
