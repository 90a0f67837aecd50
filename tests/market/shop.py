"""The shop of 茶源村: three kinds of goods, and two households at the counter with cards and points."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank import governing, market, roster
from pointsbank.database import Database
from pointsbank.market import BasketLine
from pointsbank.market.attempts import attempts_made
from pointsbank.market.describing import set_active
from pointsbank.market.models import GoodsRow, StockMoveRow
from pointsbank.market.redemption import Redemption
from pointsbank.market.returning import PiecesBack
from pointsbank.market.reversal import Reversal
from pointsbank.points import Points, whole
from pointsbank.staff.permissions import Staff
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan, chayuan
from tests.founding import founded_once
from tests.staff.people import HASHED, LONG_AGO, settle_in

RICE, SOAP, SALT = whole(40), Points(250), whole(2)
GOODS = {"M01": ("大米", RICE, 5), "R02": ("香皂", SOAP, 60), "S03": ("食盐", SALT, 100)}


@dataclass
class Shop:
    """The shop in one database; 王建国 has 30 points to spend, 李秀英 500."""

    village: Chayuan
    cards: dict[str, roster.IssuedCard]
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def database(self) -> Database:
        """Where the shop keeps its books."""
        return self.village.database

    @property
    def wang(self) -> roster.Participant:
        """Has 30 points."""
        return self.village.wang

    @property
    def li(self) -> roster.Participant:
        """Has 500 points."""
        return self.village.li

    def request_id(self) -> str:
        """A request id nobody has used."""
        return f"request-{next(self._numbers):08d}"

    def scan(self, who: roster.Participant, *, at: datetime = NOW, **more: Any) -> market.Scan:
        """Scan a household's card."""
        text = f"http://points.example/c/{self.cards[who.id].token}"
        return market.try_scan(self.database, village=VILLAGE, text=text, by=CLERK, at=at, **more)

    def type(self, text: str) -> market.Scan:
        """Type something instead of scanning a card."""
        return market.try_scan(self.database, village=VILLAGE, text=text, by=CLERK, at=NOW)

    def sell(self, who: roster.Participant, *lines: BasketLine, **changes: Any) -> Redemption:
        """Sell to a household, salt unless said, on a new scan unless one is given."""
        sale: dict[str, Any] = {"request_id": self.request_id(), "confirmed": True, "by": CLERK, "at": NOW}
        sale |= changes
        if "scan_ticket" not in sale:
            sale["scan_ticket"] = self.scan(who, at=sale["at"]).scan_ticket
        return market.sell(self.database, village=VILLAGE, lines=lines or (salt(),), **sale)

    def take_back(self, redemption: str, **changes: Any) -> Reversal:
        """Reverse a redemption."""
        taken: dict[str, Any] = {"request_id": self.request_id(), "reason": "拿错了", "by": CLERK, "at": NOW}
        taken |= changes
        return market.take_back(self.database, village=VILLAGE, redemption=redemption, **taken)

    def return_pieces(self, redemption: str, pieces: dict[str, int], **changes: Any) -> PiecesBack:
        """Take some pieces of a redemption back."""
        taken: dict[str, Any] = {"request_id": self.request_id(), "reason": "多拿了", "by": CLERK, "at": NOW}
        taken |= {"redemption": redemption, "pieces": pieces, **changes}
        return market.take_back_pieces(self.database, village=VILLAGE, **taken)

    def change(self, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb of the market in a transaction of its own, as the clerk."""
        return self.village.write(verb, **({"by": CLERK} | arguments))

    def give_pin(self, who: roster.Participant, pin: str, *, reset: bool = False, at: datetime = NOW) -> None:
        """Give a household a PIN, as two people do whose request was confirmed."""
        verb = market.reset_pin if reset else market.set_pin
        card = self.cards[who.id].id
        digest = market.digest_pin(pin)
        self.change(verb, participant=who.id, pin=digest, card=card, second=COMMITTEE, at=at)

    def retire(self, code: str) -> None:
        """Offer goods no longer."""
        with self.database.writing() as session:
            set_active(session, village=VILLAGE, goods=code, active=False, by=COMMITTEE, at=NOW)

    def goods(self, code: str, *, at: datetime = NOW) -> market.Goods:
        """Goods as they stand."""
        found = self.village.read(market.goods_by_code, code=code, at=at)
        assert isinstance(found, market.Goods)
        return found

    def stock(self, code: str) -> int:
        """The pieces of these goods on the shelf."""
        return self.goods(code).stock

    def balance(self, who: roster.Participant) -> Points:
        """The points a household can spend."""
        return self.village.balance(who).points

    def attempts(self, kind: str) -> list[str]:
        """The reasons written down for one kind of attempt."""
        made = self.village.read(attempts_made, kind=kind)
        return sorted(one.reason for one in made)

    def hire(self, login: str, role: str) -> Staff:
        """Somebody who may sign in with PASSWORD."""
        with self.database.writing() as session:
            roles = [(VILLAGE, role)]
            person = governing.add_staff(
                session,
                login=login,
                password=HASHED,
                name=login,
                roles=roles,
                by=COMMITTEE,
                at=LONG_AGO,
            )
            settle_in(session, person)
        return person


def salt(quantity: int = 1, points: Points = SALT) -> BasketLine:
    """So many pieces of salt, 2 points each; there are a hundred."""
    return BasketLine("S03", quantity, points)


def rice(quantity: int = 1, points: Points = RICE) -> BasketLine:
    """So many bags of rice, 40 points each; there are five."""
    return BasketLine("M01", quantity, points)


@founded_once
def open_shop(database: Database) -> Shop:
    """The village, its goods, two households with cards in hand and points to spend."""
    village = chayuan(database)
    for code, (name, points, stock) in GOODS.items():
        village.write(market.add_goods, code=code, name=name, points=points, stock=stock)
    village.give(village.wang, 30)
    village.give(village.li, 500)
    return Shop(village, {who.id: village.card(who) for who in (village.wang, village.li)})


def stock_differences(session: Session, *, village: str) -> list[str]:
    """Return the codes of goods whose stock is not the sum of their moves; there must be none."""
    summed = (
        select(func.coalesce(func.sum(col(StockMoveRow.quantity)), 0))
        .where(StockMoveRow.in_village_of(GoodsRow), col(StockMoveRow.goods_id) == col(GoodsRow.id))
        .correlate(GoodsRow)
        .scalar_subquery()
    )
    query = select(col(GoodsRow.code)).where(GoodsRow.in_village(village), col(GoodsRow.stock) != summed)
    return sorted(session.scalars(query))
