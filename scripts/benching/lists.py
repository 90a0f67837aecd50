"""Pages that show lists, with 100,000 rows behind each, and the finder over 3,000 households."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from typing import Any, NamedTuple

import time_machine
from flask.testing import FlaskClient
from sqlmodel import Session, SQLModel

from benching.redeeming import closing_database
from benching.rounds import Plan, spending
from benching.scene import COMMITTEE, PRICE, START, Shop, open_shop, sqlite_file
from pointsbank import governing, roster, scoring, staff
from pointsbank.config import Settings
from pointsbank.database import Database, execute, new_id, new_ids
from pointsbank.spreadsheets import Table
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
    "one notice": "/notices/{notice}",
    "notices": "/notices",
    "standings": "/lists/standings?month=2026-08",
    "sales": "/sales",
    "sales, searched": "/sales?household=w",
    "goods": "/goods",
    "stock": "/lists/stock?goods=M01",
    "scheme": "/scheme",
    "staff": "/staff",
}
FOUND = ("w", "wjg", "王", "wangjianguo", "H00500", "5", "组", "1组", "xyz")


def pages(plan: Plan) -> None:
    """Each page of a village with a long history, beside the same page of a village with nothing in it."""
    rows, times = plan.some(5_000, 100_000), plan.some(5, 40)
    with closing_database(sqlite_file(plan.folder, "lists.sqlite3")) as database:
        shop = open_shop(database, code="full", households=HOUSEHOLDS)
        open_shop(database, code="empty", households=1)
        places = _fill(shop, rows)
        for code in ("full", "empty"):
            _hire(database, code)
        database.analyze()
        with time_machine.travel(START + timedelta(days=40), tick=True):
            client = _signed_in(plan, database)
            empty = _p95(client, "/v/empty/lists", times)
            _line("an empty signed-in page", empty, empty, 0)
            for name, path in PAGES.items():
                ours = _p95(client, f"/v/full{path.format(**places)}", times)
                _line(name, ours, empty, rows)
            for query in FOUND:
                ours = _p95(client, f"/v/full/find?q={query}", times)
                _line(f"finder: {query}", ours, empty, HOUSEHOLDS)
                _line(f"finder alone: {query}", _found(shop, query, times), empty, HOUSEHOLDS)


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


def _p95(client: FlaskClient, path: str, times: int) -> Taken:
    """The median and the 95th percentile of an answer, in ms; the first one, which compiles, left out."""

    def once() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    once()
    return _percentiles([_spent(once) for _ in range(times)])


def _found(shop: Shop, query: str, times: int) -> Taken:
    """The same of the search alone."""

    def once() -> None:
        with shop.database.reading() as session:
            roster.find(session, village=shop.village, query=query)

    once()
    return _percentiles([_spent(once) for _ in range(times)])


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


def _fill(shop: Shop, rows: int) -> dict[str, str]:
    """Write so many scores, sales and stock moves as they would stand after years."""
    named: dict[str, Any] = {"village": shop.village, "by": COMMITTEE, "at": START}
    with shop.database.writing() as session:
        heads = ["编号", "类别", "条目", "方向", "分值"]
        adopted = {"resolution": "村民会议第1号决议", "from_date": date(2026, 1, 1)}
        scoring.import_scheme(session, table=Table.of(heads, _ITEMS), **adopted, **named)
        items = {one.code: one for one in scoring.items(session, village=shop.village, day=START.date())}
        table = SQLModel.metadata.tables
        meetings = [_meeting(session, table, shop, number) for number in range(MEETINGS)]
        each = rows // MEETINGS
        for number, meeting in enumerate(meetings):
            for some in _together(_scores(shop, meeting, items, number, list(new_ids(session, each)))):
                execute(session, table["score"].insert(), some)
            _close(session, table, shop, meeting, number, each)
        for some in _together(_sales(shop, rows)):
            execute(session, table["scan_ticket"].insert(), [one["ticket"] for one in some])
            execute(session, table["redemption"].insert(), [one["redemption"] for one in some])
            execute(session, table["stock_move"].insert(), [one["move"] for one in some])
    return {"meeting": meetings[-1], "notice": _notice(meetings[-1])}


def _notice(meeting: str) -> str:
    """The id of a meeting's notice."""
    return f"n{meeting[1:]}"


