"""Writes digests of some rows of one table, each as often as it has changed, in the logs of some villages."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, insert, select, true, tuple_, update
from sqlmodel import Session, SQLModel, col

from pointsbank import witness
from pointsbank.database import entropy, execute
from pointsbank.ledger.digests import SALT, RowDigest, digests, row_key
from pointsbank.ledger.models import RowWitnessRow
from pointsbank.ledger.row_batches import (
    MINIMUM,
    POSITION,
    Batch,
    InBatch,
    can_stand_in_batches,
    find_in_batches,
    forget_in_batches,
    insert_batch,
)
from pointsbank.prepared import chunks, execute_many, fetch
from pointsbank.raw_rows import as_raw_rows, raw_pages, raw_rows
from pointsbank.touched import Touched, Values
from pointsbank.witness import Key, Witnessed

UNBOUND = "villages with rows that want an entry"
"""Of `session.info`."""

_INSERT = insert(RowWitnessRow)
_GONE = (None,) * len(RowDigest._fields)

Place = tuple[str, str]
"""A village, and the key of a row as text."""


class Vouched(NamedTuple):
    """One telling of one row, as the root of its entry is made of it; no digest: the row was gone."""

    village_id: str
    table_name: str
    row_key: str
    position: int
    digest: bytes | None
    rest: bytes | None


class _Before(NamedTuple):
    """What was told of a row: how often, under which entry at last, and when it was there at last."""

    village_id: str
    row_key: str
    position: int
    log_index: int | None
    last_alive: int | None


class _New(NamedTuple):
    """What is to be told: in whose log, a row's key, how often it was told, the row; None if gone."""

    village: str
    name: str
    position: int
    row: Any


@dataclass(slots=True)
class Write:
    """A write whose rows are told: `indexes` of the entries that vouch at once, by village, and what for.

    `villages` are all that it concerns, in order.
    """

    session: Session
    indexes: Mapping[str, int]
    villages: Sequence[str] = ()
    vouched: dict[str, list[Vouched]] = field(default_factory=lambda: defaultdict(list))
    batches: dict[str, list[Batch]] = field(default_factory=lambda: defaultdict(list))


def write_all(write: Write, *, village: str, old: bool) -> None:
    """Tell every row of a village as it is found; of an `old` one as number 0, which has no witness."""
    for rule in witness.witnessed():
        for rows in raw_pages(write.session, rule.source, rule.in_log_of(village)):
            own = [row for row in rows if not rule.by_own_words(row)]
            _insert(write, rule, [_New(village, row_key(rule, row), 0 if old else 1, row) for row in own])
    if old and village not in write.indexes:
        write.session.info.setdefault(UNBOUND, set()).add(village)


def write_part(
    write: Write, rule: Witnessed, keys: Sequence[Key], villages: Sequence[str], touched: Touched
) -> None:
    """Tell rows of one table as they stand in the logs of these villages; those that are gone, as gone."""
    names = dict(sorted(zip(witness.key_texts(rule, keys), keys, strict=True)))
    in_batches: dict[str, InBatch] = {}
    if villages and can_stand_in_batches(rule) and not rule.added_only:
        # Rows whose values are known were not there before this write.
        asked = [name for name, key in names.items() if touched[key] is None]
        in_batches = find_in_batches(write.session, rule, asked, village=villages[0])
    anew: list[InBatch] = []
    for some in chunks(list(names)):
        for places in chunks(villages):
            part = {name: names[name] for name in some}
            anew += _write_some(write, rule, part, places, touched, in_batches)
    if anew:
        forget_in_batches(write.session, rule, anew, village=villages[0], heads=write.villages)


def _write_some(
    write: Write,
    rule: Witnessed,
    names: dict[str, Key],
    villages: Sequence[str],
    touched: Touched,
    in_batches: Mapping[str, InBatch],
) -> list[InBatch]:
    """Tell some of these rows; return where those stand that were told in a batch and only there."""
    session = write.session
    before = {} if rule.added_only else _digests_before(session, rule, list(names), villages)
    together = _new_together(rule, names, villages, before, touched)
    if together:
        _insert_batch(write, rule, together, village=villages[0])
        names = {name: key for name, key in names.items() if name not in together}
        if not names:
            return []
    only_there = {}
    for name in names.keys() & in_batches.keys():
        if (place := (villages[0], name)) not in before:
            only_there[place] = in_batches[name]
            before[place] = _Before(*place, POSITION, in_batches[name].log_index, POSITION)
    rows = _rows(session, rule, names, villages, touched)
    new, again, unbound = [], [], set()
    for place in ((village, name) for village in villages for name in names):
        row, last = rows.get(place), before.get(place)
        if row is not None and rule.by_words and rule.by_own_words(row):
            row = None
        if row is None and (last is None or last.position != last.last_alive):
            continue
        new.append(_New(*place, last.position + 1 if last else 1, row))
        if last is not None:
            again.append(place)
        # What an entry vouches for is replaced by nothing less than an entry.
        if rule.at_once or (last is not None and last.log_index is not None):
            unbound.add(place[0])
    _forget_salts(session, rule, again)
    _insert(write, rule, new)
    session.info.setdefault(UNBOUND, set()).update(unbound - write.indexes.keys())
    return [only_there[place] for place in again if place in only_there]


