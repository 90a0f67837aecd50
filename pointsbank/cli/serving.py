"""`pointsbank serve`: the site, served by waitress until it is told to stop."""

import gc
import logging
import signal
import sys
from types import FrameType
from typing import Any

import click
from waitress import create_server

from pointsbank import staff
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import complain, progress
from pointsbank.cli.desk import Desk, at_a_desk
from pointsbank.cli.sheets import remove_old_files
from pointsbank.web.app import create_app


@click.command()
@click.option("--host", help="监听地址，默认 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 8000。")
@at_a_desk()
def serve(desk: Desk, host: str | None, port: int | None) -> int:
    """启动网站。"""
    for warning in desk.settings.warnings:
        progress(warning)
    with alone(desk.database):
        return _serve(desk)


def _serve(desk: Desk) -> int:
    """Serve until told to stop."""
    remove_old_files(desk)
    _offer_setup_code(desk)
    address = f"http://{desk.settings.host}:{desk.settings.port}"
    try:
        server: Any = create_server(
            create_app(desk.settings), host=desk.settings.host, port=desk.settings.port, threads=8, ident=None
        )
    except OSError as error:
        complain(
            f"无法在 {address} 启动（{error.strerror}）。请换一个端口，例如 --port {desk.settings.port + 1}。"
        )
        return 1
    # A till that waits its turn at a busy counter is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # waitress drops requests in flight on SIGTERM unless a handler raises SystemExit.
    signal.signal(signal.SIGTERM, _stop)
    click.echo(f"积分银行已启动：{address}  按 Ctrl+C 停止。")
    sys.stdout.flush()
    # Who holds the database's lock must not wait 5 ms for Python's at each statement (9 % more sales).
    sys.setswitchinterval(0.0002)
    # What was loaded at the start stays: looking through it again and again stopped every till for 0.1 s.
    gc.collect()
    gc.freeze()
    server.run()
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave the server's loop, so that it finishes what it has begun."""
    raise SystemExit(0)


def _offer_setup_code(desk: Desk) -> None:
    """Where nobody can sign in yet, print the one-time code that makes the first person."""
    with desk.writing() as session:
        if staff.setup_code_needed(session):
            code = staff.make_setup_code(session, at=desk.now)
            click.echo(f"首次使用：打开 {desk.settings.public_url}/setup，输入一次性安装码 {code}")
