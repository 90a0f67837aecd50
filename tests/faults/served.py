"""The product as a process of its own: started, asked over HTTP by many at once, killed, started again."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, local
from typing import Any

from tests.cli.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
# Windows knows one way to end a process, which is this one.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
LOST = 0
"""The status of a request that got no answer."""
# Kept, and their connections with them: a race is about the server, not about who dials fastest.
_SENDERS = ThreadPoolExecutor(64)


@dataclass(frozen=True)
class Answer:
    """What came back: a status, JSON if there was any, and how long it took."""

    status: int
    said: Any
    seconds: float
    retry_after: str | None = None

    @property
    def told(self) -> str:
        """In one word: the status of what was done, or the reason why not."""
        if self.status == LOST:
            return "lost"
        return str(
            self.said.get("status", self.status)
            if self.status < 400
            else self.said.get("reason", self.status)
        )


@dataclass
class Server:
    """`pointsbank serve` over one data directory, at a port of its own, with a clock of its own."""

    data: Path
    url: str
    clock: float = 0.0
    flaws: Sequence[str] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    _own: local = field(default_factory=local)

    def start(self) -> float:
        """Start it and wait until it answers; says after how many seconds of its own (see `_own_seconds`)."""
        began = time.monotonic()
        self.set_clock(self.clock)
        words = [sys.executable, "-m", "tests.faults.doctored", "--clock", str(self.data / "clock")]
        words += [word for flaw in self.flaws for word in ("--flaw", flaw)]
        words += ["serve", "--data", str(self.data), "--port", str(self.port)]
        log = (self.data / "log").open("a")
        environ = os.environ | {"POINTSBANK_DATABASE_URL": self.url, "TEST_QUOTA": str(self.data / "quota")}
        # As on a village's machine, where Python keeps what it has once compiled.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        self._own = local()
        self.process = subprocess.Popen(words, cwd=ROOT, env=environ, stdout=log, stderr=log, text=True)
        log.close()
        while time.monotonic() < began + 60:
            if self.ask("GET", "/healthz").status == 200:
                return self._own_seconds(time.monotonic() - began)
            assert self.process.poll() is None, self.log()
            time.sleep(0.02)
        raise AssertionError("the server did not come up: " + self.log())

    def _own_seconds(self, seconds: float) -> float:
        """So many seconds without those in which it was ready to go on and others had the processor."""
        assert self.process
        waiting = Path(f"/proc/{self.process.pid}/schedstat")
        # Where the system does not count them they are the server's fault.
        return seconds - (int(waiting.read_text().split()[1]) / 1e9 if waiting.exists() else 0)

    def set_clock(self, seconds: float) -> None:
        """Set its clock so many seconds away from the machine's."""
        self.clock = seconds
        self.data.mkdir(parents=True, exist_ok=True)
        fresh = self.data / "clock.new"
        fresh.write_text(str(seconds))
        fresh.replace(self.data / "clock")

    def stop(self, how: int = KILL) -> int:
        """End it, and say with which status it ended."""
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(30)

    def log(self) -> str:
        """What it wrote on its console."""
        return (self.data / "log").read_text()

    def ask(self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str) -> Answer:
        """One request on this thread's own connection."""
        began = time.monotonic()
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        headers |= {} if body is None else {"Content-Type": "application/json"}
        try:
            connection = self._connection()
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            self._own.connection = None
            return Answer(LOST, {}, time.monotonic() - began)
        said = json.loads(text) if "json" in (response.headers["Content-Type"] or "") else {}
        return Answer(response.status, said, time.monotonic() - began, response.headers["Retry-After"])

    def _connection(self) -> http.client.HTTPConnection:
        """This thread's connection: a new one where the old one was idle so long that it may be closed."""
        idle = time.monotonic() - getattr(self._own, "used", float("-inf"))
        self._own.used = time.monotonic()
        if idle > 30 or getattr(self._own, "connection", None) is None:
            self._own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        found: http.client.HTTPConnection = self._own.connection
        return found


def at_once(asks: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Send all of these at the same moment, each from a thread of its own; answers in the same order."""
    start = Barrier(len(asks))

    def one(ask: Callable[[], Answer]) -> Answer:
        start.wait()
        return ask()

    return list(_SENDERS.map(one, asks))
