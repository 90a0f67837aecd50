"""The log of closed months for anybody to keep: lines as they were hashed, no name, no reason, no salt.

The form is `ledger export`'s (`pointsbank-export-v1`): a header, each entry's public bytes, each anchor's
content. It ends with the month's own entry and anchor, so the same month gives the same bytes for ever.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.proof.anchors import Anchor, AnchorUnknown, anchors

FORMAT = "pointsbank-export-v1"


def header_line(*, village: str, size: int, root: bytes) -> bytes:
    """Return the first line of an export."""
    header = {"format": FORMAT, "vil": village, "size": size, "root": root.hex()}
    return json.dumps(header, sort_keys=True).encode()


def public_lines(database: Database, *, village: str, month: str) -> Iterator[bytes]:
    """Return the log up to a closed month's anchor, line by line, read in short transactions.

    Raises:
        AnchorUnknown: the month is not closed.

    Example:
        b"\\n".join(proof.public_lines(database, village="cy", month="2026-10"))
    """
    with database.reading() as session:
        every = anchors(session, village=village)
    last = next((place for place, one in enumerate(every) if one.month == month), None)
    if last is None:
        raise AnchorUnknown(month=month)
    sealed = every[: last + 1]
    return _lines(database, village, sealed)


def _lines(database: Database, village: str, sealed: Sequence[Anchor]) -> Iterator[bytes]:
    fields = sealed[-1].fields
    yield header_line(village=village, size=fields["size"], root=bytes.fromhex(fields["root"]))
    yield from ledger.public_entries(database, village=village, size=fields["size"])
    yield from (one.content for one in sealed)


def gzipped(lines: Iterable[bytes], *, together: int = 2000) -> Iterator[bytes]:
    """Yield lines, each ended by a newline, as the pieces of a gzip file without a time in it.

    Args:
        together: lines that are packed at a time, > 0.

    Example:
        b"".join(proof.gzipped(proof.public_lines(database, village="cy", month="2026-10")))
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    waiting: list[bytes] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) == together:
            yield packer.compress(b"\n".join(waiting) + b"\n")
            waiting = []
    if waiting:
        yield packer.compress(b"\n".join(waiting) + b"\n")
    yield packer.flush()
