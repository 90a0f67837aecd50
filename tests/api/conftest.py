"""The village of these tests, founded once, copied for each test, served by one application."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointsbank import config
from pointsbank.database import Database
from pointsbank.web.app import create_app
from tests.api import scene
from tests.api.scene import Village


@pytest.fixture(scope="session")
def founded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Village:
    """The village to copy from, on the first day of September."""
    folder = tmp_path_factory.mktemp("founded")
    shutil.copyfile(sqlite_template, folder / "village.sqlite3")
    database = Database(f"sqlite:///{folder / 'village.sqlite3'}")
    settings = config.load(folder / "data", environ={"POINTSBANK_DATABASE_URL": database.url})
    village = Village(create_app(settings, database), database)
    scene.found(village)
    database.dispose()
    return village


def copied(founded: Village, folder: Path) -> Iterator[Village]:
    """A village of its own, in a copy of the founded one's file."""
    path = folder / "village.sqlite3"
    shutil.copyfile(founded.database.url.removeprefix("sqlite:///"), path)
    database = Database(f"sqlite:///{path}", secret="k" * 43)
    with scene.later(0):
        yield Village(founded.app, database, founded.tokens, founded.cards)
    database.dispose()


@pytest.fixture
def village(founded: Village, tmp_path: Path) -> Iterator[Village]:
    """A village that one test may do with as it likes."""
    yield from copied(founded, tmp_path)


@pytest.fixture(scope="module")
def served(founded: Village, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """One village for all requests of a module: none of them may break it for the next."""
    yield from copied(founded, tmp_path_factory.mktemp("served"))
