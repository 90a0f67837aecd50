"""Looks whether the log says what governs: who has a role, which price, whose objection was answered.

A digest says that a row is as it was told, not that anybody could read of it. Whoever runs the program's own
parts by hand could add a supervisor of whom no entry speaks, and the next entry would vouch for the row. So
for tables that declare `named_by`, what their entries say of each row is put together, entry by entry, and
held against every telling (a row came or went only if an entry said so by then) and the row as it stands.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import String, cast, select
from sqlmodel import Session, col

from pointsbank import witness
from pointsbank.database import Database
from pointsbank.ledger.audit_digests import Finding, row_finding
from pointsbank.ledger.digests import row_keys
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, RowBatchRow, RowWitnessRow
from pointsbank.ledger.row_batches import keys_of
from pointsbank.naming import Stated
from pointsbank.raw_rows import raw_answers, raw_pages
from pointsbank.witness import Witnessed

_OLDER = 0
"""Position of a row that is older than its witness: nobody asks which entry spoke of it."""
_ERASURE = "erasure"
_FOUNDED = "village_founded"
"""The kind of entry with which a log begins since founding is told."""
_NO_WORDS = (AttributeError, IndexError, KeyError, LookupError, TypeError, ValueError)


class _Telling(NamedTuple):
    """How often a row was told, whether as gone, the entry that vouches, and when that was recorded."""

    position: int
    gone: bool
    log_index: int | None
    moment: str | None


class _Entry(NamedTuple):
    """What an entry says of a row; `moment` is when it was recorded."""

    log_index: int
    moment: str
    stated: Stated


@dataclass
class _Known:
    """What was told of the rows of a table, and what was said of them, by key.

    `erased`: moments of entries whose words are gone; `erasures`: when words were taken.
    """

    tellings: dict[str, list[_Telling]] = field(default_factory=lambda: defaultdict(list))
    stated: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    erased: set[str] = field(default_factory=set)
    erasures: set[str] = field(default_factory=set)


def unnamed_faults(database: Database, *, village: str) -> Iterator[Finding]:
    """Yield the rows that were told, or stand, otherwise than entries say.

    A row is passed over if an entry that was made when it came was erased: what it named is nobody's to know.
    """
    # One short read: between two a write would be a finding.
    with database.reading() as session:
        known: dict[str, _Known] = defaultdict(_Known)
        _read_tellings(session, known, village=village)
        if not _begins_with_founding(session, village=village):
            _pass_over_the_first(known)
        _read_words(session, known, village=village)
        for rule in _rules():
            if rule.table in known:
                yield from _faults(session, rule, known[rule.table], village=village)


def _rules() -> list[Witnessed]:
    """Return the rules of tables whose rows are named."""
    return [rule for rule in witness.witnessed() if rule.named_by]


def _faults(session: Session, rule: Witnessed, known: _Known, *, village: str) -> Iterator[Finding]:
    """Yield what is wrong in one table."""
    for key, tellings in sorted(known.tellings.items()):
        tellings.sort(key=lambda one: one.position)
        if wrong := next((one for one in tellings if not _is_stated(rule, one, key, known)), None):
            yield row_finding(rule, key, wrong.log_index, "没有写明在日志里", [])
    for page in raw_pages(session, rule.source, rule.in_log_of(village)):
        for key, row in zip(row_keys(rule, page), page, strict=True):
            if (entries := known.stated.get(key)) and _is_witnessed(known.tellings.get(key, ())):
                columns, gone = _together(entries)
                differing = [name for name in columns if _differs(row, name, columns[name])]
                if gone or differing:
                    yield row_finding(rule, key, entries[-1].log_index, "与日志写明的不符", differing)


def _is_witnessed(tellings: Sequence[_Telling]) -> bool:
    """Return True if a row came, or was told anew, since there are digests."""
    return any(one.position > _OLDER for one in tellings)


def _is_stated(rule: Witnessed, telling: _Telling, key: str, known: _Known) -> bool:
    """Return True if an entry up to the write of a telling says that the row is there, or gone."""
    if telling.position == _OLDER:
        return True
    if stated := _stated_by_then(known.stated.get(key, ()), telling):
        return any(one.stated.gone is telling.gone for one in stated)
    first = known.tellings[key][0]
    if first.position > _OLDER:
        return first.moment in known.erased
    # Of the first days: what concerns many villages is told anew unchanged, and an erasure says no names.
    return rule.of_village is not None or telling.moment in known.erasures


def _stated_by_then(entries: Sequence[_Entry], telling: _Telling) -> list[_Entry]:
    """Return the last of these entries that is not behind a telling's own, and those behind it in its write.

    All entries of one write have one moment; that of the row may be any of them.
    """
    index = telling.log_index
    before = [one for one in entries if index is None or one.log_index <= index]
    return before[-1:] + [one for one in entries[len(before) :] if one.moment == telling.moment]


def _together(entries: Sequence[_Entry]) -> tuple[dict[str, Any], bool]:
    """Return what entries say of a row in all, and whether it is gone."""
    columns: dict[str, Any] = {}
    for one in entries:
        stated = one.stated
        columns = {} if stated.gone else {**(columns or stated.before), **stated.columns}
    return columns, entries[-1].stated.gone


def _differs(row: Any, column: str, stated: Any) -> bool:
    """Return True if a row has another value than was said; of columns that it no longer has, nothing."""
    return hasattr(row, column) and _as_word(getattr(row, column)) != _as_word(stated)


def _as_word(value: Any) -> Any:
    """Return a value as the log writes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _read_tellings(session: Session, known: dict[str, _Known], *, village: str) -> None:
    """Add what was told of the rows of all these tables."""
    row = RowWitnessRow
    alone = _tellings(row, village, col(row.row_key), cast(col(row.position), String), col(row.digest))
    for one in raw_answers(session, alone):
        if (position := _number(one.position)) is not None:
            telling = _Telling(position, one.digest is None, _number(one.log_index), one.moment)
            known[one.table].tellings[str(one.key)].append(telling)
    batch = RowBatchRow
    for one in raw_answers(session, _tellings(batch, village, col(batch.row_keys))):
        for key in keys_of(one.key):
            telling = _Telling(1, gone=False, log_index=_number(one.log_index), moment=one.moment)
            known[one.table].tellings[key].append(telling)


