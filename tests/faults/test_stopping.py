"""Being told to stop, or dying, in the middle of twenty requests."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from tests.faults.conftest import Serve
from tests.faults.served import LOST, Answer, at_once


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
@pytest.mark.parametrize("after", [pytest.param(0.02, marks=pytest.mark.full), 0.2])
def test_told_to_stop_with_twenty_requests_in_flight_every_yes_is_in_the_ledger(
    after: float, mostly_sqlite: str, serve: Serve
) -> None:
    scene = serve(mostly_sqlite)
    people = [scene.rich[number % len(scene.rich)] for number in range(20)]
    before = {sale for who in scene.rich for sale in scene.sales(who)}
    asks: list[Callable[[], Answer]] = [scene.sale(ticket, "S03", 2) for ticket in scene.tickets(people)]

    stopping = threading.Timer(after, scene.server.stop, [signal.SIGTERM])
    stopping.start()
    answers = at_once(asks)
    stopping.join()
    assert scene.server.process and scene.server.process.returncode == 0
    scene.server.start()

    made = {sale for who in scene.rich for sale in scene.sales(who)} - before
    assert {one.said["id"] for one in answers if one.status == 201} <= made
    assert {one.status for one in answers} <= {201, LOST}
    assert scene.doubts() == []
