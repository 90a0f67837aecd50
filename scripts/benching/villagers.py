"""What villagers, passers-by and the reception wait for while eight tills sell: `villagers.py` sells.

A village of 100,000 postings on the running server; the tills are a process of their own, each with a pause
after a sale. What counts is the time that the server takes, beside an empty signed-in page of the same run.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from benching import years
from benching.lists import HOUSEHOLDS, OPEN, OWN, PASSWORD, _hire, _visit
from benching.redeeming import closing_database
from benching.rounds import Plan
from benching.scene import COMMITTEE, PRICE, Shop, open_shop, request_id, sqlite_file
from benching.serving import data_folder, http_client, serving
from benching.years import NOW
from pointsbank import governing, market, staff

TILLS = 8
PAUSE = 0.5
"""Seconds after a sale: eight tills so sell a thousand times a minute, a market day of a township."""
SOAP = "M02"
EMPTY = "/v/empty/lists"
STAFF = {"who stands at the reception": "/v/full/reception/{code}"}
SEALED = {
    "a closed month": "/months/{drawn}",
    "closed months": "/months",
    "an entry's proof": "/proofs/2000",
}


def beside_tills(plan: Plan) -> None:
    """Each page in turn with the empty one, while eight tills sell."""
    rows, times = plan.some(5_000, 100_000), plan.some(20, 200)
    folder = data_folder(plan, "villagers")
    named: dict[str, Any] = {"village": "full", "by": COMMITTEE, "at": NOW}
    with closing_database(sqlite_file(folder, "pointsbank.sqlite3")) as database:
        shop = open_shop(database, code="full", households=HOUSEHOLDS)
        open_shop(database, code="empty", households=1)
        places = years.fill(shop, rows)
        _hire(database, "full")
        token = _clerk(shop)
        with database.writing() as session:
            # Of salt more was sold, in bulk, than its stock knows of.
            market.add_goods(session, code=SOAP, name="肥皂", points=PRICE, stock=1_000_000, **named)
        cookie = f"pointsbank_card={_visit(shop, places['code'], at=NOW)}"
        addresses = {name: path.format(**places) for name, path in (OWN | STAFF).items()}
        addresses |= {name: f"/open/full{path.format(**places)}" for name, path in (OPEN | SEALED).items()}
        sales = int(plan.some(60, 900) / PAUSE) * TILLS
        shop.prepare(sales)
        # The card of the thick file is a new one.
        own = shop.people[years.THICK].id
        scans = [ticket for ticket, person, _ in (next(shop.scans) for _ in range(sales)) if person != own]
        database.analyze()
        command = [sys.executable, str(Path(__file__).with_name("server_at.py")), NOW.isoformat()]
        with serving([*command, "serve", "--data", str(folder), "--port"]) as (port, _):
            time.sleep(15)  # until what is loaded later is loaded, and what was due is done
            client = Visitor(port, cookie)
            _told(client, "alone", addresses, times)
            with _selling(port, token, scans) as tills:
                _told(client, "beside 8 tills", addresses, times)
            print(json.dumps({"figure": "villagers: the tills meanwhile", **tills}), flush=True)


def _clerk(shop: Shop) -> str:
    """A clerk's token for the API, as the server's clock has it."""
    named: dict[str, Any] = {"login": "chen", "by": COMMITTEE, "at": NOW}
    hashed = staff.hash_password(PASSWORD)
    with shop.database.writing() as session:
        made = governing.add_staff(
            session, password=hashed, name="陈", roles=[(shop.village, "clerk")], **named
        )
        staff.change_password(session, staff=made.id, password=hashed, by=made.id, at=NOW)
        return staff.make_token(session, **named)


class Visitor:
    """A browser that looks at pages: signed in, and with a household's card."""

    def __init__(self, port: int, cookie: str) -> None:
        """Sign in."""
        self._connection, self._cookies = http_client(port), [cookie]
        drawn = self._ask("GET", "/sign-in").decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', drawn)
        fields = {"login": "sun.full", "password": PASSWORD, "csrf_token": token[1] if token else ""}
        self._ask("POST", "/sign-in", urlencode(fields))

    def look(self, address: str) -> list[float]:
        """Open a page: for how many milliseconds the server had it, and the processor of them."""
        self._ask("GET", address)
        return self._took

    def _ask(self, method: str, address: str, body: str | None = None) -> bytes:
        headers = {"Cookie": "; ".join(self._cookies)}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        given = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", [])]
        names = {one.partition("=")[0] for one in given}
        self._cookies = [one for one in self._cookies if one.partition("=")[0] not in names] + given
        self._took = [float(one) for one in answer.headers["X-Took"].split()]
        said = answer.read()
        if answer.status not in (200, 303):
            raise RuntimeError((address, answer.status))
        return said


def _told(client: Visitor, when: str, addresses: dict[str, str], times: int) -> None:
    """One JSON line for each page, the empty page in turn with it."""
    for name, address in addresses.items():
        ours, empty = [], []
        for _ in range(times + 1):
            empty.append(client.look(EMPTY))
            ours.append(client.look(address))
        line: dict[str, object] = {"figure": f"villagers: {name}, {when}", "unit": "ms"}
        for label, looks in (("", ours[1:]), ("empty ", empty[1:])):
            server, busy = ([one[n] for one in looks] for n in (0, 1))
            line |= {f"{label}p50": round(median(server), 1), f"{label}p95": _p95(server)}
            line[f"{label}p95 of the processor"] = _p95(busy)
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _p95(taken: list[float]) -> float:
    return round(sorted(taken)[int(len(taken) * 0.95)], 1)


@contextmanager
def _selling(port: int, token: str, scans: list[str]) -> Iterator[dict[str, object]]:
    """Let eight tills sell until the block is left; then what they say is in the dict."""
    said: dict[str, object] = {}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, __file__, str(port), token]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as tills:
        assert tills.stdin is not None
        assert tills.stdout is not None
        tills.stdin.write(json.dumps(scans) + "\n")
        tills.stdin.flush()
        time.sleep(2)
        try:
            yield said
        finally:
            tills.stdin.close()
            said |= json.loads(tills.stdout.read())


def sell(port: int, token: str) -> None:
    """Sell with eight tills until the input ends, and say how long a sale took."""
    scans, ended = iter(json.loads(sys.stdin.readline())), list[bool]()
    with ThreadPoolExecutor(TILLS) as pool:
        waited = [pool.submit(_till, port, token, scans, ended) for _ in range(TILLS)]
        sys.stdin.read()
        ended.append(True)
        waits = sorted(wait for one in waited for wait in one.result())
    print(json.dumps({"sales": len(waits), "p50": round(median(waits), 1), "p95": _p95(waits)}))


def _till(port: int, token: str, scans: Iterator[str], ended: list[bool]) -> list[float]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection, waits = http_client(port), []
    for ticket in scans:
        if ended:
            break
        lines = [{"goods": SOAP, "quantity": 1, "points": 2}]
        body = {"request_id": f"{request_id()}-{ticket}", "scan_ticket": ticket, "confirmed": True}
        began = time.perf_counter()
        connection.request(
            "POST", "/api/v1/villages/full/redemptions", json.dumps(body | {"lines": lines}), headers
        )
        answer: http.client.HTTPResponse = connection.getresponse()
        said = answer.read()
        waits.append((time.perf_counter() - began) * 1000)
        if answer.status != 201:
            raise RuntimeError(said.decode())
        time.sleep(PAUSE)
    return waits


if __name__ == "__main__":
    sell(int(sys.argv[1]), sys.argv[2])
