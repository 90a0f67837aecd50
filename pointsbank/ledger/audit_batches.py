"""Checks rows that were told in batches: each batch with its rows, a handful of batches at a time.

Whether there are rows that nobody told of is seen without keeping their keys: how many there are without a
telling of their own, and the sum over their keys, must be the same as of the rows found with their batches.
Only where they differ is each of them looked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

from sqlmodel import Session

from pointsbank import witness
from pointsbank.database import Database, table_of
from pointsbank.ledger.audit_digests import Finding, RowAudit, last_tellings, page_faults, row_finding
from pointsbank.ledger.digests import SALT, dumps, row_keys
from pointsbank.ledger.models import RowBatchRow
from pointsbank.ledger.row_batches import DIGEST, MAXIMUM, POSITION, keys_of
from pointsbank.ledger.row_digests import has_key
from pointsbank.raw_rows import UNREADABLE, raw_rows, unreadable
from pointsbank.witness import Witnessed

_TOGETHER = 10
_SEARCHED = 2000
_BATCH = table_of(RowBatchRow)


@dataclass
class KeySum:
    """How many keys there are, and the sum over them; another set of keys has another sum."""

    count: int = 0
    total: int = 0

    def add(self, names: Iterable[str]) -> None:
        """Count these keys."""
        # Seeded anew in each process, so nobody can prepare keys whose sum fits.
        hashes = list(map(hash, names))
        self.count += len(hashes)
        self.total += sum(hashes)


class _Telling(NamedTuple):
    """What a batch tells of one row, named as the columns of `row_witness` are."""

    position: int
    log_index: int | None
    digest: bytes
    rest: bytes | None
    salt: bytes | None
    cells: bytes | None


def parted_rows(
    rule: Witnessed, rows: Mapping[str, Any], lasts: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Collection[str]]:
    """Return the rows that can be judged by themselves, and the keys of those that must stand in a batch."""
    if not rule.by_words and lasts.keys() >= rows.keys():
        return rows, ()
    alone = {name: row for name, row in rows.items() if name in lasts or rule.by_own_words(row)}
    return alone, rows.keys() - alone.keys()


def batch_faults(
    database: Database,
    rule: Witnessed,
    expected: KeySum,
    *,
    village: str,
    seen: RowAudit,
    all_pending: bool,
) -> Iterator[Finding]:
    """Yield what is wrong with the batches of a table and their rows, and the rows that nobody told of.

    Args:
        expected: keys of the rows that must stand in batches.
        all_pending: as `page_faults` takes it.
    """
    found, done = KeySum(), 0
    while True:
        with database.reading() as session:
            batches = _batches(session, rule, village=village, after=done)
            for batch in batches:
                pages = _Pages(session, rule, village, seen, all_pending)
                yield from _faults_of(pages, batch, found)
        done += len(batches)
        if len(batches) < _TOGETHER:
            break
    if found != expected:
        yield from _untold(database, rule, village=village)


class _Pages(NamedTuple):
    """What every batch of a table is judged with."""

    session: Session
    rule: Witnessed
    village: str
    seen: RowAudit
    all_pending: bool


def _batches(session: Session, rule: Witnessed, *, village: str, after: int) -> list[Any]:
    """Return some batches of a table as they are stored, in the order of their keys."""
    mine = (RowBatchRow.in_village(village), _BATCH.c.table_name == rule.table)
    return raw_rows(session, _BATCH, *mine, maximum=_TOGETHER, after=after)


def _faults_of(pages: _Pages, batch: Any, found: KeySum) -> Iterator[Finding]:
    """Yield what is wrong with one batch and its rows; the rows that are there are added to `found`."""
    session, rule, village, seen, all_pending = pages
    index = None if batch.log_index is UNREADABLE else batch.log_index
    names = keys_of(batch.row_keys)
    wrong = _wrong_columns(batch, names)
    if wrong:
        differs = f"row_batch 的 {rule.table} {batch.first_key} 的 {'、'.join(wrong)} 已被改动"
        yield Finding(index, differs, "row_batch", f"{rule.table}/{batch.first_key}", tuple(wrong))
    later = last_tellings(session, rule, names, village=village)
    rows = rows_of(session, rule, names, village=village)
    here = set(parted_rows(rule, rows, later)[1])
    found.add(here)
    for name in names:
        if name not in later and name not in rows:
            yield row_finding(rule, name, index, "不见了", [])
    if wrong:
        return
    tellings = dict(zip(names, _tellings(batch, len(names)), strict=True))
    for name in later:
        # Whoever tells a row anew takes the salt from what was told before.
        if name in tellings and (tellings[name].salt, tellings[name].cells) != (None, None):
            yield row_finding(rule, name, index, "的留痕已被改动", [])
    mine = {name: rows[name] for name in names if name in here}
    yield from page_faults(rule, mine, tellings, seen, all_pending=all_pending, together=True)


def _wrong_columns(batch: Any, names: Sequence[str]) -> list[str]:
    """Return the columns of a batch that the program did not write like this."""
    if spoiled := unreadable(batch):
        return spoiled
    if not names or len(names) > MAXIMUM or names != sorted(set(names)) or dumps(names) != batch.row_keys:
        return ["row_keys"]
    rows = len(names)
    wrong = {
        "first_key": batch.first_key != names[0],
        "digests": len(batch.digests) != DIGEST * rows,
        "rests": batch.rests is not None and len(batch.rests) != DIGEST * rows,
        "salts": len(batch.salts) != SALT * rows,
        "cells": not batch.cells or len(batch.cells) % rows != 0,
    }
    return [column for column, differs in wrong.items() if differs]


def _tellings(batch: Any, rows: int) -> Iterator[_Telling]:
    """Yield what a batch tells of each of its rows; no salt and no checksums where zeros stand."""
    wide = len(batch.cells) // rows
    rests = repeat(None, rows) if batch.rests is None else _pieces(batch.rests, DIGEST)
    hidden = zip(_pieces(batch.salts, SALT), _pieces(batch.cells, wide), strict=True)
    for digest, rest, (salt, cells) in zip(_pieces(batch.digests, DIGEST), rests, hidden, strict=True):
        yield _Telling(
            POSITION,
            batch.log_index,
            digest,
            rest,
            salt if any(salt) else None,
            cells if any(cells) else None,
        )


def _pieces(blob: bytes, wide: int) -> list[bytes]:
    """Return pieces of this many bytes each."""
    return [blob[start : start + wide] for start in range(0, len(blob), wide)]


def rows_of(session: Session, rule: Witnessed, names: Sequence[str], *, village: str) -> dict[str, Any]:
    """Return the rows with these keys, by them, as they are stored."""
    keys = [witness.key_of(rule, name, village=village) for name in names]
    readable = [key for key in keys if None not in key]
    if not readable:
        return {}
    rows = raw_rows(session, rule.source, has_key(rule, readable), rule.in_log_of(village))
    return dict(zip(row_keys(rule, rows), rows, strict=True))


def _untold(database: Database, rule: Witnessed, *, village: str) -> Iterator[Finding]:
    """Yield the rows of which neither a telling of their own nor a batch tells."""
    done = 0
    while True:
        with database.reading() as session:
            rows = raw_rows(session, rule.source, rule.in_log_of(village), maximum=_SEARCHED, after=done)
            by_key = dict(zip(row_keys(rule, rows), rows, strict=True))
            lasts = last_tellings(session, rule, list(by_key), village=village)
            untold = set(parted_rows(rule, by_key, lasts)[1])
            start, more = 0, bool(untold)
            while more:
                batches = _batches(session, rule, village=village, after=start)
                untold.difference_update(*(keys_of(batch.row_keys) for batch in batches))
                start, more = start + len(batches), bool(batches)
        for name in sorted(untold):
            yield row_finding(rule, name, None, "在日志里没有", [])
        done += len(rows)
        if len(rows) < _SEARCHED:
            break
