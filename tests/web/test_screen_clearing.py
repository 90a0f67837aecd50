"""A person's data leave the screen of a counter, and what was opened before opens no more."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank.points import whole
from pointsbank.web import screen_clearing
from tests.builders import VILLAGE, Chayuan
from tests.scoring.counter import adopt
from tests.web.browser import Browser, hidden, words

HOME = f"/v/{VILLAGE}"
RICE = {"q-rice": "1", "p-rice": "20"}
REFRESH = re.compile(
    r'<noscript><meta http-equiv="refresh" content="(\d+);url=([^"?]+)\?left=idle"></noscript>'
)


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


@pytest.fixture
def card(village: Chayuan) -> str:
    village.give(village.wang, 60)
    return f"http://village.test:8000/c/{village.card(village.wang).token}"


def opened(chen: Browser, card: str) -> Iterator[tuple[str, str]]:
    """Pages with 王建国's data as a clerk opens them at the counter, each with the page that waits."""
    yield chen.post(f"{HOME}/reception", household=card).headers["Location"], f"{HOME}/reception"
    for part in ("roster/0101", "roster/0101/cards", "reception/0101/claim"):
        shown = words(chen.follow(chen.post(f"{HOME}/reception", household=card)))
        yield re.search(rf'href="({HOME}/{part}\?[^"]+)"', shown)[1], f"{HOME}/reception"  # type: ignore[index]
    yield chen.post(f"{HOME}/counter", household="0101").headers["Location"], f"{HOME}/counter"
    yield chen.post(f"{HOME}/pins", text=card).headers["Location"], f"{HOME}/pins"
    goods = chen.post(f"{HOME}/till", text=card).headers["Location"]
    yield goods, f"{HOME}/till"
    yield (
        chen.post(goods, **_carried(goods), **RICE).headers["Location"],
        f"{HOME}/till",
    )


def _carried(address: str) -> dict[str, str]:
    return {"ticket": re.search(r"ticket=(\w+)", address)[1]}  # type: ignore[index]


def test_every_page_of_a_counter_leaves_the_screen_by_itself_without_scripts(
    village: Chayuan, card: str, chen: Browser
) -> None:
    adopt(village)
    for address, waiting in opened(chen, card):
        page = chen.get(address)
        shown = words(page)
        assert page.status_code == 200 and "王建国" in shown, address

        seconds, place = REFRESH.search(shown).groups()  # type: ignore[union-attr]
        forms = ("claim", "counter", "pins", "till")
        assert int(seconds) == (180 if any(part in address for part in forms) else 60), address
        assert place == waiting
        assert page.headers["Cache-Control"] == "no-store"
        assert f'data-after="{screen_clearing.CLEARED_AFTER}"' in shown and "clearing.js" in shown


def test_what_was_opened_before_somebody_left_opens_no_more(
    village: Chayuan, card: str, chen: Browser, clock: Traveller
) -> None:
    for address, waiting in opened(chen, card):
        left = chen.get(f"{waiting}?left=idle")
        assert left.status_code == 303 and left.headers["Location"] == waiting
        assert "60秒没有人动，上一户的资料已经收起" in words(chen.get(waiting))

        again = chen.get(address)

        assert again.status_code == 303 and again.headers["Location"] == waiting, address
        told = words(chen.get(waiting))
        assert "请重新扫卡或查找" in told
        clock.shift(timedelta(seconds=1))


def test_words_that_were_typed_and_not_sent_are_said_to_be_gone(chen: Browser) -> None:
    chen.get(f"{HOME}/reception?left=typed")

    assert "没有提交的内容没有保存" in words(chen.get(f"{HOME}/reception"))


def test_the_next_household_closes_the_pages_of_the_one_before(
    village: Chayuan, card: str, chen: Browser, clock: Traveller
) -> None:
    first = chen.post(f"{HOME}/reception", household=card).headers["Location"]
    clock.shift(timedelta(seconds=5))
    second = chen.post(f"{HOME}/reception", household="0202").headers["Location"]

    assert chen.get(first).status_code == 303
    assert "曾䶮" in words(chen.get(second))


def test_nothing_of_a_sale_opens_again_once_it_is_made(
    village: Chayuan, card: str, chen: Browser, clock: Traveller
) -> None:
    goods = chen.post(f"{HOME}/till", text=card).headers["Location"]
    confirm = chen.post(goods, **_carried(goods), **RICE).headers["Location"]
    shown = chen.get(confirm)
    sending = _carried(goods) | RICE | {"confirmed": "1"}
    sold = chen.post(f"{HOME}/till/redeem", request_id=hidden(shown, "request_id"), **sending)
    receipt = sold.headers["Location"]
    assert village.balance(village.wang).points == whole(40)

    assert "兑换完成" in words(chen.get(receipt))
    for before in (goods, confirm):
        assert chen.get(before).headers["Location"] == f"{HOME}/till"
    clock.shift(timedelta(seconds=5))
    chen.get(f"{HOME}/till?left=done")
    assert chen.get(receipt).headers["Location"] == f"{HOME}/till"
    # The staff's own way to the receipt stays.
    assert "兑换完成" in words(chen.get(receipt.partition("?")[0]))


@pytest.mark.parametrize("opened_at", ["", "x", "1", "99999999999999999", "-1", "１"])
def test_an_address_that_says_no_moment_of_today_opens_nothing(chen: Browser, opened_at: str) -> None:
    assert chen.get(f"{HOME}/reception/0101?opened={opened_at}").status_code == 303


def test_an_address_is_good_for_a_quarter_of_an_hour(chen: Browser, clock: Traveller) -> None:
    address = chen.post(f"{HOME}/reception", household="0101").headers["Location"]
    clock.shift(timedelta(minutes=14))
    assert chen.get(address).status_code == 200
    clock.shift(timedelta(minutes=2))

    assert chen.get(address).status_code == 303


def test_pages_that_wait_show_nobody_and_stay(village: Chayuan, card: str, chen: Browser) -> None:
    counter = adopt(village)
    counter.enter()
    for page in sorted(screen_clearing.WAITING - {"handing_out"}):
        path = {"reception": "reception", "pins": "pins", "till": "till", "counter": "counter"}[page]
        shown = words(chen.get(f"{HOME}/{path}"))

        assert not REFRESH.search(shown) and "clearing.js" not in shown
        # What is folded stands on no screen.
        assert "王建国" not in re.sub(r"<details.*?</details>", "", shown, flags=re.DOTALL), path


def test_whoever_works_for_himself_is_not_sent_away(village: Chayuan, chen: Browser) -> None:
    shown = words(chen.get(f"{HOME}/roster/0101"))

    assert "clearing.js" not in shown
    assert "opened=" not in shown.replace(f"{HOME}/reception/0101?opened=", "")


def test_every_page_that_is_named_exists(app: Flask) -> None:
    for endpoint in {*screen_clearing.WAITING, *screen_clearing._AT_COUNTER, *screen_clearing._FROM_COUNTER}:
        assert f"pages.{endpoint}" in app.view_functions
