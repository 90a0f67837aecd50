"""The context of a command: settings, database, village, clock, and who acts."""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click
from sqlmodel import Session

from pointsbank import (
    backups,
    config,
    migrating,
    proof,
    staff,
    storage_faults,
    villages,
    watermark,
    working_days,
)
from pointsbank.cli.alone import AlreadyServed, alone
from pointsbank.cli.data_directories import Directory, check, prepare
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.errors import NotAllowed, Refused
from pointsbank.outcomes import afterwards
from pointsbank.resting import AtRest

P = ParamSpec("P")


class DatabaseNotReady(Refused):
    """The database is older or newer than this program."""

    code = "database_not_ready"
    sentence = "数据库还没有准备好，请先运行 pointsbank db upgrade。"
    fixed_by = "管理员"


class DatabaseEmpty(Refused):
    """There is no table in the database: nobody used it yet, or what was in it is gone."""

    code = "database_empty"
    sentence = (
        "数据库是空的：第一次使用请先运行 pointsbank db upgrade；"
        "以前有过数据的不要运行它，请用 pointsbank db restore 恢复最新的备份。"
    )
    fixed_by = "管理员"


class NoVillage(Refused):
    """No village has been created yet."""

    code = "no_village"
    sentence = "还没有村，请先运行 pointsbank village create 村代码 村名。"
    fixed_by = "管理员"


class VillageNotNamed(Refused):
    """There are several villages and none was named."""

    code = "village_not_named"
    sentence = "这里有多个村，请用 --village 指明村代码，例如 --village {example}。"
    fixed_by = "管理员"


class StaffDisabled(NotAllowed):
    """The person named with --as is disabled."""

    code = "staff_disabled"
    sentence = "账号 {login} 已停用，请换一个账号。"
    fixed_by = "管理员"


