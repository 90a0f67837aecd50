"""Redemptions: the verb on one connection and on eight, in one village and over twenty."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

from cluster import started

from benching.plain import PlainTill
from benching.rounds import Plan, spending, tell
from benching.scene import Shop, open_shop, sqlite_file
from pointsbank import migrating, watermark
from pointsbank.database import Database

HOUSEHOLDS = 200


def sqlite_one(plan: Plan) -> None:
    """One till on a SQLite file, every sale durable."""
    _on_sqlite(plan, "redemption, SQLite, one till", tills=1)


def sqlite_eight(plan: Plan) -> None:
    """Eight tills on a SQLite file, queueing for its one writer."""
    _on_sqlite(plan, "redemption, SQLite, 8 tills", tills=8)


def with_a_stub(plan: Plan) -> None:
    """One till whose log is followed by a stub outside the data; the limit is the same till without one."""
    with (
        closing_database(sqlite_file(plan.folder, "followed.sqlite3")) as followed,
        closing_database(sqlite_file(plan.folder, "alone.sqlite3")) as alone,
    ):
        shops = [open_shop(database, code="ours", households=HOUSEHOLDS) for database in (alone, followed)]
        stub = plan.folder / "stub"
        watermark.begin(followed, [watermark.Place(stub)], just_made=True)
        keeper = watermark.Keeper(followed, [stub])
        keeper.start()
        sales = plan.some(20, 200)
        with ThreadPoolExecutor(1) as pool:
            rates = [
                [_sold(pool, [shop], [shop.sell], sales)[0] for shop in shops] for _ in range(plan.rounds + 1)
            ]
        keeper.stop()
        tell("redemption, SQLite, one till, beside a stub", [(one[0], one[1]) for one in rates[1:]], "/s")


def postgresql(plan: Plan) -> None:
    """One and eight connections on PostgreSQL as it comes, in one village and over twenty."""
    with postgresql_database(plan) as database:
        ours, limit = (
            [open_shop(database, code=f"{who}{n:02d}", households=HOUSEHOLDS) for n in range(20)]
            for who in ("ours", "limit")
        )
        for tills, spread in ((1, 1), (8, 1), (8, 20)):
            figure = f"redemption, PostgreSQL, {tills} connection{'s' * (tills > 1)}, {_villages(spread)}"
            race(plan, figure, ours[:spread], limit[:spread], tills=tills)


@contextmanager
def postgresql_database(plan: Plan) -> Iterator[Database]:
    """The database that was named, or one of a server of our own with PostgreSQL's own settings."""
    with ExitStack() as stack:
        url = plan.database_url
        if url is None:
            cluster = stack.enter_context(started({"listen_addresses": ""}, plan.folder))
            url = cluster.create("bench")
        database = Database(url)
        stack.callback(database.dispose)
        migrating.upgrade(database)
        yield database


def _on_sqlite(plan: Plan, figure: str, *, tills: int) -> None:
    """Ours and the limit in two villages of one file, so that both meet the same pages."""
    with closing_database(sqlite_file(plan.folder, f"redeeming-{tills}.sqlite3")) as database:
        ours = open_shop(database, code="ours", households=HOUSEHOLDS)
        limit = open_shop(database, code="limit", households=HOUSEHOLDS)
        race(plan, figure, [ours], [limit], tills=tills)


@contextmanager
def closing_database(database: Database) -> Iterator[Database]:
    """A database whose connections end with the block."""
    try:
        yield database
    finally:
        database.dispose()


def race(plan: Plan, figure: str, ours: Sequence[Shop], limit: Sequence[Shop], *, tills: int) -> None:
    """Let tills sell in turn with ours and with the plain driver; tell rates by the clock and by the CPU."""
    # Long enough that beginning and ending of threads and connections do not count.
    sales = plan.some(20, 200) * (2 if tills > 1 else 1)
    lock = threading.Lock() if ours[0].database.is_sqlite else None
    by_clock, by_cpu = [], []
    with ExitStack() as stack:
        plain = [stack.enter_context(closing(PlainTill(limit[n % len(limit)], lock))) for n in range(tills)]
        own = [ours[n % len(ours)] for n in range(tills)]
        pool = stack.enter_context(ThreadPoolExecutor(tills))
        for number in range(plan.rounds + 1):
            theirs = _sold(pool, limit, [till.sell for till in plain], sales)
            mine = _sold(pool, ours, [shop.sell for shop in own], sales)
            if number:  # The first round warms caches on both sides.
                by_clock.append((theirs[0], mine[0]))
                by_cpu.append((theirs[1], mine[1]))
    tell(figure, by_clock, "/s")
    tell(f"{figure}, by CPU of this process", by_cpu, "/s")


def _sold(
    pool: ThreadPoolExecutor, shops: Sequence[Shop], tills: Sequence[Callable[[], None]], sales: int
) -> tuple[float, float]:
    """Sell and say how many sales there were a second of the clock and a second of the CPU."""
    each = max(1, sales // len(tills)) if len(tills) > 1 else sales
    for shop in shops:
        shop.prepare(each * len(tills))

    def work(sell: Callable[[], None]) -> None:
        for _ in range(each):
            sell()

    with spending() as spent:
        list(pool.map(work, tills))
    total = each * len(tills)
    return total / spent.wall, total / spent.cpu


def _villages(number: int) -> str:
    """One village or several, in words."""
    return "one village" if number == 1 else f"{number} villages"
