"""Imports one at a time, and a long pause after a long write: tills go first."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from pointsbank import imports
from pointsbank.failures import Busy
from pointsbank.web import uploads
from pointsbank.web.pacing import PATIENCE_SECONDS, PAUSE_TIMES, SHORT_SECONDS, Pace
from tests.web.browser import Browser, words


class Hours:
    """A clock that goes on only when somebody waits or works."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds


def written(pace: Pace, hours: Hours, seconds: float) -> float:
    """Import a table whose write takes so long; how long it waited before."""
    pace.enter()
    came = hours.now
    pace.wait()
    waited = hours.now - came
    hours.go_on(seconds)
    pace.leave()
    return waited


def test_after_a_write_nobody_writes_for_many_times_as_long() -> None:
    hours = Hours()
    pace = Pace(hours.clock, hours.go_on)

    assert written(pace, hours, 0.2) == 0
    assert written(pace, hours, SHORT_SECONDS / 2) == pytest.approx(0.2 * PAUSE_TIMES)
    assert written(pace, hours, 2 * PATIENCE_SECONDS / PAUSE_TIMES) == 0
    with pytest.raises(Busy):
        pace.enter()
    hours.go_on(2 * PATIENCE_SECONDS)
    assert written(pace, hours, 0.1) == 0


def test_one_is_imported_and_the_next_is_told_at_once() -> None:
    pace = Pace()
    pace.enter()

    with pytest.raises(Busy):
        pace.enter()
    pace.leave()
    pace.enter()


def test_a_table_that_is_refused_costs_no_pause() -> None:
    hours = Hours()
    pace = Pace(hours.clock, hours.go_on)
    pace.enter()
    hours.go_on(5)
    pace.leave()

    assert written(pace, hours, 0) == 0


@pytest.fixture
def send(browser: Browser) -> Callable[[int], str]:
    """Import so many kinds of goods; what the answer says."""

    li = browser.sign_in("li")

    def sent(kinds: int) -> str:
        lines = [f"G{number},毛巾,4" for number in range(kinds)]
        file = io.BytesIO("\n".join(["编号,名称,积分", *lines]).encode())
        answer = li.post("/v/chayuan/imports/goods", file=(file, "商品.csv"))
        return words(li.follow(answer) if answer.status_code == 303 else answer)

    return sent


def test_a_table_has_at_most_so_many_rows(send: Callable[[int], str]) -> None:
    most = imports.find("goods").rows
    assert f"超过{most}行，请分成几个文件" in send(most)
    assert "新增3" in send(3)


def test_beside_an_import_another_hears_busy_and_the_one_after_goes_on(
    send: Callable[[int], str], app: Flask
) -> None:
    pace: Pace = app.extensions[uploads.PACE]
    pace.enter()

    assert "程序正忙" in send(3)
    pace.leave()
    assert "新增3" in send(3)
