"""A stocktake over HTTP while tills sell: it must end as if everybody had come one after the other.

Each race is also run at a server whose locks were taken out, and must then end otherwise.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from pointsbank.points import whole
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import Answer, at_once

pytestmark = pytest.mark.xdist_group("served races")

STOCK, TILLS, COUNTED = 60, 16, 57


@dataclass(frozen=True)
class Outcome:
    """What all were told, how far the shelf is from what it should hold, and the books' own doubts."""

    told: Counter[str]
    astray: int
    doubts: tuple[str, ...] = ()


Race = Callable[[Scene], Outcome]


def step(scene: Scene, path: str, *, by: str = "chen", **body: Any) -> Answer:
    """One step of a stocktake."""
    return scene.post(f"/stocktakes{path}", {"request_id": scene.request_id()} | body, by=by)


def begin(scene: Scene) -> str:
    """A stocktake begun; one that a race left behind is given up first."""
    for one in scene.get("/stocktakes").said["items"]:
        for left in {"signed": ("recount", "discard"), "open": ("discard",)}.get(one["status"], ()):
            step(scene, f"/{one['id']}/{left}")
    return f"/{step(scene, '').said['id']}"


def counted_and_signed_during_sales(scene: Scene) -> Outcome:
    """Sixteen tills sell two kinds of goods while both are counted, and two people sign."""
    return _counted_during(scene, tills=TILLS)


def counted_and_signed_beside_one_till(scene: Scene) -> Outcome:
    """The same with one till that sells sixteen times: nobody meets anybody but the stocktake."""
    return _counted_during(scene, tills=1)


def _counted_during(scene: Scene, *, tills: int) -> Outcome:
    goods = [scene.new_goods(whole(2), stock=STOCK) for _ in range(2)]
    tickets = scene.tickets([scene.rich[sale % len(scene.rich)] for sale in range(TILLS)])
    sales = [scene.sale(ticket, goods[sale % 2], 2) for sale, ticket in enumerate(tickets)]
    place, books, sold = begin(scene), dict[str, int](), dict[int, Answer]()

    def sell(first: int) -> Answer:
        for sale in range(first, TILLS, tills):
            sold[sale] = sales[sale]()
        return sold[first]

    def take_stock() -> Answer:
        for code in goods:
            books[code] = step(scene, f"{place}/counts", goods=code, pieces=COUNTED).said.get("book", COUNTED)
        step(scene, f"{place}/signatures")
        return step(scene, f"{place}/signatures", by="qian")

    posted = at_once([*(partial(sell, till) for till in range(tills)), take_stock])[-1]
    told = Counter(answer.told for answer in sold.values()) + Counter([_state(posted)])
    astray = 0
    for number, code in enumerate(goods):
        gone = sum(sold[sale].told == "completed" for sale in range(number, TILLS, 2))
        astray += abs(scene.shop.stock(code) - (STOCK - gone + COUNTED - books[code]))
    return Outcome(told, astray, tuple(scene.doubts()))


def two_second_signatures(scene: Scene) -> Outcome:
    """A clerk and the committee sign second at the same moment."""
    goods = scene.new_goods(whole(2), stock=STOCK)
    place = begin(scene)
    step(scene, f"{place}/counts", goods=goods, pieces=COUNTED)
    step(scene, f"{place}/signatures")
    answers = at_once([partial(step, scene, f"{place}/signatures", by=by) for by in ("qian", "li")])
    astray = abs(scene.shop.stock(goods) - COUNTED)
    return Outcome(Counter(map(_state, answers)), astray, tuple(scene.doubts()))


def _state(answer: Answer) -> str:
    """What a step made of the stocktake, or why it was refused."""
    return str(answer.said.get("state", answer.told))


ENDS: dict[Race, Outcome] = {
    counted_and_signed_during_sales: Outcome(Counter(completed=TILLS, posted=1), 0),
    counted_and_signed_beside_one_till: Outcome(Counter(completed=TILLS, posted=1), 0),
    two_second_signatures: Outcome(Counter(posted=1, stocktake_ended=1), 0),
}
races = pytest.mark.parametrize(
    "race",
    [
        counted_and_signed_during_sales,
        pytest.param(counted_and_signed_beside_one_till, marks=pytest.mark.full),
        two_second_signatures,
    ],
    ids=lambda race: race.__name__,
)


@races
def test_a_stocktake_loses_no_piece_and_is_posted_once(
    race: Race, kind: str, serve: Serve, rounds: range
) -> None:
    scene = serve(kind)

    for number in rounds:
        assert race(scene) == ENDS[race], f"round {number}"


# On SQLite one lock stands before every verb: test_races_unlocked.py takes it away in every run.
@pytest.mark.parametrize("kind", [pytest.param("sqlite", marks=pytest.mark.full), "postgresql"])
@races
def test_without_its_locks_the_same_race_ends_badly(race: Race, kind: str, serve: Serve) -> None:
    scene = serve(kind, flaws=("unlocked",))

    # What the books doubt is left out: the race before this one may have spoiled them.
    assert any(_seen(race(scene)) != _seen(ENDS[race]) for _ in range(25))


def _seen(outcome: Outcome) -> tuple[Counter[str], int]:
    """What everybody at a counter would notice."""
    return outcome.told, outcome.astray
