"""Each cause for which a database cannot be used is said by a sentence of its own."""

import errno
import os
import shutil
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from pointsbank import backups, config, failures, storage_faults
from pointsbank.cli import context
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.storage_faults import files, servers
from scripts.cluster import Cluster, started
from tests.cli.conftest import Run


def _is_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _is_gone_with_its_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def _is_broken_inside(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    file.write_bytes(content)


def _was_never_written(file: Path) -> None:
    file.write_bytes(b"")
    file.with_name(file.name + ".seal").unlink()


FILES: dict[str, tuple[Callable[[Path], object], type[Problem]]] = {
    "a folder": (_is_folder, files.FileIsFolder),
    "no folder": (_is_gone_with_its_folder, files.FolderMissing),
    "another kind of file": (lambda file: file.write_bytes(b"no database" * 900), files.NoDatabaseFile),
    "cut to half": (lambda file: os.truncate(file, file.stat().st_size // 2), files.FileCut),
    "cut in the head": (lambda file: os.truncate(file, 50), files.FileCut),
    "cut to nothing": (lambda file: os.truncate(file, 0), files.FileEmptied),
    "a broken page": (_is_broken_inside, files.PageBroken),
    "never written": (_was_never_written, context.DatabaseEmpty),
}


@pytest.mark.parametrize("command", [("serve",), ("ledger", "verify")], ids=" ".join)
@pytest.mark.parametrize("case", FILES)
def test_what_is_wrong_with_a_file_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, command: tuple[str, ...]
):
    file = tmp_path / "kept" / "village.sqlite3"
    file.parent.mkdir()
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", f"sqlite:///{file}")
    run("village", "create", "chayuan", "茶源村")
    spoil, expected = FILES[case]
    spoil(file)

    told = run(*command)

    assert told.status == 1
    assert expected.sentence in told.err
    assert "Traceback" not in told.err


def _as_nobody(look: Callable[[], bool]) -> bool:
    """Look as a user of the system without rights, in a process of its own if we are root."""
    if os.geteuid():
        return look()
    child = os.fork()
    if not child:
        found = False
        try:
            os.setgid(65534)
            os.setuid(65534)
            found = look()
        finally:  # whatever happens, the child must not go on with the other tests
            os._exit(0 if found else 1)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in other ways")
@pytest.mark.parametrize("folder, rights", [(0o755, 0o400), (0o755, 0), (0o500, 0o600), (0, 0o600)])
def test_a_file_that_we_may_not_write_is_said(folder: int, rights: int):
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "village.sqlite3")
        file.write_bytes(b"")
        file.chmod(rights)
        Path(place).chmod(folder)
        forbidden = _as_nobody(lambda: isinstance(files.fault_of_file(file), files.FileForbidden))
        Path(place).chmod(0o700)

    assert forbidden


def test_a_full_disk_is_no_damage():
    full = sqlite3.connect(":memory:", isolation_level=None)
    full.execute("PRAGMA max_page_count=2")
    full.execute("CREATE TABLE much (words TEXT)")
    with pytest.raises(failures.DiskFull), storage_faults.explained("sqlite:///nowhere.sqlite3"):
        full.execute("INSERT INTO much VALUES (?)", ["x" * 20_000])
    full.close()

    with pytest.raises(failures.DiskFull), storage_faults.explained("sqlite:///nowhere.sqlite3"):
        raise OSError(errno.ENOSPC, "No space left on device")


ADDRESSES: dict[str, type[Problem]] = {
    "mysql://li@localhost/village": config.DatabaseKindUnknown,
    "postgresql://li@localhost/village": config.DatabaseKindUnknown,
    "postgresql+psycopg2://li@localhost/village": config.DatabaseKindUnknown,
    "postgresql+psycopg://li@localhost:port/village": servers.AddressUnreadable,
    "postgresql+psycopg://li@localhost/village?sslmoed=require": servers.AddressUnreadable,
    "postgresql+psycopg://li@database.invalid/village": servers.HostUnknown,
    "postgresql+psycopg://li@127.0.0.1:1/village": servers.ServerSilent,
    "postgresql+psycopg://li@/village?host=/nowhere": servers.ServerSilent,
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_misspelt_address_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", url)

    told = run("db", "check")

    assert told.status == 1
    assert ADDRESSES[url].sentence.partition("{")[0] in told.err
    if ADDRESSES[url] is config.DatabaseKindUnknown:
        assert "只支持" in told.err


@pytest.fixture
def guarded(cluster: Cluster, postgresql_database: Database) -> Iterator[str]:
    """The address of a database on a server that asks one of its users, `li`, for a password."""
    file = cluster.home / "data" / "pg_hba.conf"
    before = file.read_text("utf-8")
    file.write_text(f"local all li scram-sha-256\n{before}", "utf-8")
    for statement in (
        "CREATE ROLE li LOGIN PASSWORD 'right'",
        "CREATE ROLE poor LOGIN",
        "CREATE ROLE crowd LOGIN CONNECTION LIMIT 0",
        "SELECT pg_reload_conf()",
    ):
        cluster.run(statement)
    yield postgresql_database.url
    file.write_text(before, "utf-8")
    for statement in ("DROP ROLE li", "DROP ROLE poor", "DROP ROLE crowd", "SELECT pg_reload_conf()"):
        cluster.run(statement)


SIGN_INS: dict[str, tuple[dict[str, str], type[Problem]]] = {
    "no such database": ({"database": "nothing"}, servers.DatabaseMissing),
    "wrong password": ({"username": "li", "password": "wrong"}, servers.LoginRefused),
    "right password, no such database": (
        {"username": "li", "password": "right", "database": "nothing"},
        servers.DatabaseMissing,
    ),
    "no such user": ({"username": "nobody"}, servers.LoginRefused),
    "no rights": ({"username": "poor"}, servers.RightsMissing),
    "too many at once": ({"username": "crowd"}, servers.ServerCrowded),
}


def test_why_a_server_lets_us_not_in_is_said(run: Run, guarded: str, monkeypatch: pytest.MonkeyPatch):
    for case, (changed, expected) in SIGN_INS.items():
        url = make_url(guarded).set(**changed).render_as_string(hide_password=False)
        monkeypatch.setenv("POINTSBANK_DATABASE_URL", url)

        told = run("db", "check")

        assert told.status == 1, case
        assert expected.sentence in told.err, (case, told.err)


def test_a_server_that_starts_is_said_in_whatever_language():
    told = b"SFATAL\0VFATAL\0C57P03\0Mquelque chose\0\0"
    packet = b"E" + (len(told) + 4).to_bytes(4, "big") + told
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer, args=(server, packet), daemon=True).start()
        port = server.getsockname()[1]
        url = f"postgresql+psycopg://li@127.0.0.1:{port}/village?sslmode=disable&gssencmode=disable"
        database = Database(url)

        with pytest.raises(servers.ServerStarting), storage_faults.explained(url):
            backups.problems(database)


def _answer(server: socket.socket, packet: bytes) -> None:
    """Answer whoever comes with the packet, twice."""
    for _ in range(2):
        client, _ = server.accept()
        with client:
            client.recv(1000)
            client.sendall(packet)


def test_a_server_set_to_be_read_only_is_said_before_anybody_sells(
    run: Run,
    cluster: Cluster,
    postgresql_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    # A data directory that is not there is refused first.
    (tmp_path / "data").mkdir()
    url = postgresql_database.url
    cluster.run(f'ALTER DATABASE "{make_url(url).database}" SET default_transaction_read_only = on')
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", url)

    for command in (("serve",), ("village", "create", "liulin", "柳林村")):
        told = run(*command)
        assert told.status == 1
        assert servers.ReadOnly.sentence in told.err, command


def test_a_standby_is_said_before_anybody_sells(run: Run, monkeypatch: pytest.MonkeyPatch):
    with started() as cluster:
        monkeypatch.setenv("POINTSBANK_DATABASE_URL", cluster.create("village"))
        assert run("db", "upgrade").status == 0
        cluster.follow()

        for command in (("serve",), ("village", "create", "liulin", "柳林村")):
            told = run(*command)
            assert told.status == 1
            assert servers.Standby.sentence in told.err, command
