"""Who waits after wrong guesses: the guesser, through proxies too, and never a neighbour."""

import http.client
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask import Flask

from pointsbank.config import Network
from pointsbank.failures import Busy
from pointsbank.web import addresses, signing_in
from pointsbank.web.app import create_app
from tests.builders import Chayuan
from tests.staff.people import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import settings
from tests.web.test_listening import served

PROXIES = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))


def guess(browser: Browser, times: int, login: str = "li") -> list[int]:
    """The answers to wrong passwords."""
    return [browser.post("/sign-in", login=login, password="wrong").status_code for _ in range(times)]


def enter(browser: Browser, login: str = "li") -> int:
    """The answer to the right password."""
    browser.get("/sign-in")
    return browser.post("/sign-in", login=login, password=PASSWORD).status_code


def test_a_browser_known_for_a_login_goes_on_while_others_at_its_address_wait(app: Flask) -> None:
    known, stranger = Browser(app).sign_in("li"), Browser(app)
    known.post("/sign-out")

    assert guess(stranger, 9) == [403] * 8 + [429]
    assert enter(stranger) == 429
    assert enter(known) == 303


def test_a_known_browser_is_known_for_its_own_people_only(app: Flask) -> None:
    hall = Browser(app).sign_in("li")
    hall.post("/sign-out")

    assert guess(Browser(app), 8, "chen") == [403] * 8
    assert enter(hall, "chen") == 429


def test_who_makes_up_logins_holds_half_of_the_threads_and_no_known_browser(app: Flask) -> None:
    known = Browser(app).sign_in("li")
    known.post("/sign-out")
    judged = app.extensions[signing_in.ADMISSION]

    with judged.hold("127.0.0.1"):
        assert guess(Browser(app), 1) == [403]
        with judged.hold("127.0.0.1"):
            assert guess(Browser(app), 20) == [503] * 20
            assert enter(known) == 303
            with judged.hold("192.0.2.1"), judged.hold("192.0.2.2"), pytest.raises(Busy):
                judged.hold("192.0.2.3").__enter__()
    # Those who heard to come again were not judged, so nothing is held against the login.
    assert guess(Browser(app), 8) == [403] * 7 + [429]
    assert enter(Browser(app), "chen") == 303


def test_a_cookie_that_we_did_not_sign_makes_nobody_known(app: Flask) -> None:
    forger = Browser(app)
    forger.client.set_cookie("pointsbank_device", "eyJpZCI6IngiLCJsb2dpbnMiOlsibGkiXX0.forged")

    assert guess(forger, 9) == [403] * 8 + [429]


def test_a_right_card_opens_though_a_neighbour_guessed(browser: Browser, village: Chayuan) -> None:
    for _ in range(61):
        browser.get(f"/c/{'0' * 27}")

    assert browser.get(f"/c/{village.card(village.wang).token}").status_code == 200


@pytest.mark.parametrize(
    ("nearest", "forwarded", "found"),
    [
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "2001:db8::1:2:3", "2001:db8::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1:50123", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::1:2:3]:443, 10.0.0.3:80", "2001:db8::/64"),
    ],
)
def test_only_our_own_proxies_say_where_somebody_comes_from(
    village: Chayuan, tmp_path: Path, nearest: str, forwarded: str, found: str
) -> None:
    app = create_app(replace(settings(tmp_path), trusted_proxies=PROXIES), village.database)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": nearest}) as context:
        assert addresses.of(context.request) == found


def test_without_the_setting_no_header_changes_who_guesses(app: Flask) -> None:
    answers = [
        Browser(app).client.get(f"/c/{'0' * 27}", headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(61)
    ]

    assert [answer.status_code for answer in answers] == [404] * 60 + [429]


def looked_up(port: int, forwarded: list[str]) -> list[int]:
    """The answers of a real server to unknown cards, each request with another header."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    answers = []
    for header in forwarded:
        connection.request("GET", f"/c/{'0' * 27}", headers={"X-Forwarded-For": header})
        answer = connection.getresponse()
        answer.read()
        answers.append(answer.status)
    connection.close()
    return answers


@pytest.mark.parametrize("trusted", [(), PROXIES], ids=["nobody trusted", "our proxy trusted"])
def test_through_the_server_the_right_most_address_counts_and_only_from_our_proxy(
    village: Chayuan, tmp_path: Path, trusted: tuple[Network, ...]
) -> None:
    forged = [f"192.0.2.{number}, 198.51.100.1" for number in range(61)]
    site = create_app(replace(settings(tmp_path), trusted_proxies=trusted), village.database)
    with served(site) as port:
        guesser, neighbour = looked_up(port, forged), looked_up(port, ["192.0.2.1, 198.51.100.2"])

    assert guesser == [404] * 60 + [429]
    # Without the setting all come from one address, whatever they say: the neighbour too is 127.0.0.1.
    assert neighbour == ([404] if trusted else [429])
