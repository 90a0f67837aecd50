"""The village and its cast, on each kind of database."""

import pytest

from pointsbank.database import Database
from tests.builders import Chayuan, chayuan


@pytest.fixture
def village(database: Database) -> Chayuan:
    """茶源村 with its whole cast."""
    return chayuan(database)
