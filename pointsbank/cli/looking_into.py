"""`pointsbank db look FILE`: says what a backup holds, beside what there is now; replaces nothing."""

import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from pointsbank import backups, ledger, migrating, proof, roster, staff, villages
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.databases import db as db
from pointsbank.cli.passphrases import typed_passphrase
from pointsbank.database import Database
from pointsbank.dates import SHANGHAI


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds of one village: its log, the last closed month, how many people."""

    code: str
    name: str
    entries: int
    last_at: datetime | None
    last_month: str | None
    participants: int
    people: int


@db.command("look")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--passphrase-stdin", is_flag=True, help="从标准输入读口令；否则在屏幕上输入。")
@pass_context(ready=False, directory="made")
def show_backup(context: CliContext, file: Path, passphrase_stdin: bool) -> None:
    """看备份 FILE 里有什么：哪些村、多少条记录、最后一条是哪天，和现有的比；什么也不换。"""
    passphrase = typed_passphrase(from_stdin=passphrase_stdin) if backups.is_locked(file) else None
    with backups.opened(file, aside=context.settings.data_dir, passphrase=passphrase) as plain:
        candidate = Database(f"sqlite:///{plain}", secret=context.settings.secret_key)
        try:
            # The copy, not the file: a backup of an older program is read by this one.
            migrating.upgrade(candidate)
            inside = _contents(candidate)
        finally:
            candidate.dispose()
    now = _present(context)
    lines = [line for one in inside for line in _in_words(one, now.get(one.code))]
    missing = now.keys() - {one.code for one in inside}
    lines += [f"{now[code].name}（{code}）：备份里没有这个村。" for code in sorted(missing)]
    facts = {"file": str(file), "villages": [asdict(one) for one in inside]}
    echo_result(context.as_json, facts, "\n".join(lines) or "备份里还没有村。")


def _contents(database: Database) -> list[Contents]:
    """Return what a database holds, village by village."""
    with database.reading() as session:
        found = []
        for one in villages.everyone(session):
            last = ledger.log_entries(session, village=one.id, limit=1)
            sealed = [each.month for each in proof.anchors(session, village=one.id)]
            found.append(
                Contents(
                    one.id,
                    one.name,
                    ledger.tree_head(session, village=one.id).size,
                    last[0].recorded_at if last else None,
                    max(sealed, default=None),
                    len(roster.everyone(session, village=one.id)),
                    len(staff.everyone(session, village=one.id)),
                )
            )
    return found


def _present(context: CliContext) -> dict[str, Contents]:
    """Return what there is now; nothing where it cannot be read, which is why people restore."""
    try:
        if migrating.current(context.database) != migrating.head():
            return {}
        return {one.code: one for one in _contents(context.database)}
    except (DatabaseError, sqlite3.DatabaseError, ValueError):
        return {}


def _in_words(one: Contents, now: Contents | None) -> list[str]:
    """Return what a backup holds of a village, and how far it is behind."""
    last = f"，最后一条在{one.last_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if one.last_at else ""
    month = f"月结到{one.last_month}" if one.last_month else "还没有月结"
    people = f"{one.participants}户和其他主体，{one.people}位工作人员"
    lines = [f"{one.name}（{one.code}）：{one.entries}条记录{last}；{month}；{people}。"]
    if now is None:
        return lines
    more = now.entries - one.entries
    if more > 0:
        lines.append(f"  现有的比它多{more}条，恢复后这些就没有了。")
    else:
        lines.append(f"  它比现有的多{-more}条。" if more else "  和现有的条数相同。")
    return lines
