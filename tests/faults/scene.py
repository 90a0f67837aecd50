"""茶源村 with a shop that is served over HTTP: cards for all, tokens for staff, a till to sell at."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from sqlalchemy import func, select, update

from pointsbank import governing, ledger, market, proof, roster, scoring, staff
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.models import LogEntryRow, RequestRow
from pointsbank.market import scanning
from pointsbank.market.models import GoodsRow, RedemptionRow
from pointsbank.points import Points, whole
from pointsbank.spreadsheets import read_table
from pointsbank.staff.models import ApiTokenRow
from tests.builders import HOUSEHOLDS, NEIGHBOUR, NOW, VILLAGE
from tests.faults.served import Answer, Server, at_once
from tests.market.shop import Shop, open_shop, stock_differences
from tests.staff.people import HASHED, settle_in

STAFF = {
    "chen": (VILLAGE, "clerk"),
    "qian": (VILLAGE, "clerk"),
    "li": (VILLAGE, "committee"),
    "gu": (NEIGHBOUR, "clerk"),
}
SCHEME = "编号,类别,条目,方向,分值,单位\nA1,环境卫生,门前屋后干净,加分,5,\nA3,公益事业,义务劳动,加分,2,小时\n"
ENOUGH = 10**9
DAYS_LATER = 5
API = "/api/v1/villages/"


@dataclass
class Scene:
    """The village in one database, and the server over it; its clock stands five days after the founding."""

    shop: Shop
    server: Server
    tokens: dict[str, str] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))
    _unspent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _shelves: dict[Points, list[str]] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The test's own way into the database."""
        return self.shop.database

    @property
    def now(self) -> datetime:
        """What the server's clock shows."""
        return datetime.fromtimestamp(time.time() + self.server.clock, UTC)

    @property
    def households(self) -> list[roster.Participant]:
        """Everybody who can buy something."""
        return [getattr(self.shop.village, part) for part in HOUSEHOLDS]

    @property
    def rich(self) -> list[roster.Participant]:
        """Those whose last points no race is about."""
        return [who for who in self.households if who not in (self.shop.wang, self.shop.village.zeng)]

    def request_id(self) -> str:
        """A request id nobody has used."""
        return f"fault-{next(self._numbers):08d}"

    def post(
        self, path: str, body: Any, *, by: str = "chen", village: str = VILLAGE, **headers: str
    ) -> Answer:
        """Do something through the API."""
        return self.server.ask("POST", f"{API}{village}{path}", body, token=self.tokens[by], **headers)

    def get(self, path: str, *, by: str = "chen") -> Answer:
        """Look at something through the API."""
        return self.server.ask("GET", f"{API}{VILLAGE}{path}", token=self.tokens[by])

    def scan(self, who: roster.Participant) -> str:
        """The ticket of a scan made over HTTP."""
        answer = self.post("/card-scans", {"code": self.shop.cards[who.id].token})
        assert answer.status == 201, answer
        return str(answer.said["scan_ticket"])

    def tickets(self, people: Sequence[roster.Participant]) -> list[str]:
        """Scans of these households, made in one go; those that a refusal has left unspent come first."""
        found = [self._unspent[who.id].pop() if self._unspent[who.id] else "" for who in people]
        with self.database.writing() as session:
            common: dict[str, Any] = {"village": VILLAGE, "by": "chen", "at": self.now}
            return [
                ticket or scanning.scan(session, text=self.shop.cards[who.id].token, **common).scan_ticket
                for ticket, who in zip(found, people, strict=True)
            ]

    def all_buy(
        self, people: Sequence[roster.Participant], goods: Sequence[str], points: float
    ) -> list[Answer]:
        """Each buys one piece of their goods, all at the same moment."""
        tickets = self.tickets(people)
        answers = at_once([self.sale(*sale, points) for sale in zip(tickets, goods, strict=True)])
        for who, ticket, answer in zip(people, tickets, answers, strict=True):
            self._unspent[who.id] += [ticket] if answer.status == 409 else []
        return answers

    def basket(self, ticket: str, goods: str, points: float, **changes: Any) -> dict[str, Any]:
        """The body of a sale of one piece."""
        line = {"goods": goods, "quantity": 1, "points": points}
        sale = {"request_id": self.request_id(), "scan_ticket": ticket, "confirmed": True, "lines": [line]}
        return sale | changes

    def sale(self, ticket: str, goods: str, points: float, **changes: Any) -> Callable[[], Answer]:
        """A sale of one piece, ready to be sent."""
        return partial(self.post, "/redemptions", self.basket(ticket, goods, points, **changes))

    def new_goods(self, points: Points, stock: int) -> str:
        """Goods of their own for one round."""
        code = f"L{next(self._numbers):05d}"
        self.shop.change(market.add_goods, code=code, name=code, points=points, stock=stock)
        return code

    def shelf(self, points: Points, *, kinds: int) -> list[str]:
        """So many kinds of goods at one price, more of each than anybody buys; put up when first asked."""
        shelf = self._shelves.setdefault(points, [])
        shelf += [self.new_goods(points, stock=1000) for _ in range(kinds - len(shelf))]
        return shelf[:kinds]

    def pieces(self, goods: Sequence[str]) -> int:
        """How many pieces of these goods there are in all."""
        row = table_of(GoodsRow)
        return self._number(select(func.sum(row.c.stock)).where(row.c.code.in_(goods)))

    def set_balance(self, who: roster.Participant, points: Points) -> None:
        """Give a household points, or spend some, until it has exactly so many."""
        missing = points - self.shop.balance(who)
        ends = [ledger.village_account("issuance", ledger.POINTS), ledger.account_of(who.id, ledger.POINTS)]
        if missing:
            source, destination = ends if missing > 0 else reversed(ends)
            line = ledger.Posting(source, destination, ledger.POINTS, Points(abs(missing)))
            self.shop.village.write(
                ledger.post, entries=[ledger.NewTransaction("correction", NOW.date(), (line,))]
            )

    def open_meeting(self) -> str:
        """A meeting with one score of each household in it."""
        held: scoring.Meeting = self.shop.village.write(
            scoring.open_meeting, held_on=NOW.date(), title="评议会", judges=["周明", "吴芳"]
        )
        rows = [
            scoring.ScoreRow(
                who.code, "A3", NOW.date(), quantity=1, points=None, note=str(next(self._numbers))
            )
            for who in self.households
        ]
        self.shop.village.write(scoring.enter_scores, meeting=held.id, rows=rows)
        return held.id

    def spent(self, who: roster.Participant) -> int:
        """What a household has spent in all."""
        sold = table_of(RedemptionRow)
        total = select(func.coalesce(func.sum(sold.c.total), 0)).where(sold.c.participant_id == who.id)
        return self._number(total)

    def sales(self, who: roster.Participant) -> list[str]:
        """The redemptions of a household, by their ids."""
        sold = table_of(RedemptionRow)
        with self.database.reading() as session:
            return list(execute(session, select(sold.c.id).where(sold.c.participant_id == who.id)).scalars())

    def count_entries(self, kind: str) -> int:
        """How many entries of a kind the village's log holds."""
        entry = table_of(LogEntryRow)
        return self._number(select(func.count()).select_from(entry).where(entry.c.kind == kind))

    def _number(self, query: Any) -> int:
        with self.database.reading() as session:
            return int(execute(session, query).scalar_one())

    def doubts(self) -> list[str]:
        """Whatever contradicts anything in the books, on the shelf, or in the record of requests."""
        report = proof.verify(self.database, village=VILLAGE)
        with self.database.reading() as session:
            differing = stock_differences(session, village=VILLAGE)
        request = table_of(RequestRow)
        unanswered = self._number(select(func.count()).select_from(request).where(request.c.answer.is_(None)))
        return [*map(str, report.findings), *differing, *(["half a request"] if unanswered else [])]


