"""茶源村 with its staff at work, once on each kind of database."""

import pytest

from pointsbank.database import Database
from tests.approvals.office import Office, open_office


@pytest.fixture
def office(database: Database) -> Office:
    """The office on each kind of database."""
    return open_office(database)


@pytest.fixture
def sqlite_office(sqlite_database: Database) -> Office:
    """The office on SQLite, for what does not depend on the storage."""
    return open_office(sqlite_database)
