"""Backups of the database: taken while it is in use, compressed, checked before they replace anything."""

import gzip
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from pointsbank import durable, encryption, ledger, migrating, proof, resting, snapshots, villages
from pointsbank.database import Database
from pointsbank.dates import month_in_words
from pointsbank.errors import Refused
from pointsbank.resting import AtRest
from pointsbank.shortfalls import shortfalls

_CHUNK = 1 << 20


class BackupElsewhere(Refused):
    """PostgreSQL has its own tools for this, which the county's staff already run."""

    code = "backup_elsewhere"
    sentence = "数据在 PostgreSQL 里，请用 pg_dump 备份、pg_restore 恢复。"
    fixed_by = "管理员"


class BackupUnusable(Refused):
    """The backup is damaged, of something else, or of a newer program; nothing was replaced."""

    code = "backup_unusable"
    sentence = "备份不能使用：{why}。现有数据没有改动，请换一个备份文件。"
    fixed_by = "管理员"


class BackupOlder(Refused):
    """The backup was made before a month was closed, or before the poster was printed."""

    code = "backup_older"
    sentence = (
        "备份里没有{what}：它比最近一次月结旧，恢复后账本会与墙上的海报矛盾。现有数据没有改动。"
        "请换一个较新的备份；确实要用它，请加 --older。"
    )
    fixed_by = "管理员"


class DatabaseDamaged(Refused):
    """The database was torn, cut off or changed behind our back."""

    code = "database_damaged"
    sentence = (
        "数据库已损坏（{what}），没有提供服务。请不要删除它，先用 pointsbank db restore 恢复最新的备份，"
        "损坏的会自动另存。"
    )
    fixed_by = "管理员"


@contextmanager
def _locked(out: BinaryIO, passphrase: str | None) -> Iterator[Any]:
    """Lend a stream into a file, locked if there is a passphrase."""
    if passphrase is None:
        yield out
    else:
        with encryption.locking(out, passphrase) as stream:
            yield stream


def backup(database: Database, file: Path, *, passphrase: str | None = None) -> int:
    """Write a consistent, compressed copy of everything to `file` and return its size in bytes.

    Others may write meanwhile. The file and its name are safe from a power cut when this returns.

    Args:
        passphrase: locks the file; None leaves it open to whoever holds it.

    Raises:
        BackupElsewhere: the data is in PostgreSQL, or in memory.
        PassphraseTooShort, MemoryShort: see `encryption.locking`.
    """
    source = _path(database)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # What is to be locked never lies open on the stick, not for a moment: what was deleted there can be read.
    aside = file.parent if passphrase is None else source.parent
    with tempfile.TemporaryDirectory(dir=aside, prefix=".backup-") as folder:
        plain = Path(folder, "plain")
        snapshots.snapshot(source, plain)
        with (
            plain.open("rb") as content,
            durable.writing_whole(file) as out,
            _locked(out, passphrase) as stream,
            gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=6) as zipped,
        ):
            shutil.copyfileobj(content, zipped, _CHUNK)
    return file.stat().st_size


def is_locked(file: Path) -> bool:
    """Return whether a backup asks for a passphrase."""
    with file.open("rb") as content:
        return encryption.is_locked(content.read(32))


@contextmanager
def opened(file: Path, *, aside: Path, passphrase: str | None = None) -> Iterator[Path]:
    """Unpack a backup and check it; yield the path of the unpacked file, which goes when the block ends.

    Args:
        aside: the folder to unpack in, beside the data: never on the stick that a locked backup lies on.

    Raises:
        BackupUnusable: damaged, not a backup of ours, or of a newer program.
        PassphraseNeeded, PassphraseWrong, LockedFileDamaged, MemoryShort: see `encryption.unlocking`.
    """
    with tempfile.TemporaryDirectory(dir=aside, prefix=".restore-") as folder:
        plain = Path(folder, "plain.sqlite3")
        try:
            with file.open("rb") as content, plain.open("xb") as out:
                stream = encryption.unlocking(content, passphrase) if is_locked(file) else content
                with gzip.GzipFile(fileobj=stream) as zipped:
                    shutil.copyfileobj(zipped, out, _CHUNK)
        except (EOFError, OSError, zlib.error) as error:
            raise BackupUnusable(why="文件不完整或不是备份") from error
        candidate = Database(f"sqlite:///{plain}")
        try:
            _refuse_unusable(candidate)
        finally:
            candidate.dispose()
        yield plain


def refuse_older(candidate: Path, database: Database, *, digits: str | None = None) -> None:
    """Refuse a backup that lacks an anchor of the present database, or the one read off a poster.

    A backup without a village's last closed month would undo its closing, and what is on the wall would
    contradict the books from then on.

    Args:
        candidate: the unpacked backup.
        digits: thirty digits from a poster; None where nobody typed them.

    Raises:
        BackupOlder: an anchor is missing.
        DigitsInvalid: from `proof.typed_digits`.
    """
    wanted = proof.typed_digits(digits) if digits is not None else None
    good = Database(f"sqlite:///{candidate}")
    try:
        present = _anchors(good)
        for village, anchors in _anchors_if_readable(database).items():
            for anchor in anchors:
                if anchor.digest not in {one.digest for one in present.get(village, [])}:
                    raise BackupOlder(what=f"{village} 的 {month_in_words(anchor.month)}存证码")
        if wanted is not None and wanted not in {
            proof.typed_digits(anchor.digits) for anchors in present.values() for anchor in anchors
        }:
            raise BackupOlder(what="给出的存证码")
    finally:
        good.dispose()


