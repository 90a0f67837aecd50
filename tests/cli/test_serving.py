"""`pointsbank serve` as a process of its own: it answers, warns, and stops when told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run

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


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answer(port: int, path: str) -> tuple[int, str]:
    """What the server says, once it is up."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


@posix_only
def test_a_server_answers_and_stops_when_told_to(village: Run, tmp_path: Path):
    port = _free_port()
    with _served(tmp_path / "data", port) as server:
        assert _answer(port, "/healthz")[0] == 200

        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=20)

    assert server.returncode == 0
    assert "一次性开通码" in out
    assert "POINTSBANK_PUBLIC_URL" in err


def test_a_taken_port_is_a_sentence(village: Run):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        told = village("serve", "--port", listener.getsockname()[1])

    assert told.status == 1
    assert "--port" in told.err
