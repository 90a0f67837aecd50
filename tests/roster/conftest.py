"""The village of the cast, on each kind of database."""

import pytest

from pointsbank.database import Database
from tests.builders import Chayuan, chayuan


@pytest.fixture
def village(database: Database) -> Chayuan:
    """茶源村, once on each kind of database."""
    return chayuan(database)
