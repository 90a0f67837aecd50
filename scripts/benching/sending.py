"""Sends files to a server as browsers do, until its input ends: `sending.py PORT SENDERS FOLDER NAME…`.

The senders are a process of their own, lower in priority: elsewhere they would be other people's machines.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from benching import hostile
from benching.hostile import VILLAGE, File
from benching.serving import http_client

SENDERS, PASSWORD = 8, "a long enough password"


class Sender:
    """A browser that sends files: signed in, or a stranger."""

    def __init__(self, port: int, *, signed_in: bool = True) -> None:
        """Open it, and sign in."""
        self._port, self._cookies, self._form_token = port, dict[str, str](), ""
        self._get("/sign-in")
        if signed_in:
            fields = f"login=chen&password={PASSWORD.replace(' ', '+')}&csrf_token={self._form_token}"
            self._ask("POST", "/sign-in", (fields.encode(),), "application/x-www-form-urlencoded")
            self._get(f"{VILLAGE}/till")

    def send(self, path: str, field: str, content: bytes) -> int:
        """Send one file; the status of the answer, 0 where the server hung up."""
        edge = "-----edge"
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._form_token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="f"\r\n\r\n'.encode(),
            content,
            f"\r\n--{edge}--\r\n".encode(),
        )
        try:
            return self._ask("POST", path, parts, f"multipart/form-data; boundary={edge}")[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _get(self, path: str) -> None:
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self._ask("GET", path)[1])
        self._form_token = found[1].decode() if found else self._form_token

    def _ask(self, method: str, path: str, parts: Sequence[bytes] = (), kind: str = "") -> tuple[int, bytes]:
        connection = http_client(self._port)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if parts:
            headers |= {"Content-Type": kind, "Content-Length": str(sum(map(len, parts)))}
        # In parts: what a sender spends on putting them together, a server's tills would miss.
        connection.request(method, path, parts or None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        said = answer.read()
        connection.close()
        return answer.status, said


@dataclass
class Sent:
    """What became of the files: answers by status, 0 for none, and by file the longest wait for a refusal.

    Seconds, from the first byte that was sent to the last of the answer.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)


@contextmanager
def sending(port: int, names: Sequence[str], folder: Path, *, senders: int = SENDERS) -> Iterator[Sent]:
    """Send files until the block is left, one of the senders as a stranger; `folder` keeps the files."""
    command = [sys.executable, __file__, str(port), str(senders), str(folder), *names]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths}
    sent = Sent()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()
        yield sent
        process.stdin.close()
        vars(sent).update(json.loads(process.stdout.read()))


def _send_until_told(port: int, senders: int, folder: Path, names: Sequence[str]) -> None:
    """Send one file after another by so many threads until the input ends; print what became of them."""
    os.nice(19)
    files = [(name, hostile.file(name, folder)) for name in names]
    ends, counts, longest, lock = threading.Event(), Counter[str](), Counter[str](), threading.Lock()
    browsers = [Sender(port, signed_in=senders == 1 or number > 0) for number in range(senders)]

    def send(number: int) -> None:
        start = number % len(files)
        for name, each in cycle([*files[start:], *files[:start]]):
            if ends.is_set():
                return
            began = time.perf_counter()
            status, spent = _sent(browsers[number], each), time.perf_counter() - began
            with lock:
                counts[str(status)] += 1
                # 303 leads on: that table was taken, or a stranger is asked to sign in.
                if status != 303:
                    longest[name] = max(longest[name], spent)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(senders)]
    for thread in threads:
        thread.start()
    print("sending", flush=True)
    sys.stdin.read()
    ends.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"statuses": counts, "longest": longest}))


def _sent(browser: Sender, each: File) -> int:
    return browser.send(*each)


if __name__ == "__main__":
    _send_until_told(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
