"""The races: each is run once, and ends as if the tills had come one after the other, or does not."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pointsbank import governing
from pointsbank.points import whole
from tests.builders import hang_out
from tests.faults.scene import Scene
from tests.faults.served import Answer, at_once

TILLS = 30

CAUGHT = {"conflict", "already_posted", "internal"}
"""What a till is told where only a second wall kept two apart: a unique key, a CHECK, a guard."""


@dataclass(frozen=True)
class Outcome:
    """What all were told, and what was left afterwards."""

    told: Counter[str]
    left: tuple[int, ...]

    def betrays(self, foretold: "Outcome") -> bool:
        """Whether so a race ends between tills that do not see each other, and not in any other trouble."""
        words = {word.split()[-1] for word in self.told}
        expected = {word.split()[-1] for word in foretold.told} | CAUGHT
        return self != foretold and words <= expected


Race = Callable[[Scene], Outcome]


def outcome(answers: Sequence[Answer], *left: int) -> Outcome:
    """How a race ended."""
    return Outcome(Counter(answer.told for answer in answers), left)


def last_item(scene: Scene) -> Outcome:
    """One piece, thirty tills, six households."""
    goods = scene.new_goods(whole(2), stock=1)
    people = [scene.rich[till % len(scene.rich)] for till in range(TILLS)]
    answers = scene.all_buy(people, [goods] * TILLS, 2)
    return outcome(answers, scene.shop.stock(goods))


def last_points(scene: Scene) -> Outcome:
    """Points for one piece, thirty tills, goods of its own for each."""
    who, goods = scene.shop.wang, scene.shelf(whole(5), kinds=TILLS)
    scene.set_balance(who, whole(5))
    before = scene.pieces(goods)
    answers = scene.all_buy([who] * TILLS, goods, 5)
    return outcome(answers, before - scene.pieces(goods), scene.shop.balance(who))


def four_and_four_and_four(scene: Scene) -> Outcome:
    """Three things of 4 points, 10 points to spend."""
    who, goods = scene.shop.village.zeng, scene.shelf(whole(4), kinds=3)
    scene.set_balance(who, whole(10))
    before = scene.pieces(goods)
    answers = scene.all_buy([who] * 3, goods, 4)
    return outcome(answers, before - scene.pieces(goods), scene.shop.balance(who))


def daily_limit(scene: Scene) -> Outcome:
    """Three more sales a day are allowed, ten tills try, each with goods of its own."""
    who, goods = scene.shop.village.ouyang, scene.shelf(whole(2), kinds=10)
    scene.shop.village.write(governing.change_settings, daily_limit=scene.spent(who) + whole(6))
    before = scene.pieces(goods)
    answers = scene.all_buy([who] * 10, goods, 2)
    scene.shop.village.write(governing.change_settings, daily_limit=None)
    return outcome(answers, before - scene.pieces(goods))


def two_reversals(scene: Scene) -> Outcome:
    """Two desks take back the same redemption."""
    who = scene.shop.li
    goods = scene.new_goods(whole(2), stock=1)
    before = scene.shop.balance(who)
    sold = scene.sale(scene.scan(who), goods, 2)().said["id"]
    backs = [{"request_id": scene.request_id(), "reason": "拿错了"} for _ in range(2)]
    answers = at_once([partial(scene.post, f"/redemptions/{sold}/reversal", back) for back in backs])
    return outcome(answers, scene.shop.stock(goods), scene.shop.balance(who) - before)


def two_settlements(scene: Scene) -> Outcome:
    """Two people settle the same notice."""
    meeting = scene.open_meeting()
    notice = scene.shop.village.write(hang_out, meeting=meeting)
    before = scene.shop.village.balance(scene.shop.li).honour
    answers = at_once([partial(scene.post, f"/notices/{notice.id}/settle", {}, by="li") for _ in range(2)])
    told = Counter(f"{one.status} {one.said.get('posted', one.told)}" for one in answers)
    return Outcome(told, (scene.shop.village.balance(scene.shop.li).honour - before,))


def two_closings(scene: Scene) -> Outcome:
    """Two people close the same meeting."""
    meeting = scene.open_meeting()
    before = scene.count_entries("minutes_closed")
    answers = at_once([partial(scene.post, f"/meetings/{meeting}/close", {}, by="li") for _ in range(2)])
    return outcome(answers, scene.count_entries("minutes_closed") - before)


def stock_moves_during_sales(scene: Scene) -> Outcome:
    """Ten pieces are sold, twelve delivered in fours and three thrown away, all at the same moment."""
    goods = scene.new_goods(whole(2), stock=10)
    people = [scene.rich[till % len(scene.rich)] for till in range(10)]
    sales = [scene.sale(ticket, goods, 2) for ticket in scene.tickets(people)]
    moves = [("received", 4)] * 3 + [("spoiled", 1)] * 3
    answers = at_once([*sales, *(partial(_move, scene, goods, *move) for move in moves)])
    told = Counter(one.told for one in answers)
    # Whoever comes when the shelf is just empty leaves one more piece on it: 9 when all are served.
    empty = told.pop("sold_out", 0)
    return Outcome(told + Counter(completed=empty), (scene.shop.stock(goods) - empty,))


def _move(scene: Scene, goods: str, kind: str, quantity: int) -> Answer:
    move = {"request_id": scene.request_id(), "kind": kind, "quantity": quantity, "note": ""}
    return scene.post(f"/goods/{goods}/stock-moves", move)


ENDS: dict[Race, Outcome] = {
    last_item: Outcome(Counter(completed=1, sold_out=29), (0,)),
    last_points: Outcome(Counter(completed=1, insufficient_points=29), (1, 0)),
    four_and_four_and_four: Outcome(Counter(completed=2, insufficient_points=1), (2, 200)),
    daily_limit: Outcome(Counter(completed=3, daily_limit_reached=7), (3,)),
    two_reversals: Outcome(Counter(completed=1, already_reversed=1), (1, 0)),
    two_settlements: Outcome(Counter({"200 8": 1, "200 0": 1}), (200,)),
    two_closings: Outcome(Counter(open=1, meeting_closed=1), (1,)),
    stock_moves_during_sales: Outcome(Counter(completed=16), (9,)),
}
"""How each ends where the tills come one after the other."""


def run(race: Race, scene: Scene, rounds: range) -> None:
    """Every round must end as foretold, and after all of them nothing may contradict anything."""
    for number in rounds:
        assert race(scene) == ENDS[race], f"round {number}"
    assert scene.doubts() == []
