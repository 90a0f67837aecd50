"""`pointsbank db`: upgrades, backs up, restores, copies and checks the database."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from pointsbank import backups, config, copying, migrating, proof, staff, storage_faults, villages, watermark
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import echo_error, echo_progress, echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.cli.passphrases import new_passphrase, typed_passphrase
from pointsbank.cli.proofs import NO_KEY
from pointsbank.cli.two_people import sign_in_both, two_people
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.resting import AtRest


class BackupBehindWatermark(Refused):
    """The backup lacks entries of the present log or of a stub outside the data, or no stub can be read."""

    code = "backup_behind_watermark"
    sentence = (
        "备份{why}，现有数据没有改动。请换一个较新的备份；确实要用它，"
        "请两位角色不同的人一起运行，并加上 --first 账号 --second 账号。"
    )
    fixed_by = "管理员"


@click.group()
def db() -> None:
    """数据库：升级、备份、恢复、复制、检查。"""


@db.command()
@pass_context(ready=False, directory="made")
def upgrade(context: CliContext) -> None:
    """升级到本程序的版本；有数据时先自动备份。"""
    if migrating.current(context.database) != migrating.head():
        context.check_file()
    moved = migrating.upgrade(context.database, before=lambda: _before_upgrade(context))
    words = "数据库已升级。" if moved else "数据库已是最新。"
    if moved and not context.settings.practice and proof.signing(context.settings, "")["seed"] is None:
        words += f"证明还不签名：{NO_KEY}"
    echo_result(context.as_json, {"changed": moved, "revision": migrating.current(context.database)}, words)


@db.command()
@click.argument("file", type=NewFile(away=True))
@click.option("--encrypt", is_flag=True, help="用口令加密；口令丢了，谁也打不开。")
@click.option("--passphrase-stdin", is_flag=True, help="从标准输入读口令；否则在屏幕上输入两次。")
@pass_context(ready=False)
def backup(context: CliContext, file: Path, encrypt: bool, passphrase_stdin: bool) -> None:
    """备份到 FILE（压缩，只有本人可读，可加密）；可在使用中进行。"""
    passphrase = new_passphrase(from_stdin=passphrase_stdin) if encrypt else None
    size = backups.backup(context.database, file, passphrase=passphrase)
    detail = f"{file.name}，{size // 1024 + 1} KB{'，加密' if encrypt else ''}"
    _note(context, staff.BACKUP_TAKEN, detail)
    words = f"已{'加密' if encrypt else ''}备份到 {file}（{size // 1024 + 1} KB）。"
    if encrypt:
        words += "请把口令写在纸上，与备份分开保管：口令丢了，谁也打不开它。"
    echo_result(context.as_json, {"file": str(file), "bytes": size, "encrypted": encrypt}, words)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--anchor", "digits", metavar="DIGITS", help="海报上的30位存证码：备份里必须有它。")
@click.option("--older", is_flag=True, help="明知备份比最近一次月结旧，仍然恢复。")
@click.option("--passphrase-stdin", is_flag=True, help="从标准输入第一行读口令；否则在屏幕上输入。")
@two_people(required=False)
@pass_context(ready=False, directory="made")
def restore(
    context: CliContext,
    file: Path,
    digits: str | None,
    older: bool,
    passphrase_stdin: bool,
    first: str | None,
    second: str | None,
    passwords_stdin: bool,
) -> None:
    """从 FILE 恢复：先检查备份，与账外存根比较，再备份现有数据，然后替换。"""
    if not context.database.is_sqlite:
        raise backups.BackupElsewhere()
    passphrase = typed_passphrase(from_stdin=passphrase_stdin) if backups.is_locked(file) else None
    with backups.opened(file, aside=context.settings.data_dir, passphrase=passphrase) as plain:
        if not older:
            backups.refuse_older(plain, context.database, digits=digits)
        candidate = Database(f"sqlite:///{plain}", secret=context.settings.secret_key)
        migrating.upgrade(candidate)
        stood = watermark.examine(candidate, context.places)
        signers = _signers(context, candidate)
        # Where people work, one alone does not take back what all of them wrote, with or without stubs.
        undone = watermark.undone_by(candidate, signers) if signers is context.database else []
        if watermark.troubled(stood) or undone:
            people = (first, second) if first and second else None
            _accept(context, candidate, signers, [*stood, *undone], people, from_stdin=passwords_stdin)
        candidate.dispose()
        kept = _keep_present(context)
        backups.unseal(context.database)
        backups.replace(context.database, plain)
        context.trusted = True
    _note(context, staff.RESTORED, file.name + (f"，{first}、{second}确认" if first and second else ""))
    watermark.renew(context.database, context.places, stood)
    words = "已恢复。" + (f"原来的数据备份在 {kept}。" if kept else "") + _other_key(context)
    echo_result(context.as_json, {"restored": str(file), "kept": str(kept) if kept else None}, words)


def _other_key(context: CliContext) -> str:
    """Return what to know where the key here is not the one that the restored logs tell of; else nothing."""
    settings = context.settings
    seed = proof.signing(settings, "")["seed"]
    if seed is None:
        return "签名密钥不在备份里，这里也没有：证明不签名，要签名请用 pointsbank ledger key make 做一把。"
    with context.database.reading() as session:
        wanted = proof.untold_villages(session, public=proof.public_of(seed), public_url=settings.public_url)
    if not wanted:
        return ""
    return "签名密钥不在备份里，这里是另一把：启动以后登记进各村的账本，下一张海报上是新的公钥。"


def _accept(
    context: CliContext,
    candidate: Database,
    signers: Database,
    stood: Sequence[watermark.Comparison],
    named: tuple[str, str] | None,
    *,
    from_stdin: bool,
) -> None:
    """Let two people say that a backup comes back although more is known; raise unless they did."""
    if named is None:
        refusal = watermark.refusal_of(stood)
        lines = refusal.fields.get("lines", []) if refusal else []
        lacking, alone_here = (
            f"里没有现有账本或账外存根已经记下的{len(lines)}条记录",
            "没有账外存根作证（不在或已损坏）",
        )
        raise BackupBehindWatermark(why=lacking if lines else alone_here, lines=lines)
    context.checked.set()  # what a write would be refused for is what two people decide here
    people = sign_in_both(context, signers, *named, from_stdin=from_stdin)
    with candidate.writing() as session:
        watermark.accept(session, stood=stood, people=people, at=context.now)


def _signers(context: CliContext, candidate: Database) -> Database:
    """Return the database whose people may say yes: the present one, or the backup's where that is empty.

    A backup brings its own passwords along: who holds an old one is not to be judged by it.
    """
    try:
        whole = backups.at_rest(context.database) is not AtRest.CHANGED
        if whole and migrating.current(context.database) == migrating.head():
            with context.database.reading() as session:
                if any(one.roles for one in staff.everyone(session)):
                    return context.database
    except (DatabaseError, sqlite3.DatabaseError):
        pass
    return candidate


def _keep_present(context: CliContext) -> Path | None:
    """Back up what is there before it is replaced; a damaged file is put aside as it is."""
    try:
        return None if migrating.is_empty(context.database) else _backup_first(context, "before-restore")
    except (DatabaseError, sqlite3.DatabaseError):
        with alone(context.database):
            name = f"damaged-{context.now:%Y%m%d-%H%M%S}.sqlite3"
            return backups.put_aside(context.database, name=name)


@db.command()
@click.argument("url", metavar="URL")
@pass_context()
def copy(context: CliContext, url: str) -> None:
    """把全部数据复制到空的数据库 URL（sqlite:///… 或 postgresql+psycopg://…），并逐行核对。"""
    storage_faults.check_address(config.checked_database_url(url))
    target = Database(url)
    try:
        with storage_faults.explained(url), alone(context.database):
            counts = copying.copy(context.database, target)
    finally:
        target.dispose()
    # Without the password that may stand in an address.
    _note(context, staff.COPIED_OUT, make_url(url).render_as_string(hide_password=True))
    words = f"已复制{sum(counts.values())}行，逐行核对无误，各村的账本相同。"
    words += "要改用它，请设置 POINTSBANK_DATABASE_URL。"
    echo_result(context.as_json, {"rows": counts}, words)


@db.command()
@pass_context()
def check(context: CliContext) -> int:
    """检查数据库：文件完好、对应完整、触发器在、结构一致。"""
    found = backups.problems(context.database)
    with context.database.reading() as session:
        number = len(villages.everyone(session))
    words = "" if found else f"数据库完好，里面有{number}个村。"
    echo_result(context.as_json, {"problems": found, "villages": number}, words)
    for sentence in found:
        echo_error(sentence)
    return 1 if found else 0


def _note(context: CliContext, kind: str, detail: str) -> None:
    """Write down what was done, for the supervisors of every village; say so where that cannot be.

    A database of another version, or one that takes no writes, is backed up all the same.
    """
    try:
        if migrating.current(context.database) == migrating.head():
            with context.database.writing() as session:
                by = context.by(session)
                staff.note_installation_act(session, kind=kind, by=by, at=context.now, detail=detail)
            return
    except (DatabaseError, sqlite3.DatabaseError, Refused):
        pass
    echo_progress("这件事没有能写进登录记录，请口头告诉村务监督")


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
