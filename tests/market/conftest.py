"""A shop with three kinds of goods and two households at the counter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from pointsbank import ledger, market, roster
from pointsbank.database import Database
from pointsbank.market import BasketLine
from pointsbank.points import Points, whole

NOW = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
VILLAGE = "chayuan"
RICE, SOAP, SALT = whole(40), Points(250), whole(2)
GOODS = {"M01": ("大米", RICE, 5), "R02": ("香皂", SOAP, 60), "S03": ("食盐", SALT, 100)}


@dataclass
class Shop:
    """A village with a shop, in one database; 王建国 has 30 points to spend, 李秀英 500."""

    database: Database
    wang: roster.Participant
    li: roster.Participant
    cards: dict[str, roster.IssuedCard]
    _numbers: Any = field(default_factory=lambda: count(1))

    def request_id(self) -> str:
        """A request id nobody has used."""
        return f"request-{next(self._numbers):08d}"

    def scan(self, who: roster.Participant, *, at: datetime = NOW, **more: Any) -> market.Scan:
        """Scan a household's card."""
        text = f"http://points.example/c/{self.cards[who.id].token}"
        return market.try_scan(self.database, village=VILLAGE, text=text, by="chen", at=at, **more)

    def sell(self, who: roster.Participant, *lines: BasketLine, **changes: Any) -> market.Redemption:
        """Sell to a household, on a new scan unless one is given."""
        sale: dict[str, Any] = {"request_id": self.request_id(), "confirmed": True, "by": "chen", "at": NOW}
        sale |= changes
        if "scan_ticket" not in sale:
            sale["scan_ticket"] = self.scan(who, at=sale["at"]).scan_ticket
        return market.sell(self.database, village=VILLAGE, lines=lines or (salt(),), **sale)

    def stock(self, code: str) -> int:
        """The pieces of these goods on the shelf."""
        with self.database.reading() as session:
            return market.goods_by_code(session, village=VILLAGE, code=code, at=NOW).stock

    def balance(self, who: roster.Participant) -> Points:
        """The points a household can spend."""
        with self.database.reading() as session:
            return ledger.balance(session, village=VILLAGE, participant=who.id).points

    def give(self, who: roster.Participant, points: int) -> None:
        """Open a household's account with so many points."""
        line = ledger.Line(
            ledger.village_account("issuance", ledger.POINTS),
            ledger.account_of(who.id, ledger.POINTS),
            ledger.POINTS,
            whole(points),
        )
        entry = ledger.Entry("opening", NOW.date(), (line,), {"participant": who.id})
        with self.database.writing() as session:
            ledger.post(session, [entry], village=VILLAGE, by="li", at=NOW)

    def changed(self, change: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb of the market in a transaction of its own."""
        with self.database.writing() as session:
            return change(session, **({"village": VILLAGE, "by": "chen", "at": NOW} | arguments))

    def attempts(self, kind: str) -> list[str]:
        """The reasons written down for one kind of attempt, newest first."""
        with self.database.reading() as session:
            return [one.reason for one in market.attempts_made(session, village=VILLAGE, kind=kind)]


def salt(quantity: int = 1, points: Points = SALT) -> BasketLine:
    """So many pieces of salt, 2 points each."""
    return BasketLine("S03", quantity, points)


def rice(quantity: int = 1, points: Points = RICE) -> BasketLine:
    """So many bags of rice, 40 points each; there are five."""
    return BasketLine("M01", quantity, points)


def open_shop(database: Database) -> Shop:
    """The village, its goods, two households with cards handed out and points to spend."""
    common: dict[str, Any] = {"village": VILLAGE, "by": "li", "at": NOW}
    with database.writing() as session:
        ledger.found_village(session, code=VILLAGE, name="茶源村", by="li", at=NOW)
        wang = roster.add(session, code="0101", name="王建国", group="一组", people=4, **common)
        li = roster.add(session, code="0102", name="李秀英", group="一组", people=3, **common)
        cards = roster.issue(session, participants=[wang.id, li.id], **common)
        roster.hand_out(session, participants=[wang.id, li.id], **common)
        for code, (name, points, stock) in GOODS.items():
            market.add_goods(session, code=code, name=name, points=points, stock=stock, **common)
    shop = Shop(database, wang, li, {card.participant.id: card for card in cards})
    shop.give(wang, 30)
    shop.give(li, 500)
    return shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """The shop, once on each kind of database."""
    return open_shop(database)
