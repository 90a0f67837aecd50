"""A server as a process of its own, for tests: a free port, and waiting until it answers."""

import socket
import time
from urllib.error import URLError
from urllib.request import urlopen


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_up(port: int) -> None:
    """Wait until /healthz answers."""
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")