def replace(database: Database, candidate: Path) -> None:
    """Copy a checked backup over the database in one transaction: a crash on the way leaves the old one.

    A database that is damaged cannot be written to: it is put aside, see `put_aside`.

    Raises:
        BackupElsewhere: the data is in PostgreSQL, or in memory.
    """
    target = _path(database)
    database.dispose()
    with closing(sqlite3.connect(candidate)) as good, closing(sqlite3.connect(target, timeout=8)) as current:
        good.backup(current)


def put_aside(database: Database, *, name: str) -> Path:
    """Move a damaged database file, with what SQLite keeps beside it, under another name; return that.

    A journal that stayed would be played into the file that comes next.

    Raises:
        BackupElsewhere: the data is in PostgreSQL, or in memory.
        OSError: somebody has the file open, on Windows.
    """
    target = _path(database)
    database.dispose()
    for ending in ("-journal", "-wal", "-shm", ""):
        file = target.with_name(target.name + ending)
        if file.exists():
            file.replace(file.with_name(f"{name}{ending}"))
    durable.sync_folder(target.parent)
    return target.with_name(name)


def refuse_damaged(database: Database) -> None:
    """Refuse to serve a database whose file is torn, or whose log is not what was hashed.

    Raises:
        DatabaseDamaged: it says what is wrong.
        VillageUnknown: the village of a log is gone.
    """
    try:
        found = _damage(database) if database.is_sqlite else []
        with database.reading() as session:
            known = [one.id for one in villages.everyone(session)]
        found += [f"{one} 的日志被改动过。" for one in known if not ledger.leaves_hold(database, village=one)]
    except (DatabaseError, sqlite3.DatabaseError, ValueError) as error:
        raise DatabaseDamaged(what=str(getattr(error, "orig", error))) from error
    if found:
        raise DatabaseDamaged(what="；".join(sentence.rstrip("。") for sentence in found))


def at_rest(database: Database, *, quickly: bool = False) -> AtRest:
    """Return what the seal of a database's file says; UNKNOWN on PostgreSQL.

    Args:
        quickly: read nothing: EMPTY for a file that was never written, else UNKNOWN.
    """
    return resting.state_of(_file(database), quickly=quickly) if database.is_sqlite else AtRest.UNKNOWN


def seal(database: Database) -> None:
    """Seal the file of a database that nobody works with any more; does nothing on PostgreSQL."""
    if database.is_sqlite:
        resting.seal(_file(database))


def unseal(database: Database) -> None:
    """Take the seal off the file of a database that is about to be written; does nothing on PostgreSQL."""
    if database.is_sqlite:
        resting.unseal(_file(database))


def problems(database: Database) -> list[str]:
    """Return what is wrong with a database, a sentence each; an empty list when all is well."""
    found = _damage(database) if database.is_sqlite else []
    if migrating.current(database) != migrating.head():
        return [*found, "数据库版本与程序不同，请运行 pointsbank db upgrade。"]
    found += [f"数据表结构与程序不同：{difference}。" for difference in migrating.drift(database)]
    return found + shortfalls(database)


def _path(database: Database) -> Path:
    """The file behind a database of ours."""
    if not database.is_sqlite:
        raise BackupElsewhere()
    return _file(database)


def _file(database: Database) -> Path:
    return Path(str(database.engine.url.database))


def _anchors(database: Database) -> dict[str, list[proof.Anchor]]:
    """Every village's anchors; none where the database is empty or older than anchors are."""
    if not inspect(database.engine).has_table("anchor"):
        return {}
    with database.reading() as session:
        return {one.id: proof.anchors(session, village=one.id) for one in villages.everyone(session)}


def _anchors_if_readable(database: Database) -> dict[str, list[proof.Anchor]]:
    """The anchors of the present database; none where it is damaged, which is why people restore."""
    try:
        return _anchors(database)
    except (DatabaseError, sqlite3.DatabaseError, ValueError):
        return {}


def _refuse_unusable(candidate: Database) -> None:
    """Refuse a backup that is damaged, empty, or newer than this program."""
    try:
        damage = _damage(candidate)
        revision = migrating.current(candidate)
    except DatabaseError as error:
        raise BackupUnusable(why="里面不是数据库") from error
    if damage:
        raise BackupUnusable(why=damage[0].rstrip("。"))
    if not migrating.is_known(revision):
        raise BackupUnusable(why=f"版本 {revision} 本程序不认识")


def _damage(database: Database) -> list[str]:
    """What SQLite itself finds wrong: torn pages, rows that point at nothing."""
    with database.engine.connect() as connection:
        torn = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)") if row[0] != "ok"]
        loose = sorted({str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})
    return [f"文件损坏：{what}。" for what in torn] + [f"{table} 里有失去对应的行。" for table in loose]