def open_scene(database: Database, server: Server) -> Scene:
    """Found the village and set the server's clock; the server is not started yet."""
    shop = open_shop(database)
    scene = Scene(shop, server)
    village = shop.village
    village.found_neighbour()
    shop.cards |= {who.id: village.card(who) for who in scene.households if who.id not in shop.cards}
    village.write(
        governing.change_settings, second_check_single=ENOUGH, second_check_day=ENOUGH, ticket_seconds=900
    )
    table = read_table("scheme.csv", SCHEME.encode())
    village.write(scoring.import_scheme, table=table, resolution="第1号决议", from_date=NOW.date())
    for who in scene.households:
        scene.set_balance(who, whole(10_000))
    with database.writing() as session:
        for login, role in STAFF.items():
            person = governing.add_staff(
                session, login=login, password=HASHED, name=login, roles=[role], by="li", at=NOW
            )
            settle_in(session, person, at=NOW)
            scene.tokens[login] = staff.make_token(session, login=login, by=person.id, at=NOW)
        # Longer than anybody's: clocks jump here by years, and what is tried is not the token.
        execute(session, update(ApiTokenRow).values(ends_at=NOW + timedelta(days=36_500)))
    server.set_clock((NOW + timedelta(days=DAYS_LATER)).timestamp() - time.time())
    return scene
