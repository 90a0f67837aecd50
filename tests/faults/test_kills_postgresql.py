"""Beside PostgreSQL the server is killed, then PostgreSQL itself, while six tills ask on."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointsbank import migrating
from pointsbank.database import Database
from scripts.cluster import SETTINGS, Cluster, started
from tests.faults.conftest import Serve, served
from tests.faults.tills import at_work, killed

RESTARTS = 5


def test_what_was_acknowledged_is_there_once_whenever_the_server_dies(serve: Serve, kills: int) -> None:
    killed(serve("postgresql", start=False), kills)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that answers a commit only when it is written, as a county's does."""
    with started({**SETTINGS, "synchronous_commit": "on", "full_page_writes": "on"}) as cluster:
        yield cluster


@pytest.mark.usefixtures("cluster")
def test_postgresql_restarted_in_the_middle_loses_nothing_acknowledged(
    own_cluster: Cluster, tmp_path: Path, full: bool
) -> None:
    url = own_cluster.create("village")
    database, chance = Database(url), random.Random(RESTARTS)
    migrating.upgrade(database)
    database.dispose()
    with served(url, tmp_path) as scene, at_work(scene, may_hear=frozenset({503})) as tills:
        for _ in range(RESTARTS * (6 if full else 1)):
            time.sleep(chance.uniform(0.1, 0.7))
            own_cluster.restart()
    assert sum(till.asked_again for till in tills) >= RESTARTS, "the tills noticed"
