"""The shop, once on each kind of database."""

import pytest

from pointsbank.database import Database
from tests.market.shop import Shop, open_shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """The shop on each kind of database."""
    return open_shop(database)


@pytest.fixture
def sqlite_shop(sqlite_database: Database) -> Shop:
    """The shop on SQLite, for what does not depend on the storage."""
    return open_shop(sqlite_database)
