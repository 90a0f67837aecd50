"""A small village with a full shop, its people, and programs that speak for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from pointsbank import approvals, governing, ledger, market, roster, scoring, staff
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.spreadsheets import Table, read_table
from tests import builders
from tests.builders import NOW
from tests.staff.people import HASHED, LONG_AGO, give_factor, settle_in

SCHEME = """编号,类别,条目,方向,分值,最低,最高,单位,周期,上限,柜台登记,每日上限
A1,环境卫生,门前屋后干净,加分,5,,,,月,10
A2,公德美德,帮助邻里,加分,,5,10,,,
A3,公益事业,义务劳动,加分,2,,,小时,,,是,100
B1,环境卫生,乱倒垃圾,扣分,5,,,,,
"""

CAST = (
    ("li", "committee"),
    ("chen", "clerk"),
    ("zhao", "supervisor"),
    ("wu", "clerk"),
    ("county", "county"),
    ("admin", "admin"),
)


@dataclass
class Village:
    """What the tests need to know about the village: tokens by login, cards by household code."""

    app: Flask
    database: Database
    tokens: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def request_id(self) -> str:
        """A request id nobody used before."""
        return f"request-{next(self._numbers):06d}"

    def call(
        self, method: str, path: str, *, by: str | None = "chen", village: str = "chayuan", **options: Any
    ) -> Any:
        """What the API answers somebody's program."""
        headers = dict(options.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        # One application serves the villages of all tests, each from its own file.
        self.app.extensions["pointsbank_database"] = self.database
        client: FlaskClient = self.app.test_client()
        place = path if path.startswith(("/api/", "/static/")) else f"/api/v1/villages/{village}{path}"
        return client.open(place, method=method, headers=headers, **options)

    def confirm(self, approval: str, *, by: str = "zhao") -> str:
        """Confirm a request as on the page, from an own sign-in: no program can; return what was done."""
        with self.database.writing() as session:
            who = staff.by_login(session, login=by).id
            done = approvals.confirm(session, village="chayuan", approval=approval, by=who, at=NOW)
        return done.sentence

    def get(self, path: str, **options: Any) -> Any:
        """Look at something."""
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """Do something."""
        if body is not None:
            options["json"] = body
        return self.call("POST", path, **options)

    def scan(self, code: str = "0101", **options: Any) -> Any:
        """Scan a household's card."""
        return self.post("/card-scans", {"code": self.cards[code]}, **options)

    def sale(self, **changes: Any) -> dict[str, Any]:
        """A sale that would be made: one bar of soap to the first household."""
        sale = {
            "request_id": self.request_id(),
            "scan_ticket": self.scan().json["scan_ticket"],
            "confirmed": True,
            "lines": [{"goods": "G01", "quantity": 1, "points": 5}],
        }
        return {**sale, **changes}

    def holdings(self) -> tuple[Any, ...]:
        """All points, all stock and the length of the books: what a refusal must leave alone."""
        with self.database.reading() as session:
            balances = sorted(ledger.balances(session, village="chayuan").items())
            shelf = [(one.code, one.stock) for one in market.goods_list(session, village="chayuan", at=NOW)]
            posted = len(ledger.transactions(session, village="chayuan", limit=10_000))
        return balances, shelf, posted


def found(village: Village) -> None:
    """Found the village: households, balances, cards, goods, scheme, staff."""
    cast = builders.chayuan(village.database)
    cast.found_neighbour()
    table = read_table("scheme.csv", SCHEME.encode())
    with village.database.writing() as session:
        _people(session, village)
        _shop(session)
        scoring.import_scheme(
            session,
            village="chayuan",
            table=table,
            resolution="村民代表会议第1号决议",
            from_date=date(2026, 9, 1),
            by="li",
            at=NOW,
        )
        for login, role in CAST:
            place = {"county": None, "wu": "zhuyuan", "admin": None}.get(login, "chayuan")
            person = governing.add_staff(
                session, login=login, password=HASHED, name=login, roles=[(place, role)], by="li", at=LONG_AGO
            )
            settle_in(session, person)
            if place is None:
                give_factor(session, person)
            village.tokens[login] = staff.make_token(session, login=login, by=person.id, at=NOW)


def _people(session: Session, village: Village) -> None:
    """Points to spend for both called 王建国, and a card for everybody."""
    same = {"village": "chayuan", "by": "li", "at": NOW}
    balances = Table.of(["户号", "积分", "荣誉"], [["0101", "100", "100"], ["0102", "20.5", "20.5"]])
    roster.import_balances(session, table=balances, **same)
    issued = roster.issue(session, participants=None, **same)
    roster.hand_out(session, cards=[card.id for card in issued], **same)
    village.cards |= {card.participant.code: card.token for card in issued}


def _shop(session: Session) -> None:
    """Soap enough, and one bag of rice."""
    same = {"village": "chayuan", "by": "chen", "at": NOW}
    market.add_goods(session, code="G01", name="肥皂", spec="1块", points=whole(5), stock=30, **same)
    market.add_goods(session, code="G02", name="大米", spec="5公斤", points=whole(45), stock=1, **same)


def open_meeting(village: Village) -> str:
    """A meeting with two judges, opened by the committee."""
    body = {"held_on": "2026-09-01", "title": "九月评议会", "judges": ["周明", "吴芳"], "absentees": ["郑强"]}
    opened = village.post("/meetings", body, by="li")
    assert opened.status_code == 201 and opened.json["status"] == "open"
    return str(opened.json["id"])


def enter(village: Village, meeting: str, **changes: object) -> dict[str, object]:
    """One score entered in a meeting."""
    body = {
        "request_id": village.request_id(),
        "participant": "0201",
        "item": "A1",
        "occurred_on": "2026-09-01",
        # The same deed in another meeting is asked about.
        "confirmed": True,
    }
    entered = village.post(f"/meetings/{meeting}/scores", {**body, **changes}, by="li")
    assert entered.status_code in (200, 201), entered.text
    return dict(entered.json)


def posted(village: Village) -> str:
    """A score of two hours, posted."""
    meeting = open_meeting(village)
    score = str(enter(village, meeting, item="A3", quantity=2)["id"])
    notice = village.post(f"/meetings/{meeting}/close", by="li").json["id"]
    hung = village.post(f"/notices/{notice}/hangings", {"place": "村务公开栏"}, by="li")
    assert hung.status_code == 201, hung.text
    with later(4):
        settled = village.post(f"/notices/{notice}/settle", by="li")
    assert settled.status_code == 200, settled.text
    return score


def later(days: int) -> Any:
    """Let so many days pass for the web edge's clock."""
    return time_machine.travel(NOW + timedelta(days=days), tick=False)