@dataclass
class CliContext:
    """What a command works with."""

    settings: Settings
    database: Database
    as_json: bool = False
    village_code: str | None = None
    login: str | None = None
    checked: threading.Event = field(default_factory=threading.Event)
    trusted: bool = False
    serving: bool = False

    @property
    def now(self) -> datetime:
        """The current moment, in UTC; the core asks no clock of its own."""
        return datetime.now(UTC)

    def check_ready(self) -> None:
        """Raise unless the database has this program's version.

        Raises:
            DatabaseEmpty: nothing is in it.
            DatabaseNotReady: it is older or newer; and those of `storage_faults.refuse_unusable_file`.
        """
        storage_faults.refuse_unusable_file(self.database.url)
        found = migrating.current(self.database)
        if found is None and migrating.is_empty(self.database):
            raise DatabaseEmpty()
        if found != migrating.head():
            raise DatabaseNotReady()

    @property
    def places(self) -> list[watermark.Place]:
        """The places where stubs of the logs are kept, as they are set."""
        return [watermark.Place(folder) for folder in self.settings.watermark]

    @contextmanager
    def following(self) -> Iterator[None]:
        """Check file and log before the first write; at the end let the stubs follow and seal the file.

        Raises:
            DatabaseDamaged, LogBehindWatermark, WatermarkUnusable: at the first write.
        """
        self.trusted = backups.at_rest(self.database, quickly=True) is AtRest.EMPTY
        self.database.announcer.before_writes(self._check_once)
        self.database.announcer.inside_writes(self._unseal)
        try:
            yield
            if self.checked.is_set() and self.places:
                with afterwards("letting the stubs follow, which the next start does"):
                    watermark.settle(self.database, watermark.examine(self.database, self.places))
        finally:
            self.database.dispose()
            self._seal()

    def check_file(self) -> None:
        """Refuse a database file that changed while nobody worked with it, and take its seal away.

        Raises:
            DatabaseDamaged: it is not as its seal says.
        """
        found = backups.at_rest(self.database)
        if found is AtRest.CHANGED:
            raise backups.DatabaseDamaged(what="停用期间文件变了，却不是数据库程序改的")
        self.trusted = self.trusted or found is AtRest.INTACT
        backups.unseal(self.database)

    def _check_once(self) -> None:
        """Refuse to write over a damaged file, or a log that lacks what a stub saw; asked once a command."""
        if self.checked.is_set():
            return
        self.checked.set()
        self.check_file()
        if self.places:
            away = watermark.unchecked(watermark.check(self.database, self.places))
            if away:
                where = "、".join(dict.fromkeys(str(one.place.folder) for one in away))
                click.echo(
                    f"账外存根不在（{where}），这次没有核对账本是不是旧副本：请插上存根U盘。", err=True
                )

    def _unseal(self) -> None:
        # Once more, inside the transaction: another command may have sealed the file since.
        if not self.serving:
            backups.unseal(self.database)

    def _seal(self) -> None:
        """Seal the file, unless a server works with it or nobody knows whether it is whole."""
        if self.trusted:
            with suppress(AlreadyServed, OSError), alone(self.database):
                backups.seal(self.database)

    def by(self, session: Session) -> str:
        """Return the name of who sits at this machine: no id, since --as asks for no password.

        What is done here to an account so counts against everybody, and no entry of a log borrows somebody's
        name. A command that acts for a person lets that person sign in (`two_people`).

        Raises:
            StaffUnknown, StaffDisabled: nobody has the login named with --as, or the person is disabled.
            PasswordMustChange: somebody else chose the person's password.
        """
        if self.login is None:
            return staff.OPERATOR
        person = staff.by_login(session, login=self.login)
        if person.disabled:
            raise StaffDisabled(login=self.login)
        staff.check_own_password(session, person=person.id)
        return f"{staff.OPERATOR}:{self.login}"

    def village(self, session: Session) -> str:
        """Return the code of the village that was named, or of the only one.

        Raises:
            VillageUnknown: there is no such village.
            NoVillage: there is none yet.
            VillageNotNamed: there are several.
        """
        if self.village_code:
            return villages.get(session, self.village_code).id
        known = villages.everyone(session)
        if len(known) == 1:
            return known[0].id
        if not known:
            raise NoVillage()
        raise VillageNotNamed(example=known[0].id)

    def common(self, session: Session) -> dict[str, Any]:
        """Return what every verb takes: the village, who acts, and now.

        Raises:
            StaffUnknown, StaffDisabled: as `by`.
            VillageUnknown, NoVillage, VillageNotNamed: as `village`.
        """
        return {"village": self.village(session), "by": self.by(session), "at": self.now}


def pass_context(
    *, ready: bool = True, directory: Directory = "kept"
) -> Callable[[Callable[Concatenate[CliContext, P], Any]], Callable[..., Any]]:
    """Give a command the options that all commands have, and its context as first argument.

    Args:
        ready: refuse to run the command on a database of another version.
        directory: what the command does with a data directory that is empty or not there.
    """

    def decorate(verb: Callable[Concatenate[CliContext, P], Any]) -> Callable[..., Any]:
        @click.option(
            "--data",
            type=click.Path(path_type=Path),
            envvar="POINTSBANK_DATA",
            default=Path("data"),
            help="数据目录。",
        )
        @click.option("--village", "village_code", metavar="CODE", help="村代码；只有一个村时不用填。")
        @click.option("--as", "as_login", metavar="LOGIN", help="谁在操作；没有验证密码，记录里写作操作员。")
        @click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
        @functools.wraps(verb)
        def run(
            data: Path, village_code: str | None, as_login: str | None, as_json: bool, *args: Any, **own: Any
        ) -> Any:
            fresh = check(data, directory, environ=os.environ)
            settings = config.load(data, host=own.get("host") or "", port=own.get("port") or 0)
            storage_faults.check_address(settings.database_url)
            database = Database(settings.database_url, secret=settings.secret_key)
            working_days.follow(database, settings.data_dir)
            proof.let_sign(database, settings)
            context = CliContext(settings, database, as_json, village_code, as_login)
            try:
                with storage_faults.explained(settings.database_url):
                    if fresh:
                        prepare(data, database)
                    if ready:
                        context.check_ready()
                    with context.following():
                        return verb(context, *args, **own)
            finally:
                context.database.dispose()

        return run

    return decorate
