"""Checks one entry of the log against its own bytes and against the columns beside them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pointsbank.ledger.canonical import canonical, moment_text, public_bytes
from pointsbank.ledger.constants import TRANSACTION_KINDS
from pointsbank.merkle import commitment, leaf_hash

_OF_TRANSACTION = ("actor", "occurred_on", "request", "source", "postings")
"""What the hidden part says of a transaction and its postings."""
_read_json = json.JSONDecoder().raw_decode


class Parts(NamedTuple):
    """The two parts of an entry, each read once.

    `exact`: encoding the columns again gives the open part to the byte; then nothing is left to compare,
    and `public` is None. `vouched`: the leaf committed to the hidden part.
    """

    exact: bool
    public: dict[str, Any] | None
    private: dict[str, Any] | None
    vouched: bool

    @property
    def verified_private(self) -> dict[str, Any] | None:
        """The hidden part, if it is the one that the leaf committed to and has its usual form."""
        private = self.private
        if private is None or not self.vouched or not isinstance(private.get("words"), dict):
            return None
        source = private.get("source")
        if source is not None and not (isinstance(source, list) and list(map(type, source)) == [str, str]):
            return None
        return private


def parts_of_entry(
    entry: Any, private: Any | None, postings: Sequence[Any], *, village: str, rows_root: bytes | None = None
) -> Parts:
    """Read an entry's parts; the open one only where it is not what its columns and rows make of it."""
    hidden = None if private is None else commitment(private.salt, private.private)
    read = None if private is None else _read(private.private)
    if hidden is not None and _as_columns_say(entry, hidden, postings, village, rows_root) == entry.public:
        return Parts(True, None, read, True)
    public = _read(entry.public)
    vouched = hidden is not None and public is not None and public.get("c") == hidden.hex()
    return Parts(False, public, read, vouched)


def faults_of_entry(
    entry: Any,
    private: Any | None,
    transaction: Any | None,
    postings: Sequence[Any],
    *,
    village: str,
    parts: Parts | None = None,
    rows_root: bytes | None = None,
) -> Iterator[str]:
    """Return everything about one entry that contradicts itself, as sentences; `parts` if they were read.

    `rows_root` is the root over the rows that stand under the entry.
    """
    parts = parts or parts_of_entry(entry, private, postings, village=village, rows_root=rows_root)
    if not parts.exact and (parts.public is None or not _canonical(parts.public, entry.public)):
        yield "公开内容无法读取"
        return
    if leaf_hash(entry.public) != entry.leaf:
        yield "叶子哈希与公开内容不符"
    if parts.public is not None:
        yield from _public_against_columns(parts.public, entry, postings, village)
        if parts.public.get("w") != (rows_root and rows_root.hex()):
            yield "这一条登记的各行与留痕不符"
    if [posting.line for posting in postings] != list(range(len(postings))):
        yield "分录行号不连续"
    if (entry.kind in TRANSACTION_KINDS) != (transaction is not None):
        yield "交易与日志条目不对应"
    elif transaction is not None:
        if (transaction.kind, transaction.recorded_at) != (entry.kind, entry.recorded_at):
            yield "交易的种类或入账时间与日志不符"
        if transaction.reverses != entry.ref:
            yield "撤销对象与日志不符"
    elif postings:
        yield "有分录却没有交易"
    if private is not None:
        yield from _private_part(parts, transaction, postings)


def _as_columns_say(
    entry: Any, hidden: bytes, postings: Sequence[Any], village: str, rows_root: bytes | None
) -> bytes | None:
    """Return the open part as its columns would be written today, or None if they cannot be written."""
    words = [entry.kind, *(posting.unit for posting in postings)]
    if entry.recorded_at.microsecond or not all(map(str.isascii, words)):
        return None
    try:
        return public_bytes(
            village=village,
            index=entry.log_index,
            kind=entry.kind,
            at=entry.recorded_at,
            ref=entry.ref,
            commitment=hidden,
            amounts=[[posting.unit, posting.amount] for posting in postings],
            rows_root=rows_root,
        )
    except ValueError:  # a number no honest entry has
        return None


def _read(text: bytes) -> dict[str, Any] | None:
    """Return the object of stored JSON, or None if it is none any more."""
    try:
        written = text.decode()
        value, end = _read_json(written)
    except (ValueError, RecursionError):
        return None
    # What the program writes has no space around it, so nothing has to be looked for there.
    return value if isinstance(value, dict) and end == len(written) else None


def _canonical(value: dict[str, Any], text: bytes) -> bool:
    """Tell whether a value is written in the one way it may be."""
    try:
        return canonical(value) == text
    except (ValueError, RecursionError):
        return False


def _public_against_columns(
    public: dict[str, Any], entry: Any, postings: Sequence[Any], village: str
) -> Iterator[str]:
    """Compare the open part with its row and the amounts that were posted."""
    expected = {"vil": village, "i": entry.log_index, "k": entry.kind, "ref": entry.ref, "v": 1}
    expected["t"] = moment_text(entry.recorded_at)
    for key, value in expected.items():
        if public.get(key) != value or entry.recorded_at.microsecond:
            yield f"公开内容的 {key} 与记录不符"
    if public.get("p") != [[posting.unit, posting.amount] for posting in postings]:
        yield "分录的单位或数额与公开内容不符"


def _private_part(parts: Parts, transaction: Any | None, postings: Sequence[Any]) -> Iterator[str]:
    """Compare the hidden part with its commitment, and the columns with it."""
    if not parts.vouched:
        yield "私有内容与承诺不符"
        return
    if transaction is None:
        return
    written = parts.private or {}
    source = [transaction.source_kind, transaction.source_id] if transaction.source_kind else None
    columns = (
        transaction.actor_id,
        transaction.occurred_on.isoformat(),
        transaction.request_id,
        source,
        [[p.source_account_id, p.destination_account_id, p.unit, p.amount] for p in postings],
    )
    quoted = tuple(map(written.get, _OF_TRANSACTION))
    if quoted != columns:
        for key, value, column in zip(_OF_TRANSACTION, quoted, columns, strict=True):
            if value != column:
                yield f"记录的 {key} 与私有内容不符"
