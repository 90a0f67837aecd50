"""A child process reads files: bounded, one at a time, and whatever ends it is only a refusal."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pointsbank.isolated import Crowded, Isolated, Stopped
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import FileUnreadable

HERE = "tests.isolated.work"


@pytest.fixture
def isolated() -> Iterator[Isolated]:
    """A child of this test's own."""
    made = Isolated()
    made.start()
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_comes_back(isolated: Isolated) -> None:
    [[process, answer]] = isolated.run(f"{HERE}:once", "42")

    assert process != os.getpid() and answer == "42"


def test_the_child_is_kept_for_the_next(isolated: Isolated) -> None:
    assert isolated.run(f"{HERE}:once", "1")[0][0] == isolated.run(f"{HERE}:once", "2")[0][0]


def test_a_child_that_grew_makes_room_for_a_new_one(isolated: Isolated) -> None:
    [first] = isolated.run(f"{HERE}:grow", "60")

    assert isolated.run(f"{HERE}:once", "1")[0][0] != first


@pytest.mark.parametrize("work", ["crash", "forever", "too_much", "defect", "stranger", "noise"])
def test_whatever_ends_the_child_is_told_and_the_next_is_served(isolated: Isolated, work: str) -> None:
    if work == "noise":
        assert isolated.run(f"{HERE}:noise", "") == ["quiet"]
    else:
        with pytest.raises((Stopped, Exception)) as stopped:
            isolated.run(f"{HERE}:{work}", "")
        assert type(stopped.value).__name__ in ("Stopped", "_OutOfTime", "UnpicklingError")

    assert isolated.run(f"{HERE}:once", "1")[0][1] == "1"


def test_a_refusal_comes_back_as_itself(isolated: Isolated) -> None:
    with pytest.raises(FileUnreadable, match="不行"):
        isolated.run(f"{HERE}:refuse", "表.csv")


def test_only_classes_that_were_named_come_back(isolated: Isolated) -> None:
    assert isolated.run(f"{HERE}:table", "", into=(Table,)) == [Table([])]
    with pytest.raises(Exception, match="does not come back"):
        isolated.run(f"{HERE}:table", "")


def test_one_works_two_wait_and_the_rest_are_told_at_once(
    isolated: Isolated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", 60)
    monkeypatch.setattr("pointsbank.isolated.ANSWER_SECONDS", 60)
    gate = tmp_path / "open"
    begun = threading.Barrier(4)

    def wait() -> str:
        if begun.wait() >= 0:
            isolated.run(f"{HERE}:until", str(gate))
        return "done"

    with ThreadPoolExecutor(3) as threads:
        working = [threads.submit(wait) for _ in range(3)]
        begun.wait()
        while isolated._inside < 3:
            threading.Event().wait(0.01)
        with pytest.raises(Crowded):
            isolated.run(f"{HERE}:once", "1")
        gate.touch()

    assert [one.result() for one in working] == ["done"] * 3


def test_who_waits_too_long_is_told_and_whoever_has_the_turn_need_not_wait_for_it_again(
    isolated: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", 0.05)
    assert isolated.enter() and not isolated.enter()
    assert isolated.run(f"{HERE}:once", "1")[0][1] == "1"
    with ThreadPoolExecutor(1) as other, pytest.raises(Crowded):
        other.submit(isolated.run, f"{HERE}:once", "2").result()
    isolated.leave()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(isolated.run, f"{HERE}:once", "2").result()[0][1] == "2"


def test_what_waited_so_long_that_its_time_is_short_is_told_to_come_again(
    isolated: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.isolated.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("pointsbank.isolated.MINIMUM_SECONDS", 0.1)
    monkeypatch.setattr(isolated, "_inside", 1)

    with pytest.raises(Crowded):
        isolated.run(f"{HERE}:forever", "")


@pytest.mark.parametrize("is_awaited", [True, False])
def test_who_is_late_gives_way_to_others_and_only_to_them(
    isolated: Isolated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_awaited: bool
) -> None:
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", 60)
    monkeypatch.setattr("pointsbank.isolated.ANSWER_SECONDS", 0.1)
    monkeypatch.setattr("pointsbank.isolated.MINIMUM_SECONDS", 0.1)
    gate = tmp_path / "open"

    with ThreadPoolExecutor(2) as threads:
        late = threads.submit(isolated.run, f"{HERE}:until", str(gate))
        while not isolated._inside:
            threading.Event().wait(0.01)
        if is_awaited:
            threads.submit(isolated.enter).result()
            with pytest.raises(Crowded):
                late.result()
        else:
            threading.Event().wait(0.5)
            assert not late.done()
            gate.touch()
            assert late.result()


def test_for_a_moment_after_two_have_met_others_count_as_waiting(
    isolated: Isolated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", 0)
    isolated.enter()
    with ThreadPoolExecutor(1) as other, pytest.raises(Crowded):
        other.submit(isolated.enter).result()
    isolated.leave()
    monkeypatch.setattr("pointsbank.isolated.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("pointsbank.isolated.MINIMUM_SECONDS", 0.1)

    with pytest.raises(Crowded):
        isolated.run(f"{HERE}:until", str(tmp_path / "never"))


def test_what_a_file_waited_before_its_turn_counts(
    isolated: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = 3600.0
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", hours)
    isolated.enter()

    with ThreadPoolExecutor(1) as other, pytest.raises(Crowded):
        # Without its arrival it would wait for an hour.
        other.submit(isolated.enter, time.monotonic() - hours).result()
    isolated.leave()


def test_who_has_no_time_left_while_others_wait_is_not_even_begun(
    isolated: Isolated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.isolated.WAIT_SECONDS", 60)
    begun = tmp_path / "begun"
    isolated.enter(time.monotonic() - 10)
    with monkeypatch.context() as awaited, pytest.raises(Crowded):
        awaited.setattr(isolated, "_inside", 2)
        isolated.run(f"{HERE}:touch", str(begun))
    was_begun = begun.exists()
    isolated.run(f"{HERE}:touch", str(begun))
    isolated.leave()

    assert not was_begun and begun.exists()


def test_while_a_new_child_starts_who_holds_up_others_waits_no_longer_than_for_an_answer(
    isolated: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    isolated.stop()
    with monkeypatch.context() as hurry, pytest.raises(Crowded):
        hurry.setattr("pointsbank.isolated.ANSWER_SECONDS", 0.0)
        hurry.setattr("pointsbank.isolated.MINIMUM_SECONDS", 0.0)
        hurry.setattr(isolated, "_inside", 1)
        isolated.run(f"{HERE}:once", "1")

    isolated.start()
    assert isolated.run(f"{HERE}:once", "2")[0][1] == "2"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_server_has_a_child_of_its_own(isolated: Isolated) -> None:
    [[first, _]] = isolated.run(f"{HERE}:once", "1")
    read, write = os.pipe()
    if (forked := os.fork()) == 0:
        os.write(write, str(isolated.run(f"{HERE}:once", "2")[0][0]).encode())
        isolated.stop()
        os._exit(0)
    os.waitpid(forked, 0)

    assert int(os.read(read, 20)) != first
    assert isolated.run(f"{HERE}:once", "3")[0][0] == first
