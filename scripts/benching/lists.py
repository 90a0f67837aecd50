"""Pages that show lists, with 100,000 rows behind each, and the finder over 3,000 households."""

import gc
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any, NamedTuple

import time_machine
from flask.testing import FlaskClient

from benching import years
from benching.redeeming import closing_database
from benching.rounds import Plan, spending
from benching.scene import COMMITTEE, START, Shop, open_shop, request_id, sqlite_file
from benching.years import NOW
from pointsbank import card_visits, governing, ledger, roster, staff
from pointsbank import lists as known_lists
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.web.app import create_app

HOUSEHOLDS = 3_000
PASSWORD = "a long enough password"
MEETINGS = 16
_ITEMS = [["W01", "卫生", "门前整洁", "加分", "2"], ["W02", "卫生", "乱倒垃圾", "扣分", "1"]]

PAGES = {
    "home": "",
    "roster": "/roster",
    "roster, searched": "/roster?q=w",
    "roster, by points": "/roster?sort=-points",
    "one meeting's scores": "/meetings/{meeting}",
    "one meeting's scores, searched": "/meetings/{meeting}?household=w",
    "meetings": "/meetings",
    "all scores": "/lists/scores",
    "all scores, contested": "/lists/scores?status=contested",
    "all scores, searched": "/lists/scores?household=w",
    "one notice": "/notices/{notice}",
    "one notice, searched": "/notices/{notice}?household=w",
    "notices": "/notices",
    "standings": "/lists/standings?month={month}",
    "sales": "/sales",
    "sales, searched": "/sales?household=w",
    "goods": "/goods",
    "stock": "/lists/stock?goods=M01",
    "scheme": "/scheme",
    "staff": "/staff",
    "months": "/boards",
    "a month's board": "/boards/{month}",
    "a thick file": "/roster/{code}",
    "who stands at the reception, of a thick file": "/reception/{code}",
    "a month's text for the loudspeaker": "/boards/{month}/loudspeaker",
    "questions": "/questions",
    "titles": "/titles",
    "spot checks": "/spot-checks",
    "a month's spot check": "/spot-checks/{drawn}",
    "approvals": "/approvals",
    "log": "/log",
    "oversight": "/oversight",
}
"""Pages that show a list or more, or count what waits; every list has its own page besides."""
OWN = {
    "a household's own page": "/mine",
    "a household's own statement": "/mine/statement",
    "own statement of a month": "/mine/statement?month={month}&unit=honour",
}
"""Pages of a visit by card, of the household with the thick file."""
OPEN = {
    "public board": "",
    "public notice": "/notices/{notice}",
    "public notice, last group": "/notices/{notice}?group=20",
    "public rules": "/rules",
    "public prices": "/prices",
    "public openness": "/openness",
    "public questions": "/questions",
    "a month's public spot check": "/spot-checks/{drawn}",
    "how to object": "/objecting",
}
"""Pages of the public board, which nobody signs in for."""
NEEDS = {name: name for name in ("meeting", "notice", "code", "batch", "walk", "table", "period", "year")}
"""What lists are of (`List.needs`), and which part of `years.fill`'s answer it is."""
FOUND = ("w", "wjg", "王", "wangjianguo", "H00500", "5", "组", "1组", "xyz")


