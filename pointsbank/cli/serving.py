"""`pointsbank serve`: serves the site with waitress until the process is stopped."""

import ctypes
import gc
import logging
import signal
import sys
import threading
from types import FrameType

import click
from flask import Flask

from pointsbank import backups, duties, failures, isolated, lazy, public_address, staff, storage_faults
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import echo_error, echo_progress
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.watermark import Keeper
from pointsbank.web import uploads
from pointsbank.web.app import create_app
from pointsbank.web.clock import Clock
from pointsbank.web.listening import listen

_M_MMAP_THRESHOLD = -3

LOADING_BEGINS = 5.0
"""Seconds after the start at which slow libraries are loaded, here and in the child that reads files: those
who wait for the server come first."""


@click.command()
@click.option("--host", help="监听地址，默认 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认8000。")
@pass_context(directory="prepared")
def serve(context: CliContext, host: str | None, port: int | None) -> int:
    """启动网站；数据目录是空的，就先准备好。"""
    for warning in context.settings.warnings:
        echo_progress(warning)
    # A standby can be looked at and not sold from: better no start than a refusal at every sale.
    with context.database.engine.connect() as connection:
        storage_faults.refuse_unwritable(connection)
    with alone(context.database):
        context.check_file()
        if not context.trusted:
            # As after a crash: without a seal the file is looked through page by page.
            backups.refuse_damaged(context.database)
        context.trusted = context.serving = True
        context.checked.set()
        if not context.settings.watermark:
            echo_progress("没有设置账外存根：账本被换成旧副本时，要到下一张海报才会发现")
            return _serve(context, None)
        keeper = Keeper(context.database, context.settings.watermark)
        for sentence in keeper.start():
            echo_progress(sentence)
        try:
            return _serve(context, keeper)
        finally:
            keeper.stop()


def _serve(context: CliContext, keeper: Keeper | None) -> int:
    """Serve until the process is stopped; return the exit status."""
    uploads.remove_all(context.settings.uploads_dir)
    _note_settings(context)
    _offer_setup_code(context)
    address = f"http://{context.settings.host}:{context.settings.port}"
    application = create_app(context.settings, context.database, keeper)
    try:
        server = listen(application, host=context.settings.host, port=context.settings.port)
    except OSError as error:
        other = context.settings.port + 1
        echo_error(f"无法在 {address} 启动（{failures.why(error)}）。请换一个端口，例如 --port {other}。")
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
    _give_memory_back()
    later = threading.Timer(LOADING_BEGINS, _load_the_rest)
    later.daemon = True
    later.start()
    runner = _duties(context, application, keeper)
    runner.start()
    try:
        server.run()
    finally:
        runner.stop()
    return 0


def _load_the_rest() -> None:
    """Start the child that reads files, and load what is seldom needed, before anybody waits for it."""
    isolated.PROCESS.start()
    lazy.load_all()


def _duties(context: CliContext, application: Flask, keeper: Keeper | None) -> duties.Runner:
    """Return what does, beside the server, what the program does by itself."""
    clock: Clock = application.extensions["pointsbank_clock"]

    def may_write() -> bool:
        # Into a database that went back or is torn nothing more is written.
        stopped = application.extensions["pointsbank_stopped"]
        return stopped is None and (keeper is None or keeper.refusal is None)

    return duties.Runner(
        duties.Site(context.database, context.settings),
        now=lambda: clock.now(context.database),
        may_write=may_write,
    )


def _give_memory_back() -> None:
    """Let large pieces of memory go back to the system when they are freed, on Linux.

    glibc learns from the first piece of 19 MiB (a password's) to keep all such: each thread kept its own.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave the server's loop, so that it finishes the requests in progress."""
    raise SystemExit(0)


def _note_settings(context: CliContext) -> None:
    """Write down what was changed in the settings since: whoever changes a file leaves no name."""
    settings = context.settings
    chosen = settings.address_set_in or (settings.data_dir / public_address.FILE).exists()
    address = public_address.in_words(settings.public_url if chosen else "", host=settings.host)
    folders = "、".join(map(str, settings.backup_to))
    values = {staff.ADDRESS_SET: address, staff.BACKUP_FOLDERS_SET: folders}
    with context.database.writing() as session:
        staff.note_changes(session, values=values, by=staff.OPERATOR, at=context.now)


def _offer_setup_code(context: CliContext) -> None:
    """Print the one-time code that makes the first person, while nobody can sign in."""
    with context.database.writing() as session:
        if staff.setup_code_needed(session):
            code = staff.make_setup_code(session, at=context.now)
            click.echo(f"第一次使用：打开 {context.settings.public_url}/setup，输入一次性安装码 {code}")
