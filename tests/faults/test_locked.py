"""Somebody else holds the database: a short while is waited for, a long one is told in time."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import Answer, at_once

pytestmark = pytest.mark.xdist_group("served locks")


@contextmanager
def held(scene: Scene) -> Iterator[None]:
    """Another program writes to the database and does not finish."""
    url = scene.database.engine.url
    if scene.database.is_sqlite:
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
    else:
        with psycopg.connect(f"host={url.query['host']} user=postgres dbname={url.database}") as other:
            other.execute("SELECT * FROM account FOR UPDATE")
            yield
            other.rollback()


def sales(scene: Scene, tills: int) -> list[Callable[[], Answer]]:
    """Sales of salt, ready to be sent."""
    return [scene.sale(ticket, "S03", 2) for ticket in scene.tickets(scene.households[:tills])]


def test_three_seconds_are_waited_for(kind: str, serve: Serve) -> None:
    scene = serve(kind)
    [sale] = sales(scene, 1)
    with held(scene):
        waiting = threading.Thread(target=lambda: answers.append(sale()))
        answers: list[Answer] = []
        waiting.start()
        waiting.join(3)
        assert not answers
    waiting.join(20)

    assert [(one.status, one.told) for one in answers] == [(201, "completed")]


def test_longer_is_told_within_ten_seconds_at_every_till(kind: str, serve: Serve) -> None:
    scene = serve(kind)
    waiting = sales(scene, 6)
    before = scene.shop.stock("S03")
    with held(scene):
        answers = at_once(waiting)

    assert {(one.status, one.told) for one in answers} == {(503, "busy")}
    assert all(int(one.retry_after) <= 10 and one.said["detail"].endswith("。") for one in answers)
    assert max(one.seconds for one in answers) < 10
    assert (scene.shop.stock("S03"), scene.doubts()) == (before, [])
    assert waiting[0]().told == "completed", "and it goes on without a restart"
