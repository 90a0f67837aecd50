"""Six tills that go on asking for the same things until they are answered, whatever happens to the server."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pointsbank.points import whole
from pointsbank.roster import Participant
from tests.faults.scene import Scene
from tests.faults.served import LOST, Answer

TILLS = 6
PRICE = 2


@dataclass
class Till:
    """One clerk's till: sells, takes back, takes in; asks again with the same id until it is answered."""

    scene: Scene
    household: Participant
    stop: threading.Event
    may_hear: frozenset[int]
    sold: dict[str, Any] = field(default_factory=dict)
    taken_back: dict[str, Any] = field(default_factory=dict)
    delivered: dict[str, Any] = field(default_factory=dict)
    asked_again: int = 0
    strange: list[Answer] = field(default_factory=list)

    def work(self) -> None:
        """Sell until told to stop; every third sale is taken back, every third followed by a delivery."""
        number = 0
        while not self.stop.is_set():
            number += 1
            card = {"code": self.scene.shop.cards[self.household.id].token}
            ticket = self._until_answered(partial(self.scene.post, "/card-scans", card)).said["scan_ticket"]
            sale = self.scene.basket(ticket, "S03", PRICE)
            sold = self._until_answered(partial(self.scene.post, "/redemptions", sale))
            self.sold[sale["request_id"]] = sold.said
            if number % 3 == 0:
                self._take_back(sold.said["id"])
            if number % 3 == 1:
                self._deliver()

    def _take_back(self, redemption: str) -> None:
        back = {"request_id": self.scene.request_id(), "reason": "拿错了"}
        path = f"/redemptions/{redemption}/reversal"
        self.taken_back[back["request_id"]] = self._until_answered(partial(self.scene.post, path, back)).said

    def _deliver(self) -> None:
        move = {"request_id": self.scene.request_id(), "kind": "received", "quantity": 2, "note": ""}
        answer = self._until_answered(partial(self.scene.post, "/goods/S03/stock-moves", move))
        self.delivered[move["request_id"]] = answer.said

    def _until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until there is a 2xx; what is neither that nor what may be heard meanwhile is strange."""
        while (answer := ask()).status not in (200, 201):
            self.asked_again += 1
            if answer.status not in self.may_hear:
                self.strange.append(answer)
                raise AssertionError(str(answer))
            time.sleep(0.1)
        return answer


@dataclass(frozen=True)
class Before:
    """What everybody had, and the shelf, when the tills opened."""

    held: dict[str, int]
    stock: int


@contextmanager
def at_work(scene: Scene, *, may_hear: frozenset[int] = frozenset({LOST})) -> Iterator[list[Till]]:
    """Six tills at work; afterwards what was acknowledged must be there, once, and whole."""
    stop = threading.Event()
    before = Before({who.id: scene.shop.balance(who) for who in scene.rich}, scene.shop.stock("S03"))
    tills = [Till(scene, who, stop, may_hear) for who in scene.rich[:TILLS]]
    clerks = [threading.Thread(target=till.work) for till in tills]
    for clerk in clerks:
        clerk.start()
    try:
        yield tills
        # A last while undisturbed, in which everybody's questions are answered.
        stop.wait(0.5)
    finally:
        stop.set()
        for clerk in clerks:
            clerk.join(60)
    check(scene, tills, before)


def check(scene: Scene, tills: list[Till], before: Before) -> None:
    """Nothing acknowledged is missing, doubled or half done, and nothing else was done."""
    assert [till.strange for till in tills] == [[]] * TILLS
    for till in tills:
        spent = whole(PRICE) * (len(till.sold) - len(till.taken_back))
        assert scene.shop.balance(till.household) == before.held[till.household.id] - spent
        assert sorted(one["id"] for one in till.sold.values()) == sorted(scene.sales(till.household))
    moved = sum(len(t.taken_back) - len(t.sold) + 2 * len(t.delivered) for t in tills)
    assert scene.shop.stock("S03") == before.stock + moved
    assert scene.doubts() == []


def killed(scene: Scene, kills: int) -> None:
    """Kill the server so often while the tills work; recovering may cost half an undisturbed start more.

    Three seconds are always allowed: the promise is in seconds, and the measure of a slower machine is its
    own first start, taken in the same run.
    """
    chance = random.Random(kills)
    ready = [scene.server.start()]
    with at_work(scene) as tills:
        for _ in range(kills):
            time.sleep(chance.uniform(0.02, 0.5))
            scene.server.stop()
            ready.append(scene.server.start())
    assert sum(till.asked_again for till in tills) >= kills, "the tills noticed"
    assert max(ready[1:]) <= max(3, 1.5 * ready[0]), f"ready again after {ready} seconds"
