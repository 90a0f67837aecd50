"""A connection that ends around COMMIT: what is told is what the books hold, or that nobody knows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pointsbank import cli, ledger, outcomes, scoring
from pointsbank.database import Database
from pointsbank.outcomes import InterruptedAtCommit, OutcomeUnknown
from scripts.cluster import Cluster
from tests.api import scene
from tests.api.conftest import founded
from tests.api.scene import Village, enter, open_meeting
from tests.faults.relay import Cut, Relay, relayed

__all__ = ["founded"]


@pytest.fixture
def cut_off(
    founded: Village, cluster: Cluster, postgresql_database: Database
) -> Iterator[tuple[Relay, Village, Village]]:
    """The relay, the village reached through it, and the same village reached directly."""
    direct = Village(founded.app, postgresql_database)
    scene.found(direct)
    with relayed(cluster, postgresql_database) as (relay, database), scene.later(0):
        yield relay, replace(direct, database=database), direct


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


def test_closing_and_settling_are_told_as_they_are(cut_off: tuple[Relay, Village, Village]) -> None:
    relay, village, direct = cut_off
    meeting = open_meeting(village)
    enter(village, meeting)
    relay.cut = Cut.BEFORE
    assert village.post(f"/meetings/{meeting}/close", by="li").json["reason"] == "storage_failed"
    assert _status(direct, meeting) == "open"

    relay.cut, relay.cuts = Cut.AFTER, 0
    closed = village.post(f"/meetings/{meeting}/close", by="li")
    assert (relay.cuts, closed.status_code, _status(direct, meeting)) == (1, 200, "closed")

    relay.cuts = 0
    with scene.later(4):
        settled = village.post(f"/notices/{closed.json['id']}/settle", by="li")
    assert (relay.cuts, settled.status_code, settled.json["posted"]) == (1, 200, 1)


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
    at_commit = pytest.raises(InterruptedAtCommit)
    with sqlite_database.reading() as session, at_commit, outcomes.committing(session, print):
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt) as before, sqlite_database.writing():
        raise KeyboardInterrupt
    assert not isinstance(before.value, InterruptedAtCommit)


def _status(village: Village, meeting: str) -> str:
    with village.database.reading() as session:
        return scoring.meeting(session, village="chayuan", meeting_id=meeting).status