def _tellings(row: type[RowWitnessRow | RowBatchRow], village: str, keys: Any, *others: Any) -> Any:
    """Return the question for the tellings of these tables, each with the entry that vouches, if any."""
    # As text: whoever put something else there is found by others, and stops nothing here.
    columns: list[Any] = [
        col(row.table_name).label("table"),
        cast(keys, String).label("key"),
        cast(col(row.log_index), String).label("log_index"),
        cast(col(LogEntryRow.recorded_at), String).label("moment"),
        *(one.label(name) for one, name in zip(others, ("position", "digest"), strict=False)),
    ]
    tables = [rule.table for rule in _rules()]
    return (
        select(*columns)
        .select_from(row)
        .outerjoin(
            LogEntryRow,
            LogEntryRow.in_village_of(row) & (col(LogEntryRow.log_index) == col(row.log_index)),
        )
        .where(row.in_village(village), col(row.table_name).in_(tables))
    )


def _begins_with_founding(session: Session, *, village: str) -> bool:
    """Return True if the first entry of the log tells of the founding."""
    first: Any = select(col(LogEntryRow.kind)).where(LogEntryRow.in_village(village))
    found = raw_answers(session, first.order_by(col(LogEntryRow.log_index)).limit(1))
    return [one.kind for one in found] == [_FOUNDED]


def _pass_over_the_first(known: dict[str, _Known]) -> None:
    """Take what was first told in an older village's log, all of it together, for older than its witness.

    Its founding, settings, groups and roles were told nowhere; a log that was empty as yet has them as told.
    """
    indexes = [
        one.log_index for table in known.values() for tellings in table.tellings.values() for one in tellings
    ]
    first = min((one for one in indexes if one is not None), default=None)
    for table in known.values():
        for key, tellings in table.tellings.items():
            table.tellings[key] = [
                one._replace(position=_OLDER) if one.log_index == first else one for one in tellings
            ]


def _number(text: Any) -> int | None:
    """Return a number from its text; None where there is none."""
    with suppress(TypeError, ValueError):
        return int(text)
    return None


def _read_words(session: Session, known: dict[str, _Known], *, village: str) -> None:
    """Add what the entries of all these tables' kinds say, oldest first."""
    of_kind: dict[str, list[Witnessed]] = defaultdict(list)
    erasures: set[str] = set()
    for rule in _rules():
        if rule.table in known:
            known[rule.table].erasures = erasures
            for kind in rule.named_by:
                of_kind[kind].append(rule)
    entry = LogEntryRow
    query: Any = (
        select(
            col(entry.kind),
            cast(col(entry.log_index), String).label("log_index"),
            cast(col(entry.recorded_at), String).label("moment"),
            col(LogPrivateRow.private),
        )
        .select_from(entry)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(entry))
        .where(entry.in_village(village), col(entry.kind).in_([*of_kind, _ERASURE]))
        .order_by(col(entry.log_index))
    )
    for one in raw_answers(session, query):
        if one.kind == _ERASURE:
            erasures.add(one.moment)
        words = None if one.private is None else _words(one.private, village)
        for rule in of_kind.get(one.kind, ()):
            if words is None:
                known[rule.table].erased.add(one.moment)
                continue
            for key, stated in _stated(rule, one.kind, words, village):
                number = _number(one.log_index) or 0
                known[rule.table].stated[key].append(_Entry(number, one.moment, stated))


def _words(private: Any, village: str) -> dict[str, Any]:
    """Return the words of an entry, with its village and who wrote it; nothing where they are none."""
    with suppress(*_NO_WORDS):
        stored = json.loads(private if isinstance(private, str) else bytes(private))
        return {"village": village, "actor": stored.get("actor"), **stored["words"]}
    return {}


def _stated(rule: Witnessed, kind: str, words: dict[str, Any], village: str) -> list[tuple[str, Stated]]:
    """Return what words of a kind say of a table's rows, with each row's key; nothing if they are no words.

    Whoever wrote such words is found by their hash.
    """
    with suppress(*_NO_WORDS):
        found = []
        for stated in rule.named_by[kind](words):
            values = {"village_id": village, **stated.columns}
            found.append((witness.key_text(rule, [values[name] for name in rule.key_names]), stated))
        return found
    return []
