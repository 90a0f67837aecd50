"""Secrets that a table must hold and hand out again, sealed with a key that is not in the database.

The key is drawn from the installation's `secret_key`, which lies beside the database and in no backup of it:
a copied database opens nothing. Each secret is sealed for one owner, so that a row copied to another one's
name does not open. Files that leave the machine are locked by a passphrase instead (`encryption`).
"""

import hashlib
from typing import TYPE_CHECKING

from sqlmodel import Session

from pointsbank.errors import Refused
from pointsbank.lazy import LazyModule

if TYPE_CHECKING:
    from nacl import exceptions
    from nacl import secret as boxes
else:
    boxes, exceptions = LazyModule("nacl.secret"), LazyModule("nacl.exceptions")

SECRET = "the installation's secret"
"""Of `session.info`: what the keys are drawn from; `Database` puts it there."""


class SealBroken(Refused):
    """A sealed secret does not open: another `secret_key`, or a row that was changed."""

    code = "seal_broken"
    sentence = (
        "数据库里的保密内容打不开，可能换过数据目录里的 secret_key。"
        "请找回原来的文件，或请管理员取消后重新设置。"
    )
    fixed_by = "管理员"


def seal(session: Session, content: bytes, *, purpose: str, owner: str) -> bytes:
    """Return a secret sealed for one purpose and one owner.

    Raises:
        AssertionError: the session's database was opened without the installation's secret.

    Example:
        seal(session, b"JBSWY3DPEHPK3PXP", purpose="second factor", owner=li.id)
    """
    return bytes(_box(session, purpose).encrypt(content, aad=owner.encode()))


def unseal(session: Session, sealed: bytes, *, purpose: str, owner: str) -> bytes:
    """Return the secret that was sealed for this purpose and owner.

    Raises:
        SealBroken: it was sealed with another key or for another owner, or it was changed.
        AssertionError: as `seal`.
    """
    try:
        return bytes(_box(session, purpose).decrypt(sealed, aad=owner.encode()))
    except (exceptions.CryptoError, ValueError) as error:
        raise SealBroken() from error


def _box(session: Session, purpose: str) -> "boxes.Aead":
    """Return the box of one purpose: a key of its own, so that no secret passes for one of another kind."""
    key = session.info.get(SECRET)
    if not key:
        raise AssertionError("this database was opened without the installation's secret")
    own = hashlib.blake2b(purpose.encode(), key=hashlib.blake2b(key.encode()).digest(), digest_size=32)
    return boxes.Aead(own.digest())
