"""One entry of the log held against its own bytes and against the columns beside them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pointsbank.ledger.canonical import canonical, moment_text
from pointsbank.ledger.words import TRANSACTION_KINDS
from pointsbank.merkle import commitment, leaf_hash


def faults_of_entry(
    entry: Any, private: Any | None, transaction: Any | None, postings: Sequence[Any], *, village: str
) -> Iterator[str]:
    """Everything about one entry that contradicts itself, as sentences."""
    public = _read(entry.public)
    if public is None or not _canonical(public, entry.public):
        yield "公开内容无法读取"
        return
    if leaf_hash(entry.public) != entry.leaf:
        yield "叶子哈希与公开内容不符"
    yield from _public_against_columns(public, entry, postings, village)
    if (entry.kind in TRANSACTION_KINDS) != (transaction is not None):
        yield "交易与日志条目不对应"
    elif transaction is not None:
        yield from _transaction_against_entry(transaction, entry)
    elif postings:
        yield "有分录却没有交易"
    if private is not None:
        yield from _private_part(public, private, transaction, postings)


def told(entry: Any, private: Any) -> dict[str, Any] | None:
    """What an entry's private part says, if it is the one the leaf committed to."""
    public, said = _read(entry.public), _read(private.private)
    if public is None or said is None or not isinstance(said.get("words"), dict):
        return None
    source = said.get("source")
    if source is not None and not (isinstance(source, list) and list(map(type, source)) == [str, str]):
        return None
    return said if commitment(private.salt, private.private).hex() == public.get("c") else None


def _read(text: bytes) -> dict[str, Any] | None:
    """Stored JSON, or None where it is not JSON any more."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _canonical(value: dict[str, Any], text: bytes) -> bool:
    """Whether a value is written in the one way it may be."""
    try:
        return canonical(value) == text
    except (ValueError, RecursionError):
        return False


def _public_against_columns(
    public: dict[str, Any], entry: Any, postings: Sequence[Any], village: str
) -> Iterator[str]:
    """The open part against the row it stands in and the amounts that were posted."""
    expected = {"vil": village, "i": entry.log_index, "k": entry.kind, "ref": entry.ref, "v": 1}
    expected["t"] = moment_text(entry.recorded_at)
    for key, value in expected.items():
        if public.get(key) != value or entry.recorded_at.microsecond:
            yield f"公开内容的 {key} 与记录不符"
    if public.get("p") != [[posting.unit, posting.amount] for posting in postings]:
        yield "分录的单位或数额与公开内容不符"
    if [posting.line for posting in postings] != list(range(len(postings))):
        yield "分录行号不连续"


def _transaction_against_entry(transaction: Any, entry: Any) -> Iterator[str]:
    """The transaction's row against its log entry."""
    if (transaction.kind, transaction.recorded_at) != (entry.kind, entry.recorded_at):
        yield "交易的种类或入账时间与日志不符"
    if transaction.reverses != entry.ref:
        yield "撤销对象与日志不符"


def _private_part(
    public: dict[str, Any], private: Any, transaction: Any | None, postings: Sequence[Any]
) -> Iterator[str]:
    """The hidden part against its commitment, and the columns it vouches for."""
    if commitment(private.salt, private.private).hex() != public.get("c"):
        yield "私有内容与承诺不符"
        return
    if transaction is None:
        return
    said = _read(private.private) or {}
    source = [transaction.source_kind, transaction.source_id] if transaction.source_kind else None
    columns = {
        "actor": transaction.actor_id,
        "occurred_on": transaction.occurred_on.isoformat(),
        "request": transaction.request_id,
        "source": source,
        "postings": [[p.source_account_id, p.destination_account_id, p.unit, p.amount] for p in postings],
    }
    for key, value in columns.items():
        if said.get(key) != value:
            yield f"记录的 {key} 与私有内容不符"
