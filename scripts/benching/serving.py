"""Redemptions over HTTP from eight clients: our server against a bare one with the plain driver."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benching.redeeming import closing_database, postgresql_database
from benching.rounds import Plan, tell
from benching.scene import COMMITTEE, GOODS, START, Shop, open_shop, request_id, sqlite_file
from pointsbank import governing, staff
from pointsbank.database import Database

CLIENTS = 8


def on_sqlite(plan: Plan) -> None:
    """At a file, where tills queue for its one writer."""
    folder = data_folder(plan, "served")
    with closing_database(sqlite_file(folder, "pointsbank.sqlite3")) as database:
        _over_http(plan, "SQLite", database, folder)


def on_postgresql(plan: Plan) -> None:
    """At a server."""
    with postgresql_database(plan) as database:
        _over_http(plan, "PostgreSQL", database, data_folder(plan, "served-postgresql"))


def data_folder(plan: Plan, name: str) -> Path:
    """A data directory as `pointsbank serve` wants it."""
    folder = plan.folder / name
    folder.mkdir(mode=0o700)
    return folder


def _over_http(plan: Plan, kind: str, database: Database, folder: Path) -> None:
    """Rates, and what half and all but one in a hundred clients wait at most."""
    each, rounds = plan.some(8, 60), plan.rounds + 1
    shops = [open_shop(database, code=code, households=200) for code in ("limit", "ours")]
    for shop in shops:
        shop.prepare(each * CLIENTS * rounds)
    token = _token(shops[1])
    told: dict[str, list[tuple[float, float]]] = {"rate": [], "p50": [], "p99": []}
    url = database.engine.url.render_as_string(hide_password=False)
    with _served(_bare(url, shops[0])) as bare, _served(our_server(folder), url) as ours:
        for number in range(rounds):
            theirs = _sold(bare, "/", "", shops[0], each)
            mine = _sold(ours, "/api/v1/villages/ours/redemptions", token, shops[1], each)
            if number:
                for name, pair in zip(told, zip(theirs, mine, strict=True), strict=True):
                    told[name].append(pair)
    tell(f"redemption over HTTP, {kind}, 8 clients", told["rate"], "/s")
    tell(f"redemption over HTTP, {kind}, 8 clients, p50", told["p50"], "ms")
    tell(f"redemption over HTTP, {kind}, 8 clients, p99", told["p99"], "ms")


def _token(shop: Shop) -> str:
    """A clerk's token for the API."""
    named: dict[str, Any] = {"login": "chen", "by": COMMITTEE, "at": START}
    hashed = staff.hash_password("a long enough password")
    with shop.database.writing() as session:
        roles = [(shop.village, "clerk")]
        chen = governing.add_staff(session, password=hashed, name="陈", roles=roles, **named)
        staff.change_password(session, staff=chen.id, password=hashed, by=chen.id, at=START)
        # It ends by the real clock, which the server reads.
        return staff.make_token(session, **named | {"at": datetime.now(UTC)})


def _bare(url: str, shop: Shop) -> list[str]:
    """How to start the limit; the port follows."""
    script = Path(__file__).with_name("bare_server.py")
    return [sys.executable, str(script), url, shop.village, shop.goods_id]


def our_server(folder: Path) -> list[str]:
    """How to start ours; the port follows."""
    return [sys.executable, "-m", "pointsbank", "serve", "--data", str(folder), "--port"]


@contextmanager
def _served(command: list[str], url: str = "") -> Iterator[int]:
    """A server on a free port, stopped in the end."""
    with serving(command, url) as (port, _):
        yield port


@contextmanager
def serving(command: list[str], url: str = "") -> Iterator[tuple[int, int]]:
    """A server on a free port, stopped in the end: its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": root} | ({"POINTSBANK_DATABASE_URL": url} if url else {})
    server = subprocess.Popen([*command, str(port)], cwd=root, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    """Until somebody listens."""
    for _ in range(1200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")


def _sold(port: int, path: str, token: str, shop: Shop, each: int) -> tuple[float, float, float]:
    """Sales a second by eight clients, and the times they waited: p50, p99 in ms."""
    shares = [[next(shop.scans) for _ in range(each)] for _ in range(CLIENTS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        waited = sorted(
            wait
            for waits in clients.map(lambda share: _client(port, path, token, share), shares)
            for wait in waits
        )
    spent = time.perf_counter() - began
    return len(waited) / spent, median(waited) * 1000, waited[int(len(waited) * 0.99)] * 1000


def _client(port: int, path: str, token: str, scans: list[Any]) -> list[float]:
    """One till: a connection kept open, one sale after another."""
    connection = http_client(port)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    waits = []
    for ticket, person, _ in scans:
        body = {
            "request_id": request_id(),
            "scan_ticket": ticket,
            "confirmed": True,
            "lines": [{"goods": GOODS, "quantity": 1, "points": 2}],
        }
        body |= {"participant": person} if path == "/" else {}
        began = time.perf_counter()
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        said = answer.read()
        waits.append(time.perf_counter() - began)
        if answer.status != 201:
            raise RuntimeError(said.decode())
    connection.close()
    return waits


def http_client(port: int) -> http.client.HTTPConnection:
    """A connection to a server on this machine."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)