def _new_together(
    rule: Witnessed,
    names: Mapping[str, Key],
    villages: Sequence[str],
    before: Mapping[Place, _Before],
    touched: Touched,
) -> dict[str, Values]:
    """Return the rows that this write adds, of which nothing was told, if they are enough for a batch."""
    if len(names) < MINIMUM or not can_stand_in_batches(rule):
        return {}
    [village] = villages
    rows = {
        name: values
        for name, key in names.items()
        if (values := touched[key]) is not None and (village, name) not in before
    }
    return rows if len(rows) >= MINIMUM else {}


def _insert_batch(write: Write, rule: Witnessed, rows: Mapping[str, Values], *, village: str) -> None:
    """Tell these rows together."""
    index = write.indexes.get(village)
    batch = insert_batch(write.session, rule, rows, village=village, index=index)
    if index is not None:
        write.batches[village].append(batch)
    elif rule.at_once:
        write.session.info.setdefault(UNBOUND, set()).add(village)


def _rows(
    session: Session, rule: Witnessed, names: Mapping[str, Key], villages: Sequence[str], touched: Touched
) -> dict[Place, Any]:
    """Return the rows with these keys, as they are stored, at each village in whose log they are told."""
    # A row that this write added and nobody touched again is known.
    added = [(name, values) for name, key in names.items() if (values := touched[key]) is not None]
    made = as_raw_rows(rule.source, [values for _, values in added])
    rows: dict[str, Any] = {name: row for (name, _), row in zip(added, made, strict=True)}
    if asked := [key for name, key in names.items() if name not in rows]:
        rows |= {row_key(rule, row): row for row in raw_rows(session, rule.source, has_key(rule, asked))}
    if rule.of_village is None:
        return {(row.village_id, name): row for name, row in rows.items()}
    place = SQLModel.metadata.tables["village"].alias("place")
    query = (
        select(place.c.id, *rule.source.primary_key.columns)
        .select_from(rule.source.join(place, true()))
        .where(has_key(rule, list(names.values())), place.c.id.in_(villages), rule.of_village(place.c.id))
    )
    found = [(one[0], witness.key_text(rule, one[1:])) for one in execute(session, query)]
    return {(village, name): rows[name] for village, name in found if name in rows}


_alive = case((col(RowWitnessRow.digest).is_not(None), col(RowWitnessRow.position)))
_BEFORE = (
    select(
        col(RowWitnessRow.village_id),
        col(RowWitnessRow.row_key),
        func.max(col(RowWitnessRow.position)).label("position"),
        func.max(col(RowWitnessRow.log_index)).label("log_index"),
        func.max(_alive).label("last_alive"),
    )
    .where(
        col(RowWitnessRow.village_id).in_(bindparam("villages", expanding=True)),
        col(RowWitnessRow.table_name) == bindparam("table"),
        col(RowWitnessRow.row_key).in_(bindparam("names", expanding=True)),
    )
    .group_by(col(RowWitnessRow.village_id), col(RowWitnessRow.row_key))
)


def _digests_before(
    session: Session, rule: Witnessed, names: Sequence[str], villages: Sequence[str]
) -> dict[Place, _Before]:
    """Return what was told of these rows in the logs of these villages."""
    values = {"villages": _padded(villages), "table": rule.table, "names": _padded(names)}
    found = fetch(session, _BEFORE, values, into=_Before).all()
    return {(one.village_id, one.row_key): one for one in found}


def _padded(values: Sequence[str]) -> list[str]:
    """Return values with the last one repeated: a list of each length is a statement of its own."""
    length = 1
    while length < len(values):
        length *= 2
    return [*values, *list(values[-1:]) * (length - len(values))]


def _forget_salts(session: Session, rule: Witnessed, places: Sequence[Place]) -> None:
    """Take the salts from what was told of these rows: what they said before is nobody's to guess."""
    if not places:
        return
    villages, names = ({place[part] for place in places} for part in (0, 1))
    row = RowWitnessRow
    mine = (col(row.village_id).in_(villages), *of_rows(rule, names), col(row.salt).is_not(None))
    execute(session, update(row).where(*mine).values(salt=None, cells=None))


def of_rows(rule: Witnessed, names: Collection[str]) -> tuple[Any, ...]:
    """Return the conditions that a telling is of one of these rows; its village is asked for beside it."""
    return col(RowWitnessRow.table_name) == rule.table, col(RowWitnessRow.row_key).in_(names)


def has_key(rule: Witnessed, keys: Sequence[Key]) -> Any:
    """Return the condition that a row has one of these keys."""
    columns = list(rule.source.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    if columns[0].name == "village_id" and len(columns) == 2 and len({key[0] for key in keys}) == 1:
        return (columns[0] == keys[0][0]) & columns[1].in_([key[1] for key in keys])
    return tuple_(*columns).in_(keys)


def _insert(write: Write, rule: Witnessed, new: Sequence[_New]) -> None:
    """Write what is told of some rows of one table."""
    there = [one.row for one in new if one.row is not None]
    drawn = entropy(write.session)(SALT * len(there))
    salts = [drawn[start : start + SALT] for start in range(0, len(drawn), SALT)]
    made = iter(digests(rule, there, salts))
    written = []
    for village, name, position, row in new:
        index = write.indexes.get(village)
        digest, rest, salt, cells = _GONE if row is None else next(made)
        if index is not None:
            write.vouched[village].append(Vouched(village, rule.table, name, position, digest, rest))
        written.append(
            {
                "village_id": village,
                "table_name": rule.table,
                "row_key": name,
                "position": position,
                "log_index": index,
                "digest": digest,
                "rest": rest,
                "salt": salt,
                "cells": cells,
            }
        )
    execute_many(write.session, _INSERT, *written)
