"""The machine's clock jumps in mid-run: the ledger's order stays, and nothing that was over comes back."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from pointsbank import staff
from pointsbank.database import execute, table_of
from pointsbank.ledger.models import LogEntryRow
from tests.builders import VILLAGE
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import Answer
from tests.staff.people import PASSWORD

HOUR, DAY = 3600, 86_400
YEAR = 365 * DAY
BACK = (-DAY, -10 * YEAR)
FULL_BACK = pytest.param(-10 * YEAR, marks=pytest.mark.full)
NO_PRICE_YET = "goods_inactive"
"""What a till says in a year in which the goods had no price: nothing is sold then."""


@pytest.fixture
def scene(mostly_sqlite: str, serve: Serve) -> Iterator[Scene]:
    """A served village whose clock is right again afterwards."""
    scene = serve(mostly_sqlite)
    right = scene.server.clock
    yield scene
    scene.server.set_clock(right)
    scene.get("/goods")


def jump(scene: Scene, seconds: float) -> None:
    """Move the server's clock; the next request sees it."""
    scene.server.set_clock(scene.server.clock + seconds)
    assert scene.get("/goods").status == 200


def moments(scene: Scene) -> list[Any]:
    """When each entry of the village's log was recorded, by its number."""
    entry = table_of(LogEntryRow)
    here = select(entry.c.recorded_at).where(entry.c.village_id == VILLAGE).order_by(entry.c.log_index)
    with scene.database.reading() as session:
        return list(execute(session, here).scalars())


def test_whatever_the_clock_shows_the_order_of_the_ledger_is_kept(scene: Scene) -> None:
    told = []
    for seconds in (0, -DAY, DAY, -10 * YEAR, 10 * YEAR, YEAR, -YEAR):
        jump(scene, seconds)
        sale = scene.sale(scene.scan(scene.shop.li), "S03", 2)()
        meeting = {"held_on": "2013-05-01", "title": "评议会", "judges": ["周明"], "absentees": []}
        opened = scene.post("/meetings", meeting, by="li")
        told += [sale, opened]

    assert all(one.status < 500 for one in told), told
    assert sum(one.told == "completed" for one in told) >= 5
    recorded = moments(scene)
    assert recorded == sorted(recorded)
    assert scene.doubts() == []


@pytest.mark.parametrize("back", (-DAY, FULL_BACK, pytest.param(-YEAR, marks=pytest.mark.full)))
def test_a_scan_that_has_expired_stays_so(back: int, scene: Scene) -> None:
    told, untold = scene.scan(scene.shop.li), scene.scan(scene.shop.li)
    jump(scene, -back)
    assert scene.sale(told, "S03", 2)().told == "ticket_expired"

    jump(scene, back)
    assert [scene.sale(ticket, "S03", 2)().told for ticket in (told, untold)] == ["ticket_expired"] * 2


def test_a_scan_of_the_future_is_no_scan_of_today(scene: Scene) -> None:
    jump(scene, YEAR)
    ticket = scene.scan(scene.shop.li)

    jump(scene, -YEAR)
    assert scene.sale(ticket, "S03", 2)().told == "ticket_expired"
    assert scene.sale(scene.scan(scene.shop.li), "S03", 2)().told == "completed", "and selling goes on"


def test_after_a_restart_the_ledger_knows_that_the_clock_went_back(serve: Serve) -> None:
    scene = serve("sqlite")
    jump(scene, -DAY)
    ticket = scene.scan(scene.shop.li)
    scene.server.stop()
    scene.server.set_clock(scene.server.clock + DAY)
    scene.server.start()
    scene.sale(scene.scan(scene.shop.li), "S03", 2)()

    scene.server.stop()
    scene.server.set_clock(scene.server.clock - DAY)
    scene.server.start()
    assert scene.sale(ticket, "S03", 2)().told == "ticket_expired"


@pytest.mark.parametrize("ahead", (DAY, pytest.param(YEAR, marks=pytest.mark.full)))
def test_a_session_that_has_ended_stays_so(ahead: int, scene: Scene) -> None:
    with scene.database.writing() as session:
        person = staff.by_login(session, login="li")
        token = staff.begin(session, staff=person.id, at=scene.now)
    home = partial(scene.server.ask, "GET", "/v/chayuan/goods", Cookie=f"pointsbank_session={token}")
    assert home().status == 200

    jump(scene, ahead)
    assert home().status != 200
    jump(scene, -ahead)
    assert home().status != 200


@pytest.mark.parametrize("back", (-DAY, FULL_BACK))
def test_a_locked_pin_stays_locked(back: int, scene: Scene) -> None:
    who = scene.households[4 + BACK.index(back)]
    scene.shop.give_pin(who, "271828", at=scene.now)
    tries = asking(scene, who, pin="314159")
    assert [tries().told for _ in range(6)] == ["pin_wrong"] * 5 + ["pin_locked"]

    jump(scene, back)
    assert asking(scene, who, pin="271828")().told in ("pin_locked", NO_PRICE_YET)
    jump(scene, -back)
    assert asking(scene, who, pin="271828")().told == "pin_locked"


def test_a_pin_locked_until_it_is_reset_is_locked_in_every_year(scene: Scene) -> None:
    who = scene.households[2]
    scene.shop.give_pin(who, "271828", at=scene.now)
    wrong = asking(scene, who, pin="314159")
    first = [wrong().told for _ in range(5)]
    jump(scene, HOUR)
    assert first + [wrong().told for _ in range(6)] == ["pin_wrong"] * 10 + ["pin_locked"]

    for seconds in (-DAY, DAY, YEAR, -YEAR, -10 * YEAR, 10 * YEAR):
        jump(scene, seconds)
        assert asking(scene, who, pin="271828")().told in ("pin_locked", NO_PRICE_YET)


def test_a_resting_login_goes_on_resting(scene: Scene) -> None:
    second = {"approver": "qian", "approver_password": "not the password"}
    assert {asking(scene, scene.shop.li, **second)().told for _ in range(8)} == {"approver_invalid"}

    second["approver_password"] = PASSWORD
    for seconds in (0, *BACK, 10 * YEAR):
        jump(scene, seconds)
        assert asking(scene, scene.shop.li, **second)().told in ("approver_invalid", NO_PRICE_YET)


def asking(scene: Scene, who: Any, **second_check: str) -> Callable[[], Answer]:
    """A sale that is asked for with a second check."""
    return lambda: scene.sale(scene.scan(who), "S03", 2, **second_check)()
