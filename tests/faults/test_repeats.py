"""One request sent again: at the same moment, after a death or a restart, changed, by another, elsewhere."""

import signal
from collections import Counter
from functools import partial
from typing import Any

import pytest

from tests.builders import NEIGHBOUR
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import LOST, at_once
from tests.market.shop import SALT

NO_IDS = ["", "x" * 10_240, "short", "有中文的编号啊啊", "a b c d e f", None, 12345678, ["x" * 8]]


@pytest.fixture
def scene(kind: str, serve: Serve) -> Scene:
    """The served village of this module, on each kind of database."""
    return serve(kind)


@pytest.fixture
def one_scene(mostly_sqlite: str, serve: Serve) -> Scene:
    """The served village on SQLite, with --full on both: whose an id is, is asked before any storage."""
    return serve(mostly_sqlite)


@pytest.fixture
def sqlite_scene(serve: Serve) -> Scene:
    """The served village on SQLite, for what does not depend on the storage."""
    return serve("sqlite")


def salt(scene: Scene, **changes: Any) -> dict[str, Any]:
    """The body of a sale of one packet of salt to 李秀英."""
    return scene.basket(scene.scan(scene.shop.li), "S03", 2, **changes)


def holdings(scene: Scene) -> tuple[int, int]:
    """What 李秀英 has and what salt there is."""
    return scene.shop.balance(scene.shop.li), scene.shop.stock("S03")


def sold_once(scene: Scene, before: tuple[int, int]) -> bool:
    """Whether exactly one packet was sold since, and nothing contradicts it."""
    return holdings(scene) == (before[0] - SALT, before[1] - 1) and not scene.doubts()


def test_twenty_times_at_once_is_one_sale_and_one_answer(scene: Scene) -> None:
    sale, before = salt(scene), holdings(scene)

    answers = at_once([partial(scene.post, "/redemptions", sale)] * 20)
    assert Counter(one.told for one in answers) == {"completed": 1, "replayed": 19}
    assert len({str({**one.said, "status": ""}) for one in answers}) == 1
    assert sold_once(scene, before)


def test_a_server_killed_between_commit_and_answer_answers_the_second_time(scene: Scene) -> None:
    sale, before = salt(scene), holdings(scene)

    assert scene.post("/redemptions", sale, **{"X-Die": "1"}).status == LOST
    scene.server.start()
    again = scene.post("/redemptions", sale)
    assert (again.status, again.told) == (200, "replayed")
    assert sold_once(scene, before)


def test_after_a_restart_the_first_answer_is_still_known(one_scene: Scene) -> None:
    sale, before = salt(one_scene), holdings(one_scene)
    first = one_scene.post("/redemptions", sale)

    one_scene.server.stop(signal.SIGTERM)
    one_scene.server.start()
    assert one_scene.post("/redemptions", sale).said == {**first.said, "status": "replayed"}
    assert sold_once(one_scene, before)


def test_with_another_body_nothing_but_that_the_id_is_used_is_told(one_scene: Scene) -> None:
    sale = salt(one_scene)
    one_scene.post("/redemptions", sale)
    before = holdings(one_scene)

    line = {**sale["lines"][0], "quantity": 2}
    for other in ({**sale, "lines": [line]}, {**sale, "scan_ticket": one_scene.scan(one_scene.shop.wang)}):
        answer = one_scene.post("/redemptions", other)
        assert (answer.status, answer.told) == (409, "request_reused")
        assert {"balance", "index", "total"}.isdisjoint(answer.said)
    assert holdings(one_scene) == before


def test_another_verb_and_another_clerk_cannot_have_the_id_either(one_scene: Scene) -> None:
    sale = salt(one_scene)
    sold = one_scene.post("/redemptions", sale).said["id"]
    before = holdings(one_scene)

    stolen = one_scene.post("/redemptions", sale, by="qian")
    back = {"request_id": sale["request_id"], "reason": "拿错了"}
    move = {"request_id": sale["request_id"], "kind": "received", "quantity": 1, "note": ""}
    answers = (
        stolen,
        one_scene.post(f"/redemptions/{sold}/reversal", back),
        one_scene.post("/goods/S03/stock-moves", move),
    )
    assert {(one.status, one.told) for one in answers} == {(409, "request_reused")}
    assert holdings(one_scene) == before


def test_in_another_village_the_id_says_nothing(one_scene: Scene) -> None:
    sale = salt(one_scene)
    first = one_scene.post("/redemptions", sale)
    before = holdings(one_scene)

    there = one_scene.post("/redemptions", sale, by="gu", village=NEIGHBOUR)
    assert (there.status, there.told) == (409, "ticket_expired")
    strangers = [
        one_scene.post("/redemptions", sale, by=by, village=village)
        for by, village in (("chen", NEIGHBOUR), ("gu", "chayuan"))
    ]
    assert [one.status for one in strangers] == [404, 404]
    assert one_scene.post("/redemptions", sale).said == {**first.said, "status": "replayed"}
    assert holdings(one_scene) == before


@pytest.mark.parametrize(
    "id", ["", "x" * 10_240, "short", "有中文的编号啊啊", "a b c d e f", None, 12345678, ["x" * 8]]
)
def test_an_id_that_is_none_is_refused_and_nothing_moves(id: Any, sqlite_scene: Scene) -> None:
    sale, before = salt(sqlite_scene, request_id=id), holdings(sqlite_scene)

    answer = sqlite_scene.post("/redemptions", sale)
    assert answer.status == 422 and answer.said["detail"]
    assert holdings(sqlite_scene) == before


def test_a_request_without_an_id_is_refused_wherever_something_moves(sqlite_scene: Scene) -> None:
    sold = sqlite_scene.post("/redemptions", salt(sqlite_scene)).said["id"]
    meeting = sqlite_scene.open_meeting()
    sale, before = salt(sqlite_scene), holdings(sqlite_scene)
    del sale["request_id"]

    asked = {
        "/redemptions": sale,
        f"/redemptions/{sold}/reversal": {"reason": "拿错了"},
        "/goods/S03/stock-moves": {"kind": "received", "quantity": 1, "note": ""},
    }
    answers = [sqlite_scene.post(path, body) for path, body in asked.items()]
    score = {"participant": "0303", "item": "A1", "occurred_on": "2026-09-01"}
    answers.append(sqlite_scene.post(f"/meetings/{meeting}/scores", score, by="li"))
    assert [one.status for one in answers] == [422] * 4
    assert holdings(sqlite_scene) == before


def test_the_other_verbs_that_move_something_are_also_done_once(scene: Scene) -> None:
    sold = scene.post("/redemptions", salt(scene)).said["id"]
    meeting, before = scene.open_meeting(), holdings(scene)
    score = {"participant": "0303", "item": "A1", "occurred_on": "2026-09-01"}
    asks = [
        (f"/redemptions/{sold}/reversal", {"reason": "拿错了"}, "chen"),
        ("/goods/S03/stock-moves", {"kind": "received", "quantity": 3, "note": ""}, "chen"),
        (f"/meetings/{meeting}/scores", score, "li"),
    ]

    for path, body, by in asks:
        body |= {"request_id": scene.request_id()}
        told = Counter(one.told for one in at_once([partial(scene.post, path, body, by=by)] * 5))
        assert told == {"completed": 1, "replayed": 4}, path
    assert holdings(scene) == (before[0] + SALT, before[1] + 4)
    assert not scene.doubts()
