"""`pointsbank sample`: loads the sample village, whole or not at all."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import event

from pointsbank import migrating, sample, sheets, watermark
from pointsbank.cli.answers import echo_progress, echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.sheets import print_sheet
from pointsbank.database import Database
from pointsbank.durable import put_in_place
from pointsbank.errors import Refused
from pointsbank.sample import Loaded

_HOUR = 3600


class NotEmpty(Refused):
    """There is data already, which a sample must never join."""

    code = "not_empty"
    sentence = "数据目录里已有数据，示例村只能装入空目录。请用 --data 指定另一个目录。"
    fixed_by = "管理员"


@click.group("sample")
def sample_group() -> None:
    """示例村。"""


@sample_group.command()
@click.option("--if-empty", is_flag=True, help="已有数据时什么也不做。")
@click.option("--host", help="以后服务的地址，写进二维码。")
@click.option("--port", type=click.IntRange(1, 65535), help="以后服务的端口，写进二维码。")
@click.option("--groups", type=click.IntRange(4, 20), help="只建前几个组，装得快。默认全部20个组。")
@pass_context(ready=False, directory="filled")
def load(context: CliContext, if_empty: bool, host: str | None, port: int | None, groups: int | None) -> None:
    """在空的数据目录里建立示例村茶源村，并印好积分卡和海报。"""
    if not migrating.is_empty(context.database):
        if if_empty:
            return
        raise NotEmpty()
    # A database that was cut to nothing is no empty directory: its seal and its stubs know better.
    context.check_file()
    watermark.check(context.database, context.places)
    # Asked before anything is written: an address that fits no card's code leaves no sample behind.
    sheets.find("cards").check_address(context.settings.public_url)
    began = time.monotonic()
    with _built_aside(context) as building:
        migrating.upgrade(building.database)
        url = context.settings.public_url
        loaded = sample.load(building.database, progress=echo_progress, public_url=url, groups=groups)
        building.database.analyze()
        cards, poster = _print(building, loaded)
    try:
        # Nobody can have an older or newer copy of what was made a moment ago.
        watermark.begin(context.database, context.places, just_made=True)
    except OSError as error:
        echo_progress(f"账外存根没有建成（{error}），以后可运行 pointsbank watermark accept")
    echo_progress(f"用时{time.monotonic() - began:.0f}秒")
    _introduce(context, loaded, cards, poster)


@contextmanager
def _built_aside(context: CliContext) -> Iterator[CliContext]:
    """Return a context whose SQLite file is made beside the real one and moved into place when whole."""
    if not context.database.is_sqlite:
        yield context
        return
    target = Path(str(context.database.engine.url.database))
    _remove_old(target)
    aside = target.with_name(f"{target.name}.new-{os.getpid()}")
    database = Database(f"sqlite:///{aside}")
    event.listen(database.engine, "connect", _sync_later)
    try:
        yield replace(context, database=database)
        database.dispose()
        context.database.dispose()
        _move_into_place(aside, target)
    finally:
        database.dispose()
        _remove(aside)


def _move_into_place(aside: Path, target: Path) -> None:
    """Sync the whole file and give it its name, unless somebody was quicker; raise NotEmpty then."""
    if target.exists() and target.stat().st_size:
        raise NotEmpty()
    put_in_place(aside, target)


def _remove_old(target: Path) -> None:
    """Remove what an interrupted load left behind; a younger file may be a load in progress."""
    for left in target.parent.glob(f"{target.name}.new-*"):
        if time.time() - left.stat().st_mtime > _HOUR:
            left.unlink(missing_ok=True)


def _remove(file: Path) -> None:
    """Remove a database file with what SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _sync_later(connection: sqlite3.Connection, _record: object) -> None:
    """Turn syncing off: nobody relies on these rows before the file is synced and moved into place."""
    connection.execute("PRAGMA synchronous=OFF")


def _print(context: CliContext, loaded: Loaded) -> tuple[Path, Path]:
    """Print everybody's cards, and the poster of the last closed month; return both files."""
    context = replace(context, village_code=loaded.village)
    cards = context.settings.out_dir / "cards.pdf"
    poster = context.settings.out_dir / f"poster-{loaded.month}.pdf"
    print_sheet(context, "cards", {"issued": loaded.cards}, out=cards, quiet=True)
    print_sheet(context, "poster", {"month": loaded.month, "at": loaded.until}, out=poster, quiet=True)
    return cards, poster


def _introduce(context: CliContext, loaded: Loaded, cards: Path, poster: Path) -> None:
    """Print how to sign in; the passwords are kept nowhere else."""
    facts = {
        "village": loaded.village,
        "month": loaded.month,
        "cards": str(cards),
        "poster": str(poster),
        "people": [
            {"login": one.login, "role": one.role, "name": one.name, "password": one.password}
            for one in loaded.people
        ],
    }
    lines = [
        f"示例村茶源村（{loaded.village}）已准备好。",
        f"  积分卡  {cards}",
        f"  海报    {poster}",
        f"登录 {context.settings.public_url}/sign-in （密码只显示这一次，请记下）：",
        *(f"  {one.login:<12}{one.password:<20}{one.name}（{one.role}）" for one in loaded.people),
    ]
    echo_result(context.as_json, facts, "\n".join(lines))
