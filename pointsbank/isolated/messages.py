"""The messages between a process and its child: a kind, a length, a body."""

import struct
from typing import IO

_SIZE = struct.Struct(">cI")


def send(pipe: IO[bytes], kind: bytes, body: bytes) -> None:
    """Write one message: its kind, its length, its body."""
    pipe.write(_SIZE.pack(kind, len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one message; None when the other side has ended."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    kind, length = _SIZE.unpack(head)
    body = pipe.read(length)
    return (kind, body) if len(body) == length else None
