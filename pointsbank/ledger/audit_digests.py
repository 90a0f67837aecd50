"""Holds rows as they stand against what was told of them last; a finding names table, key, columns, entry."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.ledger.digests import changed_columns, digests, is_of_fewer_columns
from pointsbank.ledger.models import RowWitnessRow
from pointsbank.prepared import chunks
from pointsbank.raw_rows import UNREADABLE, raw_rows, spoiled, unreadable
from pointsbank.witness import Witnessed

_WITNESS = table_of(RowWitnessRow)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold; `index` names the log entry where there is one.

    `table`, `row` (its key) and `columns` say where, if it is a row beside the log.
    """

    index: int | None
    sentence: str
    table: str = ""
    row: str = ""
    columns: tuple[str, ...] = ()


@dataclass
class RowAudit:
    """How many rows were compared, and how many are older than their witness, by table."""

    compared: Counter[str] = field(default_factory=Counter)
    older: Counter[str] = field(default_factory=Counter)
    unwitnessed: Counter[str] = field(default_factory=Counter)


def last_tellings(
    session: Session,
    rule: Witnessed,
    keys: Sequence[str],
    known: Mapping[str, list[Any]] | None = None,
    *,
    village: str,
) -> dict[str, Any]:
    """Return the last telling of each of the rows with these keys that was told by itself.

    Args:
        known: every telling of a small village, by table.
    """
    if known is not None:
        wanted = set(keys)
        found = [one for one in known.get(rule.table, ()) if one.row_key in wanted]
    else:
        mine = (RowWitnessRow.in_village(village), _WITNESS.c.table_name == rule.table)
        of_keys = (raw_rows(session, _WITNESS, *mine, _WITNESS.c.row_key.in_(some)) for some in chunks(keys))
        found = [one for some in of_keys for one in some]
    last: dict[str, Any] = {}
    for one in found:
        if one.position is not UNREADABLE and one.position >= getattr(last.get(one.row_key), "position", 0):
            last[one.row_key] = one
    # Whoever tells a row anew takes the salts from what was told before.
    wrong = {
        one.row_key: one
        for one in found
        if unreadable(one) or (one is not last.get(one.row_key) and (one.salt, one.cells) != (None, None))
    }
    last.update((key, spoiled(one, "position")) for key, one in wrong.items())
    return last


def page_faults(
    rule: Witnessed,
    rows: Mapping[str, Any],
    lasts: Mapping[str, Any],
    seen: RowAudit,
    *,
    all_pending: bool,
    together: bool = False,
) -> Iterator[Finding]:
    """Yield what is wrong with some rows.

    Args:
        rows: by their keys.
        lasts: what was told of them last, by key.
        all_pending: no entry vouches for anything as yet.
        together: as `digests` takes it.
    """
    whole = []
    compared = 0
    for name, row in rows.items():
        last = lasts.get(name)
        index = last.log_index if last is not None and not unreadable(last) else None
        if wrong := unreadable(row):
            yield row_finding(rule, name, index, "无法读取", wrong)
            continue
        if rule.by_words and rule.by_own_words(row):
            if last is not None and last.digest is not None:
                yield row_finding(rule, name, index, "与日志不符", [rule.by_words])
            continue
        compared += 1
        if last is None or (not unreadable(last) and last.digest is None):
            yield row_finding(rule, name, index, "在日志里没有", [])
        elif unreadable(last) or last.salt is None or last.cells is None:
            yield row_finding(rule, name, index, "的留痕已被改动", [])
        else:
            if last.position == 0:
                seen.older[rule.table] += 1
            if index is None and rule.at_once and not all_pending:
                yield row_finding(rule, name, None, "的留痕没有进入日志", [])
            whole.append((name, row, last))
    seen.compared[rule.table] += compared
    yield from _differing(rule, whole, together=together)


def _differing(
    rule: Witnessed, whole: Sequence[tuple[str, Any, Any]], *, together: bool
) -> Iterator[Finding]:
    """Yield those of these rows, by their keys and with the last telling of each, that differ from it."""
    left = [bool(rule.left_by) and getattr(row, rule.left_by) is not None for _, row, _ in whole]
    rests = [last.rest if gone else None for gone, (*_, last) in zip(left, whole, strict=True)]
    rows, salts = [row for _, row, _ in whole], [last.salt for *_, last in whole]
    kept = [last.cells for *_, last in whole]
    found = digests(rule, rows, salts, rests, together=together, cells=kept)
    for now, gone, (name, row, last) in zip(found, left, whole, strict=True):
        if now == (last.digest, last.rest, last.salt, last.cells):
            continue
        columns = changed_columns(rule, now.cells, last.cells)
        differing = [column for column in columns if not (gone and column in rule.leaving)]
        same = (now.digest, now.rest) == (last.digest, last.rest) and (
            # The digest of a row in a batch is over its checksums too.
            together
            or len(now.cells) == len(last.cells)
            or is_of_fewer_columns(rule, row, now.cells, last.cells, left=gone)
        )
        if differing or not same:
            yield row_finding(rule, name, last.log_index, "与日志不符", differing)


def row_finding(rule: Witnessed, name: str, index: int | None, what: str, columns: Sequence[str]) -> Finding:
    """Return a finding about one row; `index` of the entry that vouches for it."""
    where = f" 的 {'、'.join(columns)}" if columns else ""
    sentence = f"{rule.table} 的 {name}{where} {what}".replace("  ", " ")
    return Finding(index, sentence, rule.table, name, tuple(columns))
