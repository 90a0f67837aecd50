"""A village whose stubs lie in a folder and on a stick, and older copies of its database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.watermark import Place
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, Chayuan, chayuan

PASSWORD = "a long enough one"
"""Everybody's password in these tests."""


@pytest.fixture
def village(database: Database) -> Chayuan:
    """茶源村, with a committee member, a clerk and a supervisor who can sign in."""
    found = chayuan(database)
    with database.writing() as session:
        for login, role in ((COMMITTEE, "committee"), (CLERK, "clerk"), (SUPERVISOR, "supervisor")):
            roles = [(VILLAGE, role)]
            staff.add(session, login=login, password=PASSWORD, name=login, roles=roles, by="sun", at=NOW)
    return found


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """A folder on the machine, and one on a stick."""
    return [tmp_path / "here", tmp_path / "stick"]


@pytest.fixture
def places(folders: list[Path]) -> list[Place]:
    """The same, as places for stubs."""
    return [Place(folder) for folder in folders]


@pytest.fixture
def older(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], Database]]:
    """Copy the database as it stands; the copy is what an older backup, snapshot or standby holds later."""
    copies: list[Database] = []

    def copy() -> Database:
        database.dispose()
        if database.is_sqlite:
            file = tmp_path / f"older-{len(copies)}.sqlite3"
            shutil.copyfile(str(database.engine.url.database), file)
            url = f"sqlite:///{file}"
        else:
            name = str(database.engine.url.database)
            cluster = request.getfixturevalue("cluster")
            url = cluster.create(f"{name}_older_{len(copies)}", template=name)
        copies.append(Database(url))
        return copies[-1]

    yield copy
    for one in copies:
        one.dispose()
        if not one.is_sqlite:
            request.getfixturevalue("cluster").drop(str(one.engine.url.database))
