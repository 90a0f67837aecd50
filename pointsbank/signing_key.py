"""The installation's signing key: 32 bytes beside the database, its owner's only, and in no backup.

A backup that is put back on another machine does not bring it: there another key is made, and every village's
log tells of it (`proof.signing_keys`).
"""

import base64
import binascii
import os
import secrets
from pathlib import Path

from pointsbank.durable import sync_folder

FILE = "signing_key"
DATA_DIR = "where the signing key lies"
"""Of `Database.info`, and so of every `session.info`: the data directory; without it nothing is signed."""
_BYTES = 32


def read(data_dir: Path) -> bytes | None:
    """Return the key of a data directory, 32 bytes; None where it has none.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        written = (data_dir / FILE).read_bytes()
    except FileNotFoundError:
        return None
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error as error:
        raise ValueError(FILE) from error
    if len(key) != _BYTES:
        raise ValueError(FILE)
    return key


def make(data_dir: Path, *, replace: bool = False) -> bytes:
    """Make a key and return it.

    Args:
        replace: in place of another one, which is gone then.

    Raises:
        FileExistsError: there is one, and it is not to be replaced.
    """
    key = secrets.token_bytes(_BYTES)
    path = data_dir / FILE
    if path.exists() and not replace:
        raise FileExistsError(path)
    new = data_dir / f"{FILE}.new"
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    sync_folder(data_dir)
    return key
