"""Served villages, one for each kind of database: shared by a module where nothing in it breaks them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from pointsbank.database import Database
from tests.faults.scene import Scene, open_scene
from tests.faults.served import Server

_numbers = count(1)
Serve = Callable[..., Scene]


@contextmanager
def served(url: str, data: Path, *, start: bool = True, **options: Any) -> Iterator[Scene]:
    """A scene with its server, which is ended whatever happens."""
    database = Database(url)
    scene = open_scene(database, Server(data, url, **options))
    try:
        if start:
            scene.server.start()
        yield scene
    finally:
        if scene.server.process and scene.server.process.poll() is None:
            scene.server.stop()
        database.dispose()


@pytest.fixture(scope="module")
def serve(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Founds a village on a kind of database and serves it; the same one again for the same asking."""
    made: dict[str, Scene] = {}

    with ExitStack() as stack:

        def serve_one(kind: str, *, in_memory: bool = False, **options: Any) -> Scene:
            key = f"{kind} {in_memory} {options}"
            if key not in made:
                data = tmp_path_factory.mktemp("served")
                folder = stack.enter_context(_memory()) if in_memory else data
                url = _fresh_url(request, kind, folder, stack)
                made[key] = stack.enter_context(served(url, data, **options))
            return made[key]

        yield serve_one


@contextmanager
def _memory() -> Iterator[Path]:
    """A folder on a disk that costs nothing, where there is one: who comes first is not the disk's affair."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(prefix="pb-", dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


def _fresh_url(request: pytest.FixtureRequest, kind: str, folder: Path, stack: ExitStack) -> str:
    """A migrated database nobody else uses."""
    if kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "village.sqlite3")
        return f"sqlite:///{folder / 'village.sqlite3'}"
    cluster, name = request.getfixturevalue("cluster"), f"served_{next(_numbers)}"
    stack.callback(cluster.drop, name)
    return str(cluster.create(name, template="template_village"))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each test that asks runs once on each kind of database."""
    return str(request.param)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)], ids=["sqlite", "postgresql"]
)
def mostly_sqlite(request: pytest.FixtureRequest) -> str:
    """The kind of database for what a server does whatever it keeps its books in; --full asks both."""
    return str(request.param)


@pytest.fixture(scope="session")
def rounds(full: bool) -> range:
    """How often a race is run: twice, fifty times with --full, or as TEST_ROUNDS says."""
    return range(int(os.environ.get("TEST_ROUNDS", 50 if full else 2)))


@pytest.fixture(scope="session")
def kills(full: bool) -> int:
    """How often the server dies: twice, two hundred times with --full, or as TEST_KILLS says."""
    return int(os.environ.get("TEST_KILLS", 200 if full else 2))
