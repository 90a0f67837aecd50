"""A village that lived a month, in a file to be copied."""

import shutil
from pathlib import Path

import pytest

from pointsbank.database import Database
from tests.proof import month


@pytest.fixture(scope="session")
def a_month(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, lived through once."""
    file = tmp_path_factory.mktemp("month") / "village.sqlite3"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    month.live(database)
    database.dispose()
    return file
