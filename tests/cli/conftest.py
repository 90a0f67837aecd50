"""Runs the command line as people do: words in, an exit status, stdout and stderr out."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pointsbank import backups, staff
from pointsbank.cli import main
from pointsbank.database import Database


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `pointsbank …` on a data directory of its own."""
    monkeypatch.setenv("POINTSBANK_DATA", str(tmp_path / "data"))

    def run_words(*words: object) -> Ran:
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run_words


def settle_all(data: Path, passwords: Mapping[str, str]) -> None:
    """Let everybody choose the password themselves, as on their own page, now."""
    database = Database(f"sqlite:///{data / 'pointsbank.sqlite3'}")
    backups.unseal(database)
    hashed = {login: staff.hash_password(password) for login, password in passwords.items()}
    with database.writing() as session:
        for login, password in hashed.items():
            own = staff.by_login(session, login=login).id
            staff.change_password(session, staff=own, password=password, by=own, at=datetime.now(UTC))
    database.dispose()


@pytest.fixture(scope="session")
def founded_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one empty village, made by the two commands, once, to be copied."""
    data = tmp_path_factory.mktemp("founded") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POINTSBANK_DATA", str(data))
        assert main(["db", "upgrade"]) == 0
        assert main(["village", "create", "chayuan", "茶源村"]) == 0
    return data


@pytest.fixture
def village(founded_data: Path, run: Run, tmp_path: Path) -> Run:
    """The command line over a data directory with one empty village, chayuan."""
    shutil.copytree(founded_data, tmp_path / "data")
    return run
