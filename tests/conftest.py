"""A fresh, migrated database for each test: a copied SQLite file, or a copy of a PostgreSQL template."""

import gc
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pointsbank import migrating
from pointsbank.database import Database
from scripts.cluster import Cluster, PostgresMissing, started
from tests import compiled, migrated, slow_work
from tests.drawing import undrawn_on_servers
from tests.founding import Files, Server, Untouched

# Nothing of what is loaded and collected goes away: to look through it took a fifth of a worker's start.
gc.disable()

LONGEST = (
    *(
        f"tests/web/test_{name}.py"
        for name in (
            *("axe", "new_village_in_chromium", "evening_in_chromium", "in_chromium", "look"),
            *("journeys_in_chromium", "score_sheets", "bad_input"),
        )
    ),
    *(f"tests/keeping/test_{name}.py" for name in ("migrations", "dumps")),
    *(f"tests/house/test_{name}.py" for name in ("extension", "private_answers")),
    *("tests/api/test_contract.py", "tests/cli/test_run_script.py", "tests/model/test_model.py"),
    *("tests/proof/test_edits.py", "tests/practice/test_servers.py", "tests/cli/test_damage.py"),
)
"""Test files that take most of the processor, each half a minute or so. Add one that has become so long."""

COMPLETE = os.environ.get("POINTSBANK_TEST_COMPLETE") == "1"


def pytest_configure() -> None:
    """Let slow work in a transaction fail its test; keep tests' folders in memory, and what is compiled."""
    # What an example takes says how busy the machine is.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")
    # Hundreds of processes are started, and each worker reads every test: what is compiled is kept.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    slow_work.watch()
    compiled.keep()
    migrated.keep()
    if memory := _memory():
        # Most of them hold a SQLite file, whose commits would wait for a disk.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only `--full` runs, and begin with the longest files: none is then alone at the end."""
    if not config.getoption("--full"):
        left_out = undrawn_on_servers(items) | {one for one in items if one.get_closest_marker("full")}
        config.hook.pytest_deselected(items=[one for one in items if one in left_out])
        items[:] = [one for one in items if one not in left_out]
    items.sort(key=lambda one: not one.path.as_posix().endswith(LONGEST))


def pytest_collection_finish() -> None:
    """Do not look again and again through what was imported: that took a fifth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: as many rounds, kills and cases as the promises name, instead of a handful."""
    parser.addoption("--full", action="store_true", help="races, kills and models at full length")
    parser.addoption("--write", action="store_true", help="write the pages of docs that tests compare")


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the long version of a test is wanted."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def write(request: pytest.FixtureRequest) -> bool:
    """Whether a page of docs that a test compares is written first."""
    return bool(request.config.getoption("--write"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a test that skips itself has failed."""
    report = yield
    if COMPLETE and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which POINTSBANK_TEST_COMPLETE forbids: {report.longrepr}"
    return report


def _memory() -> Path | None:
    """A folder in memory, if it is roomy: a database is copied there in a third of the time."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 4 * 2**30 else None


def _make_tables(database: Database) -> None:
    """Migrate an empty database, once, to be copied for each test."""
    migrating.upgrade(database)
    database.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    database = Database(f"sqlite:///{path}")
    _make_tables(database)
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this test process alone; where there is none the test is skipped."""
    try:
        with started(folder=_memory()) as cluster:
            _make_tables(Database(cluster.create("template_village")))
            yield cluster
    except PostgresMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database, for what does not depend on the storage."""
    files = Files(sqlite_template.parent, str(sqlite_template))
    database = Untouched(files, "pointsbank", str(tmp_path / "village.sqlite3"))
    yield database
    database.dispose()


@pytest.fixture
def postgresql_database(cluster: Cluster) -> Iterator[Database]:
    """A fresh PostgreSQL database."""
    database = Untouched(Server(cluster, "template_village"), "pointsbank")
    yield database
    database.dispose()
    if database.is_made:
        cluster.drop(database.place)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh database; the test runs once on each kind."""
    found = request.getfixturevalue(f"{request.param}_database")
    assert isinstance(found, Database)
    return found
