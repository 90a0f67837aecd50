"""`pointsbank serve` as a process of its own: it answers, warns, and stops when told to."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.serving import free_port, wait_until_up

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")


@contextmanager
def _served(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server on this data directory, stopped at the end whatever happens."""
    command = [sys.executable, "-m", "pointsbank", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield server
    finally:
        server.kill()
        server.wait()


@posix_only
def test_a_server_answers_and_stops_when_told_to_and_old_prints_are_gone(village: Run, tmp_path: Path):
    port, file, out = free_port(), tmp_path / "roster.csv", tmp_path / "data" / "out"
    file.write_text("户号,户主,小组,人口\n001,王建国,一组,4\n", "utf-8")
    assert village("import", "roster", file).status == 0
    for name in ("cards.pdf", "cards-2.pdf"):
        assert village("print", "cards", "--out", out / name).status == 0
    os.utime(out / "cards.pdf", (0, 0))
    with (tmp_path / "data" / "pointsbank.toml").open("a") as own:
        own.write(f'public_url = "http://jf.test"\nbackup_to = ["{tmp_path}/stick"]\n')
    with _served(tmp_path / "data", port) as server:
        wait_until_up(port)

        server.send_signal(signal.SIGTERM)
        said, err = server.communicate(timeout=20)

    assert server.returncode == 0
    assert "一次性安装码" in said
    assert "公开网址" in err
    # Whoever wrote into the settings file left no name; what he wrote is told all the same.
    signins = village("list", "signins").out
    assert "无 → http://jf.test" in signins and f"无 → {tmp_path}/stick" in signins
    assert [each.name for each in out.glob("*.pdf")] == ["cards-2.pdf"]
    assert stat.S_IMODE((out / "cards-2.pdf").stat().st_mode) == 0o600


def test_a_taken_port_is_a_sentence(village: Run):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        told = village("serve", "--port", listener.getsockname()[1])

    assert told.status == 1
    assert "--port" in told.err
