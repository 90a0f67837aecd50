"""The panel, once on each kind of database, or on SQLite alone for what does not depend on the storage."""

import pytest

from pointsbank.database import Database
from tests.scoring.panel import Panel, sit


@pytest.fixture
def panel(database: Database) -> Panel:
    """The panel on each kind of database."""
    return sit(database)


@pytest.fixture
def sqlite_panel(sqlite_database: Database) -> Panel:
    """The panel on SQLite."""
    return sit(sqlite_database)
