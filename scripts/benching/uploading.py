"""Hostile uploads beside tills: eight threads send what costs most while six tills scan, and without them.

The senders are a process of their own, lower in priority: elsewhere they would be other people's machines.
"""

import http.client
import io
import json
import os
import re
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from PIL import Image

from benching.redeeming import closing_database
from benching.rounds import Plan, tell
from benching.scene import COMMITTEE, START, Shop, open_shop, sqlite_file
from benching.serving import data_folder, http_client, our_server, serving
from pointsbank import roster, staff

TILLS, SENDERS, PASSWORD = 6, 8, "a long enough password"
_VILLAGE = "/v/ours"


def beside_tills(plan: Plan) -> None:
    """What tills wait, what memory the server and its child take, and what lies on the disk."""
    span = plan.some(6, 60)
    folder = data_folder(plan, "uploads")
    with closing_database(sqlite_file(folder, "pointsbank.sqlite3")) as database:
        shop = open_shop(database, code="ours", households=TILLS)
        token, codes = _people(shop)
        with serving(our_server(folder)) as (port, process):
            _settled(process)
            till = _till(port, token)
            _scans(till, codes, 1)
            alone, memory, disk = _watched(process, folder, lambda: _scans(till, codes, span))
            with _sending(port) as sent:
                beside, more_memory, more_disk = _watched(process, folder, lambda: _scans(till, codes, span))
    print(json.dumps({"figure": "hostile uploads answered", "by status": sent}), flush=True)
    tell("p95 of a scan beside hostile uploads, against alone", [(_p95(alone), _p95(beside))], "ms")
    tell("scans beside hostile uploads, against alone", [(len(alone), len(beside))], "of as many seconds")
    tell("peak memory beside hostile uploads, against alone", [(memory, more_memory)], "MB")
    tell("most on the disk beside hostile uploads, against alone", [(disk, more_disk)], "MB")


def _settled(process: int) -> None:
    """Wait until a server that has just started has loaded what it loads by and by."""
    known = [0.0]
    while len(known) < 10 or abs(known[-1] - known[-5]) > 1024:
        time.sleep(1)
        known.append(_resident(process))


def _people(shop: Shop) -> tuple[str, list[str]]:
    """Somebody with both roles, with a token of the API, and a card's code for each till."""
    named: dict[str, Any] = {"by": COMMITTEE, "at": START}
    hashed = staff.hash_password(PASSWORD)
    roles = [(shop.village, "clerk"), (shop.village, "committee")]
    with shop.database.writing() as session:
        staff.add(session, login="chen", password=hashed, name="陈", roles=roles, **named)
        token = staff.make_token(session, login="chen", **named)
        cards = roster.issue(session, village=shop.village, participants=None, **named)
        roster.hand_out(session, village=shop.village, cards=[card.id for card in cards], **named)
    return token, [card.token for card in cards]


