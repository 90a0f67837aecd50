"""Runs the command line as people do: words in, an exit status, stdout and stderr out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pointsbank.cli import main


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


@pytest.fixture
def village(run: Run) -> Run:
    """The command line over a data directory with one empty village, chayuan."""
    assert run("db", "upgrade").status == 0
    assert run("village", "create", "chayuan", "茶源村").status == 0
    return run
