"""The installation's signing key: 32 bytes beside the database, its owner's only, and in no backup.

A backup that is put back on another machine does not bring it: there another key is made, and every village's
log tells of it (`proof.signing_keys`).
"""

import base64
import binascii
import secrets
from contextlib import suppress
from pathlib import Path

from pointsbank.durable import make_whole, writing_whole

FILE = "signing_key"
SEED = "the installation's signing key"
"""Of `Database.info`, and so of every `session.info`: what sheets are signed by; without it they are not."""
_BYTES = 32
_MARK = b"\xef\xbb\xbf"


MENDED = "原来的同名文件；没有就删去它，再用 pointsbank ledger key make 另做一把"
"""What is put in the place of a damaged one."""


def is_ready(data_dir: Path, *, new: bool) -> bool:
    """Return whether a data directory's key is no damaged one; a new installation that has none gets one."""
    try:
        if read(data_dir) is None and new:
            # Another process may be making it at this moment: one of them is enough.
            with suppress(FileExistsError):
                make(data_dir)
    except ValueError:
        return False
    return True


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
        # Editors of Windows put a mark before what they save.
        key = base64.b64decode(written.removeprefix(_MARK).strip(), validate=True)
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
    path, written = data_dir / FILE, base64.b64encode(key)
    if not replace:
        make_whole(path, written)
        return key
    # A temporary file of Python's is its owner's only, and so is what gets its name.
    with writing_whole(path) as file:
        file.write(written)
    return key
