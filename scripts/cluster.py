"""A PostgreSQL server for a test session or a benchmark, in a directory and on a socket of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg


class PostgresMissing(Exception):
    """There is no PostgreSQL on this machine."""


# What happens to this server at a power cut is nobody's loss.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
}


@dataclass(frozen=True)
class Cluster:
    """A running server, reached through the socket in its directory."""

    home: Path

    def url(self, name: str) -> str:
        """How SQLAlchemy opens one of its databases."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database and say how to open it."""
        # Without syncs a copy of the files is quicker than one through the log.
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is still in it."""
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def restart(self) -> None:
        """Throw everybody out in the middle of whatever they do, as a crash would, and start again."""
        self._let_go()
        _call(
            _programs() / "pg_ctl",
            "-D",
            self.home / "data",
            "-l",
            self.home / "log",
            "-m",
            "immediate",
            "-w",
            "restart",
        )

    def follow(self) -> None:
        """Become a standby that waits for a primary: it is read and takes no writes."""
        self._let_go()
        (self.home / "data" / "standby.signal").touch()
        _call(_programs() / "pg_ctl", "-D", self.home / "data", "-l", self.home / "log", "-w", "restart")

    def client(self, program: str, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL, as pg_dump, on one of the databases; its status is the caller's."""
        command = [_programs() / program, "-h", self.home, "-U", "postgres", "-d", name, *arguments]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True)

    def run(self, statement: str, name: str = "postgres") -> None:
        """Run a statement in one of the databases."""
        if name == "postgres":
            self._administering.execute(statement.encode())
            return
        with self._connected(name) as connection:
            connection.execute(statement.encode())

    @cached_property
    def _administering(self) -> psycopg.Connection[Any]:
        """Kept open: to connect takes a third of what a new database costs."""
        return self._connected("postgres")

    def _connected(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(f"host={self.home} user=postgres dbname={name}", autocommit=True)

    def _let_go(self) -> None:
        """Forget the open connection before the server ends it."""
        if connection := self.__dict__.pop("_administering", None):
            connection.close()


@contextmanager
def started(settings: Mapping[str, str] = SETTINGS, folder: Path | None = None) -> Iterator[Cluster]:
    """Make a cluster, run it, and remove it afterwards."""
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="pb-pg-", dir=folder))
    if _is_root():
        shutil.chown(home, "postgres", "postgres")
    try:
        _call(
            programs / "initdb",
            "-D",
            home / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
            "-N",
        )
        options = "".join(f" -c {name}='{value}'" for name, value in settings.items())
        _call(
            programs / "pg_ctl",
            "-D",
            home / "data",
            "-l",
            home / "log",
            "-w",
            "-o",
            f"-k {home}{options}",
            "start",
        )
        cluster = Cluster(home)
        try:
            yield cluster
        finally:
            cluster._let_go()
            _call(programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Where initdb lives: Debian keeps it off the PATH, one folder per version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresMissing("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    return Path(on_path).resolve().parent


def _is_root() -> bool:
    """PostgreSQL refuses to run as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _call(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs, as its own user when we are root."""
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if _is_root() else {}
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **who,
    )  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name}: {done.stdout}")
