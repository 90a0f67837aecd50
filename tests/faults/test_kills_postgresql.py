"""Beside PostgreSQL the server is killed, then PostgreSQL itself, while six tills ask on."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import create_engine

from pointsbank import migrating, outcomes
from pointsbank.database import Database
from scripts.cluster import SETTINGS, Cluster, started
from tests.faults.conftest import Serve, served
from tests.faults.tills import at_work, killed

RESTARTS, FULL_RESTARTS = 2, 30


def test_what_was_acknowledged_is_there_once_whenever_the_server_dies(serve: Serve, kills: int) -> None:
    killed(serve("postgresql", start=False), kills)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that answers a commit only when it is written, as a county's does."""
    with started({**SETTINGS, "synchronous_commit": "on", "full_page_writes": "on"}) as cluster:
        yield cluster


class Opened(NamedTuple):
    """A transaction that was not committed when the server crashed: its number, and in which run."""

    number: str
    run: str


def lost_in_a_crash(cluster: Cluster, url: str) -> Opened:
    """Begin a write that has its number, and crash before COMMIT."""
    engine = create_engine(url)
    with engine.connect() as connection:
        # Nothing else: what is written may be on the disk when it crashes, and then the number is too.
        connection.exec_driver_sql("SELECT pg_current_xact_id()")
        number, run = connection.exec_driver_sql(outcomes._NUMBER).one()
        cluster.restart()
        connection.invalidate()
    engine.dispose()
    return Opened(number, run)


@pytest.mark.usefixtures("cluster")
def test_after_a_crash_the_number_of_a_transaction_says_nothing(own_cluster: Cluster) -> None:
    url = own_cluster.create("village")
    migrating.upgrade(database := Database(url))
    lost = lost_in_a_crash(own_cluster, url)
    # Somebody else's write gets its number: without a look at the crash it would count as kept.
    with database.writing() as session:
        session.connection().exec_driver_sql("CREATE TABLE of_somebody_else (id int)")
        assert int(session.connection().exec_driver_sql(outcomes._NUMBER).one()[0]) >= int(lost.number)

    with database.writing() as session:
        state = session.connection().exec_driver_sql(outcomes._STATE, (lost.number,)).one()[0]
        with pytest.raises(outcomes._NobodyKnows):
            outcomes.has_ended_well(session, *lost, there=None)
        assert outcomes.has_ended_well(session, *lost, there=lambda _: True) is True
        assert outcomes.has_ended_well(session, *lost, there=lambda _: False) is False
    database.dispose()
    assert state == "committed"


@pytest.mark.usefixtures("cluster")
def test_postgresql_restarted_in_the_middle_loses_nothing_acknowledged(
    own_cluster: Cluster, tmp_path: Path, full: bool
) -> None:
    url = own_cluster.create("village")
    database, chance = Database(url), random.Random("restarts")
    migrating.upgrade(database)
    database.dispose()
    with served(url, tmp_path) as scene, at_work(scene, may_hear=frozenset({503})) as tills:
        for _ in range(FULL_RESTARTS if full else RESTARTS):
            time.sleep(chance.uniform(0.1, 0.7))
            own_cluster.restart()
    assert sum(till.asked_again for till in tills) >= RESTARTS, "the tills noticed"
