"""Races over HTTP at a served village: each must end as if the tills had come one after the other.

Each race is also run at a server whose locks were taken out, and must then end otherwise: a race that cannot
be lost proves nothing.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pytest

from pointsbank import publicity, villages
from pointsbank.points import whole
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import Answer, at_once

pytestmark = pytest.mark.xdist_group("served races")

TILLS = 30


@dataclass(frozen=True)
class Outcome:
    """What all were told, what was left afterwards, and what the books say against themselves."""

    told: Counter[str]
    left: tuple[int, ...]
    doubts: tuple[str, ...] = ()


Race = Callable[[Scene], Outcome]


def outcome(scene: Scene, answers: Sequence[Answer], *left: int) -> Outcome:
    """How a race ended."""
    return Outcome(Counter(answer.told for answer in answers), left, tuple(scene.doubts()))


def last_item(scene: Scene) -> Outcome:
    """One piece, thirty tills, six households."""
    goods = scene.new_goods(whole(2), stock=1)
    people = [scene.rich[till % len(scene.rich)] for till in range(TILLS)]
    answers = at_once([scene.sale(ticket, goods, 2) for ticket in scene.tickets(people)])
    return outcome(scene, answers, scene.shop.stock(goods))


def last_points(scene: Scene) -> Outcome:
    """Points for one piece, thirty tills, a shelf of its own for each."""
    who = scene.shop.wang
    goods = [scene.new_goods(whole(5), stock=1) for _ in range(TILLS)]
    scene.set_balance(who, whole(5))
    tickets = scene.tickets([who] * TILLS)
    answers = at_once([scene.sale(*sale, 5) for sale in zip(tickets, goods, strict=True)])
    return outcome(scene, answers, sum(map(scene.shop.stock, goods)), scene.shop.balance(who))


def four_and_four_and_four(scene: Scene) -> Outcome:
    """Three things of 4 points, 10 points to spend."""
    who = scene.shop.village.zeng
    goods = [scene.new_goods(whole(4), stock=1) for _ in range(3)]
    scene.set_balance(who, whole(10))
    tickets = scene.tickets([who] * 3)
    answers = at_once([scene.sale(*sale, 4) for sale in zip(tickets, goods, strict=True)])
    return outcome(scene, answers, sum(map(scene.shop.stock, goods)), scene.shop.balance(who))


def daily_limit(scene: Scene) -> Outcome:
    """Three more sales a day are allowed, ten tills try, each with goods of its own."""
    who = scene.shop.village.ouyang
    scene.shop.village.write(villages.change_settings, daily_limit=scene.spent(who) + whole(6))
    goods = [scene.new_goods(whole(2), stock=1) for _ in range(10)]
    tickets = scene.tickets([who] * 10)
    answers = at_once([scene.sale(*sale, 2) for sale in zip(tickets, goods, strict=True)])
    scene.shop.village.write(villages.change_settings, daily_limit=None)
    return outcome(scene, answers, sum(map(scene.shop.stock, goods)))


def two_reversals(scene: Scene) -> Outcome:
    """Two desks take back the same redemption."""
    who = scene.shop.li
    goods = scene.new_goods(whole(2), stock=1)
    before = scene.shop.balance(who)
    sold = scene.sale(scene.scan(who), goods, 2)().said["id"]
    backs = [{"request_id": scene.request_id(), "reason": "拿错了"} for _ in range(2)]
    answers = at_once([partial(scene.post, f"/redemptions/{sold}/reversal", back) for back in backs])
    return outcome(scene, answers, scene.shop.stock(goods), scene.shop.balance(who) - before)


def two_settlements(scene: Scene) -> Outcome:
    """Two people settle the same notice."""
    meeting = scene.open_meeting()
    notice = scene.shop.village.write(publicity.close_and_publish, meeting=meeting)
    before = scene.shop.village.balance(scene.shop.li).honour
    answers = at_once([partial(scene.post, f"/notices/{notice.id}/settle", {}, by="li") for _ in range(2)])
    told = Counter(f"{one.status} {one.said.get('posted', one.told)}" for one in answers)
    gained = scene.shop.village.balance(scene.shop.li).honour - before
    return Outcome(told, (gained,), tuple(scene.doubts()))


def two_closings(scene: Scene) -> Outcome:
    """Two people close the same meeting."""
    meeting = scene.open_meeting()
    before = scene.count_entries("minutes_closed")
    answers = at_once([partial(scene.post, f"/meetings/{meeting}/close", {}, by="li") for _ in range(2)])
    return outcome(scene, answers, scene.count_entries("minutes_closed") - before)


def stock_moves_during_sales(scene: Scene) -> Outcome:
    """Ten pieces are sold, twelve delivered in fours and three thrown away, all at the same moment."""
    goods = scene.new_goods(whole(2), stock=10)
    people = [scene.rich[till % len(scene.rich)] for till in range(10)]
    sales = [scene.sale(ticket, goods, 2) for ticket in scene.tickets(people)]
    moves = [("received", 4)] * 3 + [("spoiled", 1)] * 3
    answers = at_once([*sales, *(partial(_move, scene, goods, *move) for move in moves)])
    return outcome(scene, answers, scene.shop.stock(goods) + Counter(one.told for one in answers)["sold_out"])


def _move(scene: Scene, goods: str, kind: str, quantity: int) -> Answer:
    move = {"request_id": scene.request_id(), "kind": kind, "quantity": quantity, "note": ""}
    return scene.post(f"/goods/{goods}/stock-moves", move)


ENDS: dict[Race, Outcome] = {
    last_item: Outcome(Counter(completed=1, sold_out=29), (0,)),
    last_points: Outcome(Counter(completed=1, insufficient_points=29), (29, 0)),
    four_and_four_and_four: Outcome(Counter(completed=2, insufficient_points=1), (1, 200)),
    daily_limit: Outcome(Counter(completed=3, daily_limit_reached=7), (7,)),
    two_reversals: Outcome(Counter(completed=1, already_reversed=1), (1, 0)),
    two_settlements: Outcome(Counter({"200 8": 1, "200 0": 1}), (200,)),
    two_closings: Outcome(Counter(open=1, meeting_closed=1), (1,)),
}
races = pytest.mark.parametrize("race", ENDS, ids=lambda race: race.__name__)


@races
def test_a_race_ends_as_if_they_had_come_one_by_one(
    race: Race, kind: str, serve: Serve, rounds: range
) -> None:
    scene = serve(kind)

    for number in rounds:
        assert race(scene) == ENDS[race], f"round {number}"


def test_stock_moves_and_sales_at_once_lose_no_piece(kind: str, serve: Serve, rounds: range) -> None:
    scene = serve(kind)

    for number in rounds:
        ended = stock_moves_during_sales(scene)
        assert ended.told["completed"] + ended.told["sold_out"] == 16, f"round {number}: {ended}"
        assert (ended.left, ended.doubts) == ((9,), ()), f"round {number}"


@races
def test_without_its_locks_the_same_race_ends_badly(race: Race, kind: str, serve: Serve) -> None:
    # On PostgreSQL both reversals change the same shelf, and an UPDATE locks as well as FOR UPDATE does.
    untied = race is two_reversals and kind == "postgresql"
    scene = serve(kind, flaws=("untied" if untied else "unlocked",))

    assert any(race(scene) != ENDS[race] for _ in range(25))


def test_without_locks_stock_moves_and_sales_are_not_all_told_the_truth(kind: str, serve: Serve) -> None:
    scene = serve(kind, flaws=("unlocked",))

    ends = (stock_moves_during_sales(scene) for _ in range(15))
    assert any(end.told["completed"] + end.told["sold_out"] < 16 or end.doubts for end in ends)
