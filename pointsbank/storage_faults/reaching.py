"""Walks the way to a PostgreSQL server once more, to say where it ends: name, port, first answer.

A connection that fails leaves no code behind, only words in the server's language. But the server's first
answer carries a code, if it refuses before it asks for a password, and that answer can be read by hand: a
start packet is the version, names and values, each ended by a zero byte; a refusal is an `E`, a length, and
fields of one letter each, of which `C` is the SQLSTATE (PostgreSQL's documentation, "Message Formats").
"""

import socket
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import URL

_PORT = 5432
_SECONDS = 5.0
_VERSION = (3 << 16).to_bytes(4, "big")
_LARGEST = 10_000


class Reached(StrEnum):
    """How far one comes."""

    NO_HOST = "no host"
    SILENT = "silent"
    ANSWERED = "answered"


def reach(url: URL) -> tuple[Reached, str]:
    """Return how far one comes to the server, and the SQLSTATE with which it refuses; "" if it does not.

    Waits 5 seconds at most for each of the hosts.
    """
    given = url.query.get("host") or url.host or "localhost"
    ports = str(url.query.get("port") or url.port or _PORT).split(",")
    hosts = (given if isinstance(given, str) else ",".join(given)).split(",")
    found = [
        _reach_one(host, int(ports[min(place, len(ports) - 1)]), url) for place, host in enumerate(hosts)
    ]
    # The best of several hosts is what the driver would have used.
    return max(found, key=lambda one: list(Reached).index(one[0]))


def _reach_one(host: str, port: int, url: URL) -> tuple[Reached, str]:
    try:
        connection = _connect(host, port)
    except (socket.gaierror, UnicodeError):
        return Reached.NO_HOST, ""
    except OSError:
        return Reached.SILENT, ""
    with closing(connection):
        try:
            connection.sendall(_start_packet(url))
            return Reached.ANSWERED, _first_refusal(connection)
        except OSError:
            return Reached.ANSWERED, ""


def _connect(host: str, port: int) -> socket.socket:
    """Connect to a host, or to the socket in a folder."""
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=_SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(_SECONDS)
    try:
        connection.connect(str(Path(host, f".s.PGSQL.{port}")))
    except OSError:
        connection.close()
        raise
    return connection


def _start_packet(url: URL) -> bytes:
    names = {"user": url.username or "postgres", "database": url.database or url.username or "postgres"}
    pairs = b"".join(f"{name}\0{value}\0".encode() for name, value in names.items())
    body = _VERSION + pairs + b"\0"
    return (len(body) + 4).to_bytes(4, "big") + body


def _first_refusal(connection: socket.socket) -> str:
    """Return the SQLSTATE with which the server ends the conversation; "" once it asks for a password."""
    with connection.makefile("rb") as answers:
        while head := answers.read(5):
            kind, length = head[:1], int.from_bytes(head[1:5], "big") - 4
            if not 0 <= length <= _LARGEST:
                return ""
            body = answers.read(length)
            if kind == b"E":
                return next((field[1:].decode() for field in body.split(b"\0") if field[:1] == b"C"), "")
            # Authentication request: 0 means that none is needed, and that more will follow.
            if kind == b"Z" or (kind == b"R" and int.from_bytes(body[:4], "big")):
                return ""
    return ""