def _together(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield them by thousands."""
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == 5000:
            yield some
            some = []
    if some:
        yield some


def _meeting(session: Session, table: Any, shop: Shop, number: int) -> str:
    """Write a meeting that is still open; return its id."""
    meeting = new_id(session)
    held = date(2025, 5, 1) + timedelta(days=30 * number)
    row = {"village_id": shop.village, "id": meeting, "held_on": held, "title": f"{held:%Y年%m月}评议会"}
    execute(session, table["meeting"].insert(), [row | _OPENED])
    return meeting


_OPENED = {"minutes": "", "status": "open", "scores": 0, "opened_by": COMMITTEE, "opened_at": START}


def _scores(
    shop: Shop, meeting: str, items: dict[str, scoring.Item], number: int, ids: list[str]
) -> Iterator[dict[str, Any]]:
    """Yield the scores of one meeting, posted: nine in ten plus."""
    each = len(ids)
    for place in range(each):
        item = items["W02" if place % 10 == 9 else "W01"]
        points = -100 if place % 10 == 9 else 200
        person = shop.people[(place * 7 + number) % len(shop.people)]
        day = date(2025, 5, 1) + timedelta(days=30 * number)
        at = datetime(2025, 5, 1, 2, tzinfo=UTC) + timedelta(days=30 * number, seconds=place)
        yield {
            "village_id": shop.village,
            "id": ids[place],
            "meeting_id": meeting,
            "number": place + 1,
            "participant_id": person.id,
            "item_id": item.id,
            "item_code": item.code,
            "occurred_on": day,
            "quantity": None,
            "points": points,
            "counted_points": points,
            "counted_in": f"{day:%Y-%m}",
            "late": False,
            "note": "",
            "remark": "",
            "recused": "",
            "status": "posted",
            "entered_by": COMMITTEE,
            "entered_at": at,
            "posted_at": at,
            "log_index": 1_000_000 + number * each + place,
        }


def _close(session: Session, table: Any, shop: Shop, meeting: str, number: int, each: int) -> None:
    """Close a meeting, and let its notice be settled; the last one's still hangs."""
    here = table["meeting"].c
    closed = {"status": "closed", "scores": each, "closed_by": COMMITTEE, "closed_at": START}
    where = (here.village_id == shop.village, here.id == meeting)
    execute(session, table["meeting"].update().where(*where).values(**closed, log_index=number + 1))
    day = date(2025, 5, 2) + timedelta(days=30 * number)
    row = {"village_id": shop.village, "id": _notice(meeting), "meeting_id": meeting, "title": "公示"}
    row |= {"published_on": day, "published_at": START, "published_by": COMMITTEE}
    execute(session, table["notice"].insert(), [row | {"ends_on": day + timedelta(days=3), "status": "open"}])


def _sales(shop: Shop, rows: int) -> Iterator[dict[str, dict[str, Any]]]:
    """Yield sales of one piece each, with their tickets and stock moves."""
    for place in range(rows):
        person = shop.people[place * 11 % len(shop.people)]
        at = datetime(2025, 1, 1, 2, tzinfo=UTC) + timedelta(minutes=8 * place)
        own = {"village_id": shop.village, "id": f"r{place:015d}", "participant_id": person.id}
        ticket = own | {"id": f"t{place:015d}", "card_id": None, "typed": True, "scanned_by": COMMITTEE}
        sale = {
            "ticket_id": ticket["id"],
            "total": PRICE,
            "balance_after": PRICE,
            "log_index": 10_000 + place,
        }
        sale |= {"sold_on": at.date(), "sold_by": COMMITTEE, "sold_at": at, "second_check": "none"}
        move = {"village_id": shop.village, "goods_id": shop.goods_id, "position": place + 2}
        move |= {"kind": "redeemed", "quantity": -1, "stock_after": 999_999 - place, "note": ""}
        move |= {"redemption_id": own["id"], "price": PRICE, "moved_by": COMMITTEE, "moved_at": at}
        yield {
            "ticket": ticket | {"scanned_at": at, "expires_at": at},
            "redemption": own | sale,
            "move": move,
        }
