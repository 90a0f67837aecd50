"""Copies everything into another database, SQLite to PostgreSQL or back, and proves that it is the same.

The target is written in one transaction: until the copy is whole and found equal there is nothing in it.
"""

import hashlib
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session

from pointsbank import migrating, proof, tables, villages
from pointsbank.database import Database, execute
from pointsbank.errors import Refused
from pointsbank.guards import drop_guards

_CHUNK, _FEW = 2000, 20
"""Rows in memory at once; of a table with a column of hundreds of kilobytes."""


class TargetNotEmpty(Refused):
    """Something is in the target: a copy never mixes with it nor writes over it."""

    code = "target_not_empty"
    sentence = "目标数据库不是空的（{table} 有{count}行），没有复制。请换一个空的数据库。"
    fixed_by = "管理员"


class VersionsDiffer(Refused):
    """Source or target have the tables of another version."""

    code = "versions_differ"
    sentence = "{which}的版本与本程序不同，没有复制。请先对它运行 pointsbank db upgrade。"
    fixed_by = "管理员"


class CopyDiffers(Refused):
    """What was written is not what was read: the copy was undone, or must not be used."""

    code = "copy_differs"
    sentence = "复制后的 {what} 与原来不同，目标数据库不能使用，原数据没有改动。请联系维护人员。"
    fixed_by = "管理员"


def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy every table into an empty database and return the number of rows by table.

    All rows and every village's books are compared afterwards.

    Raises:
        VersionsDiffer: one of the databases is not at this program's migration.
        TargetNotEmpty: the target holds a row.
        CopyDiffers: what was written is not what was read; the target must not be used.
    """
    if migrating.is_empty(target):
        migrating.upgrade(target)
    for which, database in (("原数据库", source), ("目标数据库", target)):
        if migrating.current(database) != migrating.head():
            raise VersionsDiffer(which=which)
    with source.reading() as reading, target.writing() as writing:
        _refuse_filled(writing)
        # Scores go into meetings that are closed here, so the guards wait until all is written.
        drop_guards(writing.connection())
        counts = {table.name: _copy_table(reading, writing, table) for table in tables.metadata.sorted_tables}
        tables.make_guards(writing.connection())
        for table in tables.metadata.sorted_tables:
            if fingerprint(reading, table) != fingerprint(writing, table):
                raise CopyDiffers(what=table.name)
        known = [village.id for village in villages.everyone(reading)]
    if not target.is_sqlite:
        target.analyze()
    for village in known:
        if proof.verify(source, village=village) != proof.verify(target, village=village):
            raise CopyDiffers(what=f"{village} 的账本")
    return counts


def fingerprint(session: Session, table: Table) -> tuple[int, int]:
    """Return the number of rows of a table, and a number over their contents that ignores their order."""
    count = total = 0
    for row in _rows(session, table):
        count += 1
        total += int.from_bytes(hashlib.sha256(repr([_plain(value) for value in row]).encode()).digest())
    return count, total % 2**256


def _refuse_filled(session: Session) -> None:
    """Refuse a target that holds a single row."""
    for table in tables.metadata.sorted_tables:
        count = execute(session, select(func.count()).select_from(table)).scalar_one()
        if count:
            raise TargetNotEmpty(table=table.name, count=count)


def _copy_table(reading: Session, writing: Session, table: Table) -> int:
    """Copy one table in chunks, by key, so that what is pointed at comes first."""
    copied = 0
    for rows in _rows(reading, table).partitions(_rows_at_once(table)):
        # Not by `execute`: what vouches for these rows is copied too.
        writing.connection().execute(insert(table), [dict(row._mapping) for row in rows])
        copied += len(rows)
    return copied


def _rows(session: Session, table: Table) -> Any:
    """A table's rows by key, not all in memory at once."""
    query = select(table).order_by(*table.primary_key.columns)
    return execute(session, query.execution_options(yield_per=_rows_at_once(table)))


def _rows_at_once(table: Table) -> int:
    return _FEW if any(column.info.get("wide") for column in table.columns) else _CHUNK


def _plain(value: Any) -> Any:
    """A value as both databases mean it."""
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value
