"""The village of these tests, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pointsbank import config
from pointsbank.database import Database
from pointsbank.web.app import create_app
from tests.api import scene
from tests.api.scene import Village


@pytest.fixture
def village(sqlite_database: Database, tmp_path: Path) -> Iterator[Village]:
    """A village on SQLite, on the first day of September."""
    settings = config.load(tmp_path / "data", environ={})
    made = Village(create_app(settings, sqlite_database), sqlite_database)
    scene.found(made)
    with scene.later(0):
        yield made
