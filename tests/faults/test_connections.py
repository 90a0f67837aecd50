"""How the database file is opened: by one server alone, and by every connection with the same care."""

import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from pointsbank import ledger, market
from pointsbank.cli.alone import AlreadyServed, alone
from pointsbank.database import Database, journal_mode
from pointsbank.points import whole
from pointsbank.roster import Participant
from tests.builders import CLERK, NOW, VILLAGE, chayuan
from tests.cli.conftest import Run, run
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.ledger.moves import award

__all__ = ["run"]


def test_the_command_line_works_beside_a_server_but_no_second_server_does(
    serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = serve("sqlite")
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", scene.server.url)
    here = ("--data", scene.server.data)

    second = run("serve", "--port", scene.server.port + 1, *here)
    assert second.status == 1
    assert "已有一个积分银行正在使用" in second.err and "Traceback" not in second.err
    assert run("ledger", "verify", "--village", VILLAGE, *here).status == 0
    assert scene.get("/goods").status == 200


def test_a_killed_server_leaves_nothing_locked(serve: Serve) -> None:
    scene = serve("sqlite")
    with pytest.raises(AlreadyServed), alone(scene.database):
        pass

    scene.server.stop()
    with alone(scene.database):
        pass
    scene.server.start()


def told_beside_another_writer(scene: Scene, times: int) -> Counter[str]:
    """What six tills are told while this process, too, writes to the same file all the time."""

    def queue_at_the_counter(who: Participant) -> list[str]:
        told = []
        for _ in range(times):
            scanned = scene.post("/card-scans", {"code": scene.shop.cards[who.id].token})
            ticket = str(scanned.said.get("scan_ticket"))
            told += [scanned.told, scene.sale(ticket, "S03", 2)().told]
        return told

    with ThreadPoolExecutor(6) as tills:
        queues = [tills.submit(queue_at_the_counter, who) for who in scene.rich]
        while not all(queue.done() for queue in queues):
            move = {"goods": "S03", "request_id": scene.request_id(), "kind": "received", "quantity": 1}
            scene.shop.change(market.move_stock, **move)
            # SQLite has no queue between processes: who never pauses is never waited out.
            time.sleep(0.05)
    return Counter(word for queue in queues for word in queue.result())


def test_a_server_and_a_program_beside_it_wait_for_each_other(serve: Serve) -> None:
    scene = serve("sqlite")

    assert told_beside_another_writer(scene, 5) == {"201": 30, "completed": 30}
    assert scene.doubts() == []


def test_without_begin_immediate_they_do_not(serve: Serve) -> None:
    scene = serve("sqlite", flaws=("deferred",))

    # Each try is a race: the control need only ever be lost once.
    assert any(told_beside_another_writer(scene, 3)["busy"] for _ in range(20))


def test_two_programs_that_read_before_they_write_wait_for_each_other(sqlite_database: Database) -> None:
    village, other = chayuan(sqlite_database), Database(sqlite_database.url)
    both_have_read = Barrier(2)

    def read_and_give(database: Database) -> None:
        with database.writing() as session:
            ledger.balance(session, village=VILLAGE, participant=village.wang.id)
            # Who is kept waiting at the beginning never comes here meanwhile.
            with suppress(BrokenBarrierError):
                both_have_read.wait(0.3)
            ledger.post(session, [award(village.wang, 5)], village=VILLAGE, by=CLERK, at=NOW)

    with ThreadPoolExecutor(2) as programs:
        tries = [programs.submit(read_and_give, database) for database in (sqlite_database, other)]
    other.dispose()

    assert [one.exception() for one in tries] == [None, None]
    assert village.balance(village.wang).points == whole(10)


def test_every_pooled_connection_syncs_fully_and_keeps_foreign_keys(sqlite_database: Database) -> None:
    pool = [sqlite_database.engine.connect() for _ in range(15)]
    asked = [
        [one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")]
        for one in pool
    ]
    modes = {one.exec_driver_sql("PRAGMA journal_mode").scalar() for one in pool}
    for one in pool:
        one.close()

    assert asked == [[2, 1]] * 15
    assert modes == {journal_mode(sqlite3.sqlite_version).lower()}


@pytest.mark.parametrize(
    ("library", "mode"),
    [
        ("3.40.1", "TRUNCATE"),
        ("3.44.5", "TRUNCATE"),
        ("3.44.6", "WAL"),
        ("3.45.0", "TRUNCATE"),
        ("3.46.1", "TRUNCATE"),
        ("3.50.6", "TRUNCATE"),
        ("3.50.7", "WAL"),
        ("3.51.2", "TRUNCATE"),
        ("3.51.3", "WAL"),
        ("3.52.0", "WAL"),
        ("4.0.0", "WAL"),
    ],
)
def test_wal_is_used_only_where_it_loses_nothing(library: str, mode: str) -> None:
    assert journal_mode(library) == mode


def test_the_file_is_kept_as_the_library_of_today_keeps_it_safely(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = {"3.51.3": "wal", "3.40.1": "truncate", "3.44.6": "wal"}
    safe |= {"3.46.1": "truncate", "3.50.7": "wal", "3.51.2": "truncate"}
    for library, mode in safe.items():
        monkeypatch.setattr(sqlite3, "sqlite_version", library)
        database = Database(sqlite_database.url)
        with database.engine.connect() as one, database.engine.connect() as other:
            found = [pooled.exec_driver_sql("PRAGMA journal_mode").scalar() for pooled in (one, other)]
        database.dispose()
        assert found == [mode, mode], library
