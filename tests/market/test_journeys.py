"""How often a sale goes to PostgreSQL, and how often while all other tills of the village wait for it."""

import tempfile

from pointsbank.database import Database
from tests.market.shop import open_shop, salt

JOURNEYS = {
    "BEGIN": 0,
    "the request": 1,
    "the ticket": 1,
    "the village's settings": 1,
    "the household's accounts": 1,
    "what a veto keeps it from": 1,
    "its card": 1,
    "the goods": 1,
    "the log and the village's accounts": 2,
    "all that is written": 1,
    "COMMIT": 0,
}
"""Each journey with the number of its prepared statements; all other tills wait from the log on."""


def test_a_sale_goes_to_the_server_eleven_times_and_behind_the_log_twice(
    postgresql_database: Database,
) -> None:
    shop = open_shop(postgresql_database)
    first, second = (shop.scan(shop.li).scan_ticket for _ in range(2))
    # At the first sale the connection prepares its statements.
    shop.sell(shop.li, salt(), scan_ticket=first)
    with postgresql_database.writing() as session:
        server = session.connection().connection.dbapi_connection.pgconn  # type: ignore[union-attr]

    with tempfile.TemporaryFile() as told:
        server.trace(told.fileno())
        shop.sell(shop.li, salt(), scan_ticket=second)
        server.untrace()
        told.seek(0)
        lines = [line.decode("utf-8", "replace").rstrip().split("\t") for line in told]

    journeys, statements = [], 0
    for _moment, sender, _length, kind, *_ in filter(lambda line: len(line) > 3, lines):
        statements += (sender, kind) == ("F", "Execute")
        if sender == "F" and kind in ("Sync", "Query"):
            journeys.append(statements)
            statements = 0
    assert journeys == list(JOURNEYS.values())
