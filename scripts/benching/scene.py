"""The scene: villages with households, cards in hand, points to spend and a shelf that never empties."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlmodel import SQLModel

from pointsbank import governing, ledger, market, migrating, roster
from pointsbank.database import Database, execute, new_id
from pointsbank.ledger import HONOUR, POINTS
from pointsbank.points import Points, whole
from pointsbank.spreadsheets import Table

START = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
CLERK, COMMITTEE = "chen", "li"
GOODS, PRICE = "M01", Points(200)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "建国秀英桂兰玉梅志强海燕春花金凤"
_numbers = count(1)


def household_rows(number: int) -> list[list[str]]:
    """A roster of so many households in 20 groups: code, name, group, people."""
    return [[f"H{n:05d}", _name(n), f"{n % 20 + 1}组", str(n % 6 + 1)] for n in range(number)]


def _name(number: int) -> str:
    """A name, not seldom somebody else's too."""
    given = _GIVEN[number % 16] + _GIVEN[number // 16 % 16]
    return _SURNAMES[number % len(_SURNAMES)] + given


ROSTER_HEADERS = ["户号", "户主", "小组", "人口"]


@dataclass
class Shop:
    """One village in one database, ready to sell; each sale takes a scan nobody has used."""

    database: Database
    village: str
    people: list[roster.Participant]
    cards: dict[str, str]
    goods_id: str
    scans: Iterator[tuple[str, str, datetime]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first household on the first day."""
        self._moments = count(1)
        self.prepare(0)

    def prepare(self, sales: int) -> None:
        """Make scans for so many sales, outside what is measured: every household buys once a day."""
        made = []
        with self.database.writing() as session:
            rows = []
            for _ in range(sales):
                number = next(self._moments)
                person = self.people[number % len(self.people)]
                at = START + timedelta(days=number // len(self.people), seconds=number % len(self.people))
                key = {"village_id": self.village, "id": new_id(session), "participant_id": person.id}
                rows.append(
                    key
                    | {"card_id": self.cards[person.id], "typed": False, "scanned_by": CLERK}
                    | {"scanned_at": at, "expires_at": at + timedelta(days=3650)}
                )
                made.append((rows[-1]["id"], person.id, at))
            if rows:
                execute(session, SQLModel.metadata.tables["scan_ticket"].insert(), rows)
        self.scans = iter(made)

    def sell(self) -> None:
        """One sale, as a till makes it."""
        ticket, _, at = next(self.scans)
        market.sell(
            self.database,
            village=self.village,
            request_id=request_id(),
            scan_ticket=ticket,
            confirmed=True,
            lines=[market.BasketLine(GOODS, 1, PRICE)],
            by=CLERK,
            at=at,
        )


def request_id() -> str:
    """A request id nobody has used."""
    return f"bench-{next(_numbers):010d}"


def sqlite_file(folder: Path, name: str) -> Database:
    """A new, migrated SQLite database."""
    database = Database(f"sqlite:///{folder / name}")
    migrating.upgrade(database)
    return database


def open_shop(database: Database, *, code: str, households: int) -> Shop:
    """Found a village whose households have cards and a million points each, beside a full shelf."""
    named = {"village": code, "by": COMMITTEE, "at": START}
    with database.writing() as session:
        governing.found_village(session, code=code, name="测速村", by=COMMITTEE, at=START)
        roster.import_roster(session, table=Table.of(ROSTER_HEADERS, household_rows(households)), **named)
        people = roster.everyone(session, village=code)
        issued = roster.issue(session, participants=None, **named)
        roster.hand_out(session, cards=[card.id for card in issued], **named)
        ledger.post(session, [_opening(person.id) for person in people], **named)
        market.add_goods(session, code=GOODS, name="食盐", points=PRICE, stock=1_000_000, **named)
        governing.change_settings(session, second_check_single=10**10, second_check_day=10**10, **named)
        goods = market.goods_by_code(session, village=code, code=GOODS, at=START)
    database.analyze()
    return Shop(database, code, people, {card.participant.id: card.id for card in issued}, goods.id)


def _opening(person: str) -> ledger.NewTransaction:
    """A million points and as much honour to begin with."""
    lines = tuple(
        ledger.Posting(
            ledger.village_account("issuance", unit), ledger.account_of(person, unit), unit, whole(1_000_000)
        )
        for unit in (POINTS, HONOUR)
    )
    return ledger.NewTransaction("opening", START.date(), lines, {"participant": person}, ("opening", person))
