"""`pointsbank db`: bringing the database up to date, backing it up, putting a backup back, checking it."""

from datetime import datetime
from pathlib import Path

import click

from pointsbank import backups, config, copying, migrating
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import complain, progress, tell
from pointsbank.cli.desk import Desk, at_a_desk
from pointsbank.database import Database


@click.group()
def db() -> None:
    """数据库：升级、备份、恢复、复制、检查。"""


@db.command()
@at_a_desk(ready=False)
def upgrade(desk: Desk) -> None:
    """升级到本程序的版本；有数据时先自动备份。"""
    moved = migrating.upgrade(desk.database, before=lambda: _before_upgrade(desk))
    words = "数据库已升级。" if moved else "数据库已是最新。"
    tell(desk.as_json, {"changed": moved, "revision": migrating.current(desk.database)}, words)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@at_a_desk(ready=False)
def backup(desk: Desk, file: Path) -> None:
    """备份到 FILE（压缩，只有本人可读）；可在使用中进行。"""
    size = backups.backup(desk.database, file)
    tell(desk.as_json, {"file": str(file), "bytes": size}, f"已备份到 {file}（{size // 1024 + 1} KB）。")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--anchor", "digits", metavar="DIGITS", help="海报上的30位存证码：备份里必须有它。")
@click.option("--older", is_flag=True, help="明知备份比最近一次结账旧，仍然恢复。")
@at_a_desk(ready=False)
def restore(desk: Desk, file: Path, digits: str | None, older: bool) -> None:
    """从 FILE 恢复：先检查备份，再备份现有数据，然后替换。"""
    with backups.opened(file) as candidate:
        if not older:
            backups.refuse_older(candidate, desk.database, digits=digits)
        kept = None if migrating.is_empty(desk.database) else _backup_first(desk, "before-restore")
        backups.replace(desk.database, candidate)
    migrating.upgrade(desk.database)
    words = "已恢复。" + (f"原来的数据备份在 {kept}。" if kept else "")
    tell(desk.as_json, {"restored": str(file), "kept": str(kept) if kept else None}, words)


@db.command()
@click.argument("url", metavar="URL")
@at_a_desk()
def copy(desk: Desk, url: str) -> None:
    """把全部数据复制到空的数据库 URL（sqlite:///… 或 postgresql+psycopg://…），并逐行核对。"""
    target = Database(config.checked_database_url(url))
    try:
        with alone(desk.database):
            counts = copying.copy(desk.database, target)
    finally:
        target.dispose()
    words = f"已复制 {sum(counts.values())} 行，逐行核对无误，各村的账簿相同。"
    words += "要改用它，请设置 POINTSBANK_DATABASE_URL。"
    tell(desk.as_json, {"rows": counts}, words)


@db.command()
@at_a_desk()
def check(desk: Desk) -> int:
    """检查数据库：文件完好、对应完整、触发器在、结构一致。"""
    found = backups.problems(desk.database)
    tell(desk.as_json, {"problems": found}, "数据库完好。" if not found else "")
    for sentence in found:
        complain(sentence)
    return 1 if found else 0


def _before_upgrade(desk: Desk) -> None:
    """Keep what is there; a server's data is kept by those who run the server."""
    if desk.database.is_sqlite:
        _backup_first(desk, "before-upgrade")
    else:
        progress("数据在 PostgreSQL 里，没有自动备份；如需备份请用 pg_dump")


def _backup_first(desk: Desk, why: str) -> Path:
    """A backup nobody asked for, before something that could go wrong."""
    stamp: datetime = desk.now
    file = desk.settings.backups_dir / f"{why}-{stamp:%Y%m%d-%H%M%S}.sqlite3.gz"
    progress(f"先备份到 {file}")
    backups.backup(desk.database, file)
    return file
