"""Somebody else holds the database: a short while is waited for, a long one is told in time."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

import psycopg

from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import Answer

KINDS = ("sqlite", "postgresql")
TILLS = 6
LONG, FULL_LONG = 9, 30


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


def asked_until_sold(sale: Callable[[], Answer]) -> list[Answer]:
    """What a till is told that asks again as soon as it was told to, until it has sold."""
    answers = [sale()]
    while answers[-1].status == 503:
        time.sleep(int(answers[-1].retry_after or 0))
        answers.append(sale())
    return answers


def test_however_long_every_till_is_told_in_time_and_then_it_goes_on(serve: Serve, full: bool) -> None:
    scenes = [serve(kind) for kind in KINDS]
    waiting = {id(scene): sales(scene, TILLS) for scene in scenes}
    before = [scene.shop.stock("S03") for scene in scenes]
    with ThreadPoolExecutor(TILLS * len(scenes)) as tills, ExitStack() as locks:
        for scene in scenes:
            locks.enter_context(held(scene))
        asking = [tills.submit(asked_until_sold, sale) for scene in scenes for sale in waiting[id(scene)]]
        # Both wait the same seconds, longer than any patience of ours: nobody does anything in them.
        time.sleep(FULL_LONG if full else LONG)
        assert not any(one.done() for one in asking)
        locks.close()
        told = [one.result() for one in asking]

    refused = [answer for answers in told for answer in answers[:-1]]
    assert {(one.status, one.told) for one in refused} == {(503, "busy")}
    assert all(int(one.retry_after) <= 10 and one.said["detail"].endswith("。") for one in refused)
    assert max(one.seconds for one in refused) < 10
    assert min(len(answers) for answers in told) > (3 if full else 1), "and asked again meanwhile"
    assert [answers[-1].told for answers in told] == ["completed"] * len(told), "without a restart"
    assert [scene.shop.stock("S03") for scene in scenes] == [stock - TILLS for stock in before]
    assert [scene.doubts() for scene in scenes] == [[]] * len(scenes)
