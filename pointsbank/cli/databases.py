"""`pointsbank db`: upgrades, backs up, restores, copies and checks the database."""

from datetime import datetime
from pathlib import Path

import click

from pointsbank import backups, config, copying, migrating
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import echo_error, echo_progress, echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.database import Database


@click.group()
def db() -> None:
    """数据库：升级、备份、恢复、复制、检查。"""


@db.command()
@pass_context(ready=False)
def upgrade(context: CliContext) -> None:
    """升级到本程序的版本；有数据时先自动备份。"""
    moved = migrating.upgrade(context.database, before=lambda: _before_upgrade(context))
    words = "数据库已升级。" if moved else "数据库已是最新。"
    echo_result(context.as_json, {"changed": moved, "revision": migrating.current(context.database)}, words)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context(ready=False)
def backup(context: CliContext, file: Path) -> None:
    """备份到 FILE（压缩，只有本人可读）；可在使用中进行。"""
    size = backups.backup(context.database, file)
    echo_result(
        context.as_json, {"file": str(file), "bytes": size}, f"已备份到 {file}（{size // 1024 + 1} KB）。"
    )


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--anchor", "digits", metavar="DIGITS", help="海报上的30位存证码：备份里必须有它。")
@click.option("--older", is_flag=True, help="明知备份比最近一次结账旧，仍然恢复。")
@pass_context(ready=False)
def restore(context: CliContext, file: Path, digits: str | None, older: bool) -> None:
    """从 FILE 恢复：先检查备份，再备份现有数据，然后替换。"""
    with backups.opened(file) as candidate:
        if not older:
            backups.refuse_older(candidate, context.database, digits=digits)
        kept = None if migrating.is_empty(context.database) else _backup_first(context, "before-restore")
        backups.replace(context.database, candidate)
    migrating.upgrade(context.database)
    words = "已恢复。" + (f"原来的数据备份在 {kept}。" if kept else "")
    echo_result(context.as_json, {"restored": str(file), "kept": str(kept) if kept else None}, words)


@db.command()
@click.argument("url", metavar="URL")
@pass_context()
def copy(context: CliContext, url: str) -> None:
    """把全部数据复制到空的数据库 URL（sqlite:///… 或 postgresql+psycopg://…），并逐行核对。"""
    target = Database(config.checked_database_url(url))
    try:
        with alone(context.database):
            counts = copying.copy(context.database, target)
    finally:
        target.dispose()
    words = f"已复制 {sum(counts.values())} 行，逐行核对无误，各村的账簿相同。"
    words += "要改用它，请设置 POINTSBANK_DATABASE_URL。"
    echo_result(context.as_json, {"rows": counts}, words)


@db.command()
@pass_context()
def check(context: CliContext) -> int:
    """检查数据库：文件完好、对应完整、触发器在、结构一致。"""
    found = backups.problems(context.database)
    echo_result(context.as_json, {"problems": found}, "数据库完好。" if not found else "")
    for sentence in found:
        echo_error(sentence)
    return 1 if found else 0


def _before_upgrade(context: CliContext) -> None:
    """Back up a SQLite file; a server's data is backed up by those who run the server."""
    if context.database.is_sqlite:
        _backup_first(context, "before-upgrade")
    else:
        echo_progress("数据在 PostgreSQL 里，没有自动备份；如需备份请用 pg_dump")


def _backup_first(context: CliContext, why: str) -> Path:
    """Back up before something that could go wrong; return the file."""
    stamp: datetime = context.now
    file = context.settings.backups_dir / f"{why}-{stamp:%Y%m%d-%H%M%S}.sqlite3.gz"
    echo_progress(f"先备份到 {file}")
    backups.backup(context.database, file)
    return file