def pages(plan: Plan) -> None:
    """Each page of a village with a long history, beside the same page of a village with nothing in it."""
    rows, times = plan.some(5_000, 100_000), plan.some(5, 40)
    with closing_database(sqlite_file(plan.folder, "lists.sqlite3")) as database:
        shop = open_shop(database, code="full", households=HOUSEHOLDS)
        open_shop(database, code="empty", households=1)
        places = years.fill(shop, rows)
        for code in ("full", "empty"):
            _hire(database, code)
        database.analyze()
        with time_machine.travel(NOW, tick=True):
            client = _signed_in(plan, database)
            _as_a_server_does()
            client.set_cookie("pointsbank_card", _visit(shop, places["code"]), domain="localhost")
            # First: a visit by card lasts a quarter of an hour.
            addresses = dict(OWN)
            addresses |= {name: f"/v/full{path}" for name, path in (PAGES | _every_list()).items()}
            addresses |= {name: f"/open/full{path}" for name, path in OPEN.items()}
            for name, path in addresses.items():
                address = path.format(**places)
                _line(name, *_beside(client, lambda: _get(client, address), times), rows)  # noqa: B023 - called at once
                written = _beside(client, lambda: _get(client, address), times // 2, lambda: _write(shop))  # noqa: B023
                _line(f"{name}, after a write", *written, rows)
            for query in FOUND:
                found = _beside(client, lambda: _get(client, f"/v/full/find?q={query}"), times)  # noqa: B023
                _line(f"finder: {query}", *found, HOUSEHOLDS)
                alone = _beside(client, lambda: _find(shop, query), times)  # noqa: B023
                _line(f"finder alone: {query}", *alone, HOUSEHOLDS)


def _visit(shop: Shop, code: str, *, at: datetime | None = None) -> str:
    """A household's card is scanned: the secret of its telephone's cookie."""
    named: dict[str, Any] = {"village": shop.village, "by": COMMITTEE, "at": NOW}
    with shop.database.writing() as session:
        who = roster.by_code(session, village=shop.village, code=code)
        [card] = roster.issue(session, participants=[who.id], **named)
        roster.hand_out(session, cards=[card.id], **named)
        secret = card_visits.begin(session, text=card.token, at=at or datetime.now(UTC))
    assert secret is not None
    return secret


def _every_list() -> dict[str, str]:
    """Return the address of every list there is, by its name."""
    return {
        f"list {one.name}": f"/lists/{one.name}" + "".join(f"?{need}={{{NEEDS[need]}}}" for need in one.needs)
        for one in known_lists.every()
    }


def _as_a_server_does() -> None:
    """Keep what was loaded out of the collector's way, as `pointsbank serve` does."""
    gc.collect()
    gc.freeze()


def _write(shop: Shop) -> None:
    """Write in the village, points for one household: what was kept of it is good no more."""
    with shop.database.writing() as session:
        gift = years.award(shop, 0, request_id())
        ledger.post(session, [gift], village=shop.village, by=COMMITTEE, at=NOW)


class Taken(NamedTuple):
    """What an answer takes, in ms: half and nineteen of twenty by the clock, and half on the processor."""

    p50: float
    p95: float
    cpu: float


def _line(figure: str, ours: Taken, empty: Taken, rows: int) -> None:
    """One JSON line: the page, and beside it the empty page of the same run."""
    line: dict[str, object] = {"figure": f"page: {figure}", **ours._asdict(), "unit": "ms", "rows": rows}
    line |= {"empty p95": empty.p95, "empty cpu": empty.cpu}
    ratios = {"ratio p95": round(ours.p95 / empty.p95, 2), "ratio cpu": round(ours.cpu / empty.cpu, 2)}
    print(json.dumps(line | ratios, ensure_ascii=False), flush=True)


def _get(client: FlaskClient, path: str) -> None:
    """Open a page."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)


def _find(shop: Shop, query: str) -> None:
    """Search, without the page around it."""
    with shop.database.reading() as session:
        roster.find(session, village=shop.village, query=query)


def _beside(
    client: FlaskClient, work: Callable[[], None], times: int, before: Callable[[], None] = lambda: None
) -> tuple[Taken, Taken]:
    """What some work takes, and an empty signed-in page in turn with it: both have the same neighbours.

    `before` is called before each, and not measured; nor is the first of each, which compiles.
    """
    ours, empty = [], []
    for _ in range(times + 1):
        empty.append(_spent(lambda: _get(client, "/v/empty/lists")))
        before()
        ours.append(_spent(work))
    return _percentiles(ours[1:]), _percentiles(empty[1:])


def _spent(work: Callable[[], None]) -> tuple[float, float]:
    """How long some work takes by the clock, and on the processor: a busy machine changes only the first."""
    with spending() as spent:
        work()
    return spent.wall * 1000, spent.cpu * 1000


def _percentiles(taken: list[tuple[float, float]]) -> Taken:
    """The median and the 95th percentile by the clock, and the median on the processor."""
    wall = quantiles([one for one, _ in taken], n=20, method="inclusive")
    return Taken(round(wall[9], 2), round(wall[18], 2), round(median(cpu for _, cpu in taken), 2))


def _hire(database: Database, code: str) -> None:
    """An administrator who may open every page."""
    hashed = staff.hash_password(PASSWORD)
    with database.writing() as session:
        named: dict[str, Any] = {"login": f"sun.{code}", "name": "孙", "by": COMMITTEE, "at": START}
        roles = [("full", "admin"), ("empty", "admin")]
        made = governing.add_staff(session, password=hashed, roles=roles, **named)
        staff.change_password(session, staff=made.id, password=hashed, by=made.id, at=START)


def _signed_in(plan: Plan, database: Database) -> FlaskClient:
    """A browser at the site, signed in."""
    settings = Settings(
        data_dir=plan.folder, database_url="", public_url="http://bench.test", secret_key="k" * 43
    )
    app = create_app(settings, database)
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").get_data(as_text=True))
    given = {"login": "sun.full", "password": PASSWORD, "csrf_token": token[1] if token else ""}
    answer = client.post("/sign-in", data=given)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client
