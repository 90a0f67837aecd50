"""`pointsbank serve` as a process of its own: it answers, warns, and stops when told to."""

import os
import signal
import socket
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
def test_a_server_answers_and_stops_when_told_to(village: Run, tmp_path: Path):
    port = free_port()
    with _served(tmp_path / "data", port) as server:
        wait_until_up(port)

        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=20)

    assert server.returncode == 0
    assert "一次性安装码" in out
    assert "POINTSBANK_PUBLIC_URL" in err


def test_a_taken_port_is_a_sentence(village: Run):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        told = village("serve", "--port", listener.getsockname()[1])

    assert told.status == 1
    assert "--port" in told.err