def _till(port: int, token: str) -> Callable[[str, float], list[float]]:
    """A till that scans one card again and again until a moment, and says how long each took."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def scan(code: str, until: float) -> list[float]:
        connection, waits = http_client(port), []
        while time.perf_counter() < until:
            began = time.perf_counter()
            path = "/api/v1/villages/ours/card-scans"
            connection.request("POST", path, json.dumps({"code": code}), headers)
            answer = connection.getresponse()
            said = answer.read()
            waits.append(time.perf_counter() - began)
            if answer.status != 201:
                raise RuntimeError(said.decode())
            # A clerk does not scan without pause.
            time.sleep(0.05)
        return waits

    return scan


def _scans(till: Callable[[str, float], list[float]], codes: list[str], span: float) -> list[float]:
    """All tills at once."""
    until, waits = time.perf_counter() + span, []
    threads = [threading.Thread(target=lambda code=code: waits.extend(till(code, until))) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)] * 1000


def _watched(process: int, folder: Path, work: Callable[[], list[float]]) -> tuple[list[float], float, float]:
    """Do some work; the most memory of the server with its child, and the most in its uploads, meanwhile."""
    peaks, ends = [0.0, 0.0], threading.Event()

    def watch() -> None:
        while not ends.wait(0.02):
            peaks[0] = max(peaks[0], sum(_resident(one) for one in (process, *_children(process))))
            peaks[1] = max(peaks[1], sum(_size(file) for file in (folder / "uploads").glob("*")))

    watching = threading.Thread(target=watch)
    watching.start()
    done = work()
    ends.set()
    watching.join()
    return done, peaks[0] / 1024, peaks[1] / 1e6


def _resident(process: int) -> int:
    """KiB of memory, shared pages by halves; 0 where it has ended or this is not Linux.

    A child that has just been forked still shares all its parent's.
    """
    try:
        status = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"Pss:\s+(\d+)", status)
    return int(found[1]) if found else 0


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found += map(int, (task / "children").read_text("ascii").split())
        except OSError:
            continue
    return found


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0


@contextmanager
def _sending(port: int) -> Iterator[dict[str, int]]:
    """Send files until the block is left; its answers are counted by status."""
    command = [sys.executable, __file__, str(port)]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths}
    counts = dict[str, int]()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as senders:
        assert senders.stdin is not None and senders.stdout is not None
        senders.stdout.readline()
        yield counts
        senders.stdin.close()
        counts |= json.loads(senders.stdout.read())


def send_until_told(port: int) -> None:
    """Send one file after another by eight threads until the input ends; print the answers by status."""
    os.nice(5)
    files, ends, counts, lock = _files(), threading.Event(), Counter[str](), threading.Lock()

    senders = [_Sender(port, signed_in=number > 0) for number in range(SENDERS)]

    def send(number: int) -> None:
        for path, field, content in cycle(files[number % len(files) :] + files[: number % len(files)]):
            if ends.is_set():
                return
            status = str(senders[number].send(path, field, content))
            with lock:
                counts[status] += 1

    threads = [threading.Thread(target=send, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    print("sending", flush=True)
    sys.stdin.read()
    ends.set()
    for thread in threads:
        thread.join()
    print(json.dumps(counts))


class _Sender:
    """A browser that sends files: signed in, or a stranger."""

    def __init__(self, port: int, *, signed_in: bool) -> None:
        self._port, self._cookies, self._form_token = port, dict[str, str](), ""
        self._get("/sign-in")
        if signed_in:
            fields = f"login=chen&password={PASSWORD.replace(' ', '+')}&csrf_token={self._form_token}"
            self._ask("POST", "/sign-in", fields.encode(), "application/x-www-form-urlencoded")
            self._get(f"{_VILLAGE}/till")

    def send(self, path: str, field: str, content: bytes) -> int:
        """Send one file; the status of the answer, 0 where the server hung up."""
        edge = "-----edge"
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._form_token}\r\n',
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="f"\r\n\r\n',
        )
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        try:
            return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _get(self, path: str) -> None:
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self._ask("GET", path, b"", "")[1])
        self._form_token = found[1].decode() if found else self._form_token

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        connection = http_client(self._port)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection.request(method, path, body, {"Cookie": cookies} | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        said = answer.read()
        connection.close()
        return answer.status, said


def _files() -> list[tuple[str, str, bytes]]:
    """What costs most: address, field and content."""
    till, sheet = (f"{_VILLAGE}/till", "photo"), (f"{_VILLAGE}/goods/import", "file")
    noise = Image.effect_noise((1500, 1000), 60).resize((6000, 4000))
    return [
        (*till, _picture(noise.convert("RGB"), "JPEG", progressive=True)),
        (*sheet, _workbook(b"<row>" + b"<c><v>1</v></c>" * 900_000 + b"</row>")),
        (*till, _picture(Image.new("RGB", (6000, 4000), 190), "PNG")),
        (*sheet, b"\n" * 4_000_000),
        (*till, _picture(Image.new("RGB", (2300, 1900), 190), "WEBP")),
        (*sheet, b"," * 4_000_000),
        (*till, struct.pack(">I4s4s", 20, b"ftyp", b"heic") + bytes(12_000_000)),
        (*sheet, _workbook(b" " * 200_000_000)),
        (*till, _picture(noise.resize((16000, 12000)), "JPEG", quality=20)),
    ]


def _picture(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _workbook(rows: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"<workbook/>")
        file.writestr(
            "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
        )
    return out.getvalue()


if __name__ == "__main__":
    send_until_told(int(sys.argv[1]))
