"""Long histories: what a sale, a balance, a statement and a verification cost after 100,000 entries."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from statistics import median

from benching.redeeming import closing_database
from benching.rounds import Plan, compare, seconds, tell
from benching.scene import COMMITTEE, START, Shop, open_shop, sqlite_file
from pointsbank import ledger, proof
from pointsbank.ledger import POINTS
from pointsbank.points import whole

HOUSEHOLDS = 1000
_ASKED = 500


def histories(plan: Plan) -> None:
    """The same questions to a village of a thousand entries and to one with a long history."""
    entries = plan.some(5_000, 100_000)
    with closing_database(sqlite_file(plan.folder, "history.sqlite3")) as database:
        young = open_shop(database, code="young", households=HOUSEHOLDS)
        old = open_shop(database, code="old", households=HOUSEHOLDS)
        _lengthen(old, entries)
        for shop in (young, old):
            _award(shop, [shop.people[_ASKED].id] * 60)
        database.analyze()
        _asked(plan, f"after {entries} entries", young, old)
        _balances(plan, f"1,000 balances after {entries} entries, times the plain driver", old)
        _verified(plan, f"verifying {entries} entries, times hashing alone", old)


def _lengthen(shop: Shop, entries: int) -> None:
    """Awards to everybody in turn, until there are so many entries."""
    for start in range(0, entries, 10_000):
        _award(shop, [shop.people[n % HOUSEHOLDS].id for n in range(start, min(start + 10_000, entries))])


def _award(shop: Shop, people: list[str]) -> None:
    """One point for each of these."""
    issuance = ledger.village_account("issuance", POINTS)
    awards = [
        ledger.NewTransaction(
            "award",
            START.date(),
            (ledger.Posting(issuance, ledger.account_of(person, POINTS), POINTS, whole(1)),),
            {"participant": person, "item": "门前整洁"},
        )
        for person in people
    ]
    with shop.database.writing() as session:
        ledger.post(session, awards, village=shop.village, by=COMMITTEE, at=START)


def _asked(plan: Plan, when: str, young: Shop, old: Shop) -> None:
    """A sale, a balance and a page of a statement: the young village is the limit."""
    tell(
        f"redemption {when}, times a young village",
        [_sold(young, old, plan.some(10, 30)) for _ in range(plan.rounds)],
        "ms",
    )

    def read(verb: Callable[..., object], shop: Shop) -> float:
        return median(seconds(lambda: _read(verb, shop)) for _ in range(20)) * 1000

    for name, verb in (("balance", ledger.balance), ("statement page", ledger.statement)):
        compare(
            f"{name} {when}, times a young village",
            lambda v=verb: read(v, young),
            lambda v=verb: read(v, old),
            rounds=plan.rounds,
            unit="ms",
        )


def _sold(young: Shop, old: Shop, sales: int) -> tuple[float, float]:
    """How long a sale takes in each, one after the other: a disk's moods last longer than a sale."""
    young.prepare(sales)
    old.prepare(sales)
    times = [(seconds(young.sell), seconds(old.sell)) for _ in range(sales)]
    return median(first for first, _ in times) * 1000, median(second for _, second in times) * 1000


def _read(verb: Callable[..., object], shop: Shop) -> None:
    """Ask about one household."""
    with shop.database.reading() as session:
        verb(session, village=shop.village, participant=shop.people[_ASKED].id)


def _balances(plan: Plan, figure: str, shop: Shop) -> None:
    """Everybody's balance of both units."""
    people = [person.id for person in shop.people]
    path = str(shop.database.engine.url.database)
    with closing(sqlite3.connect(path)) as plain:
        asked = "SELECT participant_id, unit, balance FROM account WHERE village_id=? AND kind='participant'"

        def ours() -> float:
            with shop.database.reading() as session:
                return (
                    seconds(lambda: ledger.balances(session, village=shop.village, participants=people))
                    * 1000
                )

        compare(
            figure,
            lambda: seconds(lambda: plain.execute(asked, (shop.village,)).fetchall()) * 1000,
            ours,
            rounds=plan.rounds,
            unit="ms",
        )


def _verified(plan: Plan, figure: str, shop: Shop) -> None:
    """Reading and checking everything, against hashing as many leaves into a root."""
    with closing(sqlite3.connect(str(shop.database.engine.url.database))) as plain:
        public = [row[0] for row in plain.execute("SELECT public FROM log_entry WHERE village_id='old'")]
    pairs = []
    for _ in range(1 if plan.quick else 3):
        limit = seconds(lambda: _root(public))
        pairs.append((limit, seconds(lambda: proof.verify(shop.database, village=shop.village))))
    tell(figure, pairs, "s")


def _root(public: list[bytes]) -> bytes:
    """A tree head as a few lines of the standard library make it."""
    level = [sha256(b"\0" + entry).digest() for entry in public]
    while len(level) > 1:
        level = [sha256(b"\1" + b"".join(level[n : n + 2])).digest() for n in range(0, len(level), 2)]
    return level[0]
