"""Stands between a program and PostgreSQL, and ends the connection around COMMIT."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from pointsbank.database import Database
from scripts.cluster import Cluster

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The message of the protocol, for the word alone stands in many a statement."""


class Cut(StrEnum):
    """Where the connection ends."""

    NOWHERE = "nowhere"
    BEFORE = "before COMMIT reaches the server"
    AFTER = "after the server has answered COMMIT"
    AFTER_FOR_GOOD = "after the server has answered COMMIT, and nobody gets through any more"


class Relay:
    """Passes bytes on until a COMMIT comes that is to be cut, after those to be spared; cuts once."""

    def __init__(self, server: Path) -> None:
        self.cut = Cut.NOWHERE
        self.cuts = 0
        self.spared = 0
        self._server = server
        self._closed = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.cut is Cut.AFTER_FOR_GOOD and self.cuts:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self._server))
            answered = threading.Event()
            threading.Thread(target=self._ask, args=(client, server, answered), daemon=True).start()
            threading.Thread(target=self._answer, args=(client, server, answered), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, muted: threading.Event) -> None:
        """Pass on what the program says."""
        with suppress(OSError):
            while data := client.recv(65536):
                is_commit = COMMIT in data and self.cut is not Cut.NOWHERE and not self.cuts
                if is_commit and self.spared:
                    self.spared -= 1
                elif is_commit:
                    self.cuts += 1
                    if self.cut is Cut.BEFORE:
                        break
                    muted.set()
                server.sendall(data)
        _end(client if not muted.is_set() else None, server if not muted.is_set() else None)

    def _answer(self, client: socket.socket, server: socket.socket, muted: threading.Event) -> None:
        """Pass on what the server says, but for its answer to the COMMIT that was cut."""
        with suppress(OSError):
            while data := server.recv(65536):
                if muted.is_set():
                    break
                client.sendall(data)
        _end(client, server)


def _end(*ends: socket.socket | None) -> None:
    for end in ends:
        if end is not None:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def relayed(cluster: Cluster, database: Database) -> Iterator[tuple[Relay, Database]]:
    """The same database, reached through a relay."""
    relay = Relay(cluster.home / ".s.PGSQL.5432")
    name = database.engine.url.database
    options = "sslmode=disable&gssencmode=disable&connect_timeout=2"
    through = Database(f"postgresql+psycopg://postgres@127.0.0.1:{relay.port}/{name}?{options}")
    try:
        yield relay, through
    finally:
        through.dispose()
        relay.close()
