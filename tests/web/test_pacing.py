"""Imports one at a time, and a long pause after a long write: tills go first."""

import io
import re
from collections.abc import Callable
from itertools import count, product

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


def written(
    pace: Pace, hours: Hours, seconds: float, taken_over: str = "", looked_at: str = "", again: float = 0
) -> float:
    """Write a table, which takes so long, and perhaps look again in the same request; how long it waited."""
    pace.enter(taken_over)
    came = hours.now
    pace.wait()
    waited = hours.now - came
    hours.go_on(seconds)
    if again:
        pace.wait()
        hours.go_on(again)
    if looked_at:
        pace.looked(looked_at)
    pace.leave()
    return waited


LOOK, TAKE = "look", "take"
"""What is done with a file: it is looked at, or is to be taken over, whatever comes of that."""
COURSES: dict[str, list[tuple[str, str, float, float]]] = {
    "a look and its take-over are one, and the pause after them is worth both": [
        (LOOK, "a", 0.1, 0),
        (TAKE, "a", 0.2, 0),
        (LOOK, "b", 0.1, 0.3 * PAUSE_TIMES),
    ],
    "two that are short by themselves are long together": [
        (LOOK, "a", 0.03, 0),
        (TAKE, "a", 0.03, 0),
        (LOOK, "b", 0.01, 0.06 * PAUSE_TIMES),
    ],
    "a second look at the same file waits": [
        (LOOK, "a", 0.1, 0),
        (LOOK, "a", 0.1, 0.1 * PAUSE_TIMES),
        (TAKE, "a", 0.1, 0),
        (TAKE, "a", 0.1, 0.2 * PAUSE_TIMES),
    ],
    "a take-over that was refused has had its turn": [
        (LOOK, "a", 0.1, 0),
        (TAKE, "a", 0.1, 0),
        (TAKE, "a", 0.1, 0.2 * PAUSE_TIMES),
        (TAKE, "a", 0.1, 0.1 * PAUSE_TIMES),
    ],
    "another file does not go ahead, and lets only itself go ahead": [
        (LOOK, "a", 0.1, 0),
        (TAKE, "b", 0.1, 0.1 * PAUSE_TIMES),
        (TAKE, "a", 0.1, 0.1 * PAUSE_TIMES),
        (LOOK, "b", 0.1, 0.1 * PAUSE_TIMES),
        (LOOK, "c", 0.1, 0.1 * PAUSE_TIMES),
        (TAKE, "b", 0.1, 0.1 * PAUSE_TIMES),
    ],
}


@pytest.mark.parametrize("course", COURSES)
def test_tills_go_first_whatever_is_done_with_which_file(course: str) -> None:
    hours = Hours()
    pace = Pace(hours.clock, hours.go_on)

    waits = [
        written(pace, hours, seconds, file if act == TAKE else "", file if act == LOOK else "")
        for act, file, seconds, _ in COURSES[course]
    ]

    assert waits == pytest.approx([wait for *_, wait in COURSES[course]])


def test_a_take_over_that_ends_in_another_look_lets_nobody_go_ahead_again() -> None:
    hours = Hours()
    pace = Pace(hours.clock, hours.go_on)
    written(pace, hours, 0.05, looked_at="a")

    assert written(pace, hours, 0.05, "a", "a", again=0.05) == 0
    assert written(pace, hours, 0.05, "a", "a", again=0.05) == pytest.approx(0.15 * PAUSE_TIMES)
    assert written(pace, hours, 0.05, "a") == pytest.approx(0.1 * PAUSE_TIMES)


def test_no_order_of_looks_and_take_overs_takes_a_twentieth_of_the_time() -> None:
    for course in product([(act, file) for act in (LOOK, TAKE) for file in "ab"], repeat=5):
        hours = Hours()
        pace = Pace(hours.clock, hours.go_on)
        began, writing = hours.now, 0.0
        for act, file in course:
            try:
                written(pace, hours, 0.3, file if act == TAKE else "", file if act == LOOK else "")
            except Busy:
                hours.go_on(1)
            else:
                writing += 0.3
        try:
            written(pace, hours, 0)
        except Busy:
            hours.go_on(2 * PATIENCE_SECONDS)
        assert writing * PAUSE_TIMES <= hours.now - began + 1e-6, course


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
        lines = [f"G{number},毛巾{number}号,4" for number in range(kinds)]
        file = io.BytesIO("\n".join(["编号,名称,积分", *lines]).encode())
        answer = li.post("/v/chayuan/imports/goods", file=(file, "商品.csv"))
        return words(li.follow(answer) if answer.status_code == 303 else answer)

    return sent


def test_a_table_has_at_most_so_many_rows(send: Callable[[int], str]) -> None:
    most = imports.find("goods").rows
    assert f"超过{most}行，请分成几个文件" in send(most)
    assert "新增3" in send(3)


def test_what_was_looked_at_is_taken_over_at_once_and_the_next_look_waits(
    browser: Browser, app: Flask
) -> None:
    waits: list[float] = []
    # Each look at the clock finds it a tenth of a second later.
    app.extensions[uploads.PACE] = Pace(count(100.0, 0.1).__next__, waits.append)
    li = browser.sign_in("li")

    def sent() -> str:
        file = io.BytesIO("编号,名称,积分\nG1,毛巾,4\n".encode())
        return li.post("/v/chayuan/imports/goods", file=(file, "商品.csv")).headers["Location"]

    li.post(sent())
    sent()

    assert [wait > 0 for wait in waits] == [False, False, True]


def test_a_first_file_that_meets_an_import_is_kept_and_looked_at_a_moment_later(
    send: Callable[[int], str], app: Flask, browser: Browser
) -> None:
    pace: Pace = app.extensions[uploads.PACE]
    pace.enter()

    waiting = send(3)
    assert "程序正忙，这个文件还没有看" in waiting and ">先看一遍</button>" in waiting
    assert ">导入</button>" not in waiting
    [path] = re.findall(r'action="(/v/chayuan/imports/goods/\w+)/discard"', waiting)
    still = browser.post(path, again="1")
    assert still.status_code == 503 and ">先看一遍</button>" in words(still)
    pace.leave()
    looked = browser.follow(browser.post(path, again="1"))
    assert "新增3" in words(looked) and ">导入</button>" in words(looked)


def test_who_hears_busy_stays_at_the_file_and_takes_it_over_a_moment_later(
    browser: Browser, app: Flask
) -> None:
    li = browser.sign_in("li")
    file = io.BytesIO("编号,名称,积分\nG1,毛巾,4\n".encode())
    path = li.post("/v/chayuan/imports/goods", file=(file, "商品.csv")).headers["Location"]
    pace: Pace = app.extensions[uploads.PACE]
    pace.enter()

    busy = li.post(path)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert "程序正忙" in words(busy) and ">导入</button>" in words(busy)
    pace.leave()
    assert "新增1" in words(li.follow(li.post(path)))
