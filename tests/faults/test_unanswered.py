"""A connection that ends around COMMIT: what is told is what the books hold, or that nobody knows."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pointsbank import cli, ledger, outcomes
from pointsbank.database import Database
from pointsbank.outcomes import InterruptedAtCommit, OutcomeUnknown
from scripts.cluster import Cluster
from tests.api import scene
from tests.api.conftest import founded
from tests.api.scene import Village
from tests.faults.doings import Doings, hidden_fields
from tests.faults.relay import Cut, Relay, relayed

__all__ = ["founded"]


FOUNDED, CUT_OFF = "founded_there", "cut_off"


@pytest.fixture(scope="module")
def founded_there(founded: Village, cluster: Cluster) -> Iterator[Village]:
    """The village on a server, to copy from."""
    database = Database(cluster.create(FOUNDED, "template_village"), secret="k" * 43)
    village = Village(founded.app, database)
    scene.found(village)
    database.dispose()
    yield village
    cluster.drop(FOUNDED)


@pytest.fixture
def cut_off(founded_there: Village, cluster: Cluster) -> Iterator[tuple[Relay, Village, Village]]:
    """The relay, the village reached through it, and the same village reached directly."""
    there = Database(cluster.create(CUT_OFF, FOUNDED), secret="k" * 43)
    direct = replace(founded_there, database=there)
    with relayed(cluster, there) as (relay, database), scene.later(0):
        yield relay, replace(direct, database=database), direct
    there.dispose()
    cluster.drop(CUT_OFF)


def test_a_sale_whose_answer_was_lost_is_told_as_made(cut_off: tuple[Relay, Village, Village]) -> None:
    relay, village, direct = cut_off
    sale = village.sale()
    relay.cut = Cut.AFTER

    made = village.post("/redemptions", sale)

    assert (relay.cuts, made.status_code, made.json["status"]) == (1, 201, "completed")
    assert direct.post("/redemptions", sale).json["status"] == "replayed"
    assert direct.get(f"/requests/{sale['request_id']}").json["kept"] is True


def test_without_the_look_up_the_same_sale_is_told_as_failed(
    cut_off: tuple[Relay, Village, Village], monkeypatch: pytest.MonkeyPatch
) -> None:
    relay, village, direct = cut_off
    sale = village.sale()
    relay.cut = Cut.AFTER
    monkeypatch.setattr(outcomes, "_is_unanswered", lambda error: False)

    told = village.post("/redemptions", sale)

    assert (told.status_code, told.json["reason"]) == (503, "storage_failed")
    assert direct.get(f"/requests/{sale['request_id']}").json["kept"] is True


def test_a_sale_whose_commit_never_arrived_is_told_as_not_made(
    cut_off: tuple[Relay, Village, Village],
) -> None:
    relay, village, direct = cut_off
    sale = village.sale()
    before = direct.holdings()
    relay.cut = Cut.BEFORE

    told = village.post("/redemptions", sale)

    assert (relay.cuts, told.status_code, told.json["reason"]) == (1, 503, "storage_failed")
    assert direct.holdings() == before
    assert direct.get(f"/requests/{sale['request_id']}").json == {
        "request_id": sale["request_id"],
        "kept": False,
        "recorded_at": None,
    }
    assert village.post("/redemptions", sale).json["status"] == "completed"


def test_a_sale_nobody_can_be_asked_about_is_told_as_unknown(
    cut_off: tuple[Relay, Village, Village], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "PATIENCE", 1)
    relay, village, direct = cut_off
    sale = village.sale()
    relay.cut = Cut.AFTER_FOR_GOOD

    told = village.post("/redemptions", sale)

    assert (told.status_code, told.json["reason"]) == (503, "outcome_unknown")
    assert "没有生效" not in told.json["detail"] and told.headers["Retry-After"]
    relay.cut = Cut.NOWHERE
    assert village.post("/redemptions", sale).json["status"] == "replayed"
    assert direct.get(f"/requests/{sale['request_id']}").json["kept"] is True


@pytest.fixture
def doings(
    cut_off: tuple[Relay, Village, Village],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Relay, Doings]:
    """Acts at the village that is cut off."""
    relay, through, direct = cut_off
    folder = tmp_path / "doings"
    folder.mkdir()
    direct.get("/goods")  # the clock of the site is that of this test from here on
    return relay, Doings(through, direct, folder, capsys, monkeypatch)


def test_whatever_a_village_does_is_told_as_it_is(doings: tuple[Relay, Doings]) -> None:
    relay, acts = doings
    wrong: list[str] = []
    for name, act in acts.each():
        acts.note_tokens()
        before = acts.books()
        relay.cut, relay.cuts = Cut.BEFORE, 0
        lost = act()
        if (relay.cuts, lost.kept, acts.books() == before) != (1, False, True):
            wrong.append(f"{name} never arrived, told: {lost}")
        relay.cut, relay.cuts = Cut.AFTER, 0
        made = act()
        after = acts.books()
        if (relay.cuts, made.kept, after == before) != (1, True, False):
            wrong.append(f"{name} was kept, told: {made}")
        relay.cut = Cut.NOWHERE
        act()
        if acts.books() != after:
            wrong.append(f"{name} was done twice")

    assert wrong == []


def test_where_nobody_can_be_asked_every_door_says_so(
    doings: tuple[Relay, Doings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "PATIENCE", 0.5)
    relay, acts = doings
    for act in (
        acts.command("import", "roster", acts.file("户号,户主,小组,人口\n0909,覃小满,二组,2\n")),
        acts.take_over("li", "goods", "编号,名称,积分,库存\nG77,毛巾,4,9\n"),
        acts.api("chen", "/goods/G01/stock-moves", kind="received", quantity=5, note="到货"),
    ):
        before = acts.books()
        relay.cut, relay.cuts = Cut.AFTER_FOR_GOOD, 0
        told = act()
        relay.cut = Cut.NOWHERE

        assert told.kept is None and "没有生效" not in told.words
        after = acts.books()
        assert after != before
        act()
        assert acts.books() == after


def test_a_till_that_does_not_know_sends_the_same_sale_again_and_it_is_one(
    doings: tuple[Relay, Doings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "PATIENCE", 0.5)
    relay, acts = doings
    ticket = acts.direct.scan().json["scan_ticket"]
    basket = {"ticket": ticket, "q-G01": "1", "p-G01": "5", "confirmed": "1"}
    sale = basket | {"request_id": acts.direct.request_id()}
    relay.cut, relay.cuts = Cut.AFTER_FOR_GOOD, 0
    unknown = acts.page("chen", "/till/redeem", **sale)()
    relay.cut = Cut.NOWHERE
    kept = hidden_fields(unknown.words)
    kept.pop("csrf_token")  # that of the browser which sends it again counts

    assert unknown.kept is None and {name: kept[name] for name in sale} == sale
    asked = acts.direct.get(f"/requests/{sale['request_id']}").json
    assert asked["kept"] is True
    once = acts.books()
    assert acts.page("chen", "/till/redeem", **kept)().kept is True
    assert acts.books() == once


@pytest.mark.parametrize("is_told_apart", [True, False])
def test_what_follows_an_import_is_not_told_as_its_failure(
    doings: tuple[Relay, Doings], monkeypatch: pytest.MonkeyPatch, is_told_apart: bool
) -> None:
    """With its negative control: without `afterwards` a kept import is told as failed."""
    if not is_told_apart:
        monkeypatch.setattr(outcomes, "afterwards", lambda what: contextlib.nullcontext())
    relay, acts = doings
    before = acts.books()
    relay.cut, relay.spared = Cut.BEFORE, 1
    told = acts.command("import", "roster", acts.file("户号,户主,小组,人口\n0909,覃小满,二组,2\n"))()

    assert (relay.cuts, told.kept, acts.books() == before) == (1, is_told_apart, False)


def test_a_write_that_only_tried_is_looked_up_by_nobody(cut_off: tuple[Relay, Village, Village]) -> None:
    relay, village, _ = cut_off
    relay.cut = Cut.AFTER
    with village.database.writing() as session:
        ledger.balances(session, village="chayuan")

    assert relay.cuts == 1


def test_a_command_says_that_it_does_not_know(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (OutcomeUnknown, InterruptedAtCommit):

        def fail(error: type[BaseException] = error, **_: object) -> None:
            raise error()

        monkeypatch.setattr(cli.pointsbank, "main", fail)
        assert cli.main(["month", "close"]) == 1
        told = capsys.readouterr().err
        assert "不知道这一次是否成功" in told and "没有写入" not in told


def test_an_interruption_before_commit_has_written_nothing_and_one_at_commit_is_not_known(
    sqlite_database: Database,
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with sqlite_database.reading() as session, pytest.raises(InterruptedAtCommit):
        outcomes.send_commit(session, interrupted, print)
    with pytest.raises(KeyboardInterrupt) as before, sqlite_database.writing():
        raise KeyboardInterrupt
    assert not isinstance(before.value, InterruptedAtCommit)
