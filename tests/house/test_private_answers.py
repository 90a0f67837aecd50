"""Every answer is private: no route, refusal or redirect may be kept by a browser or a proxy on the way.

All routes are asked, whoever asks and whatever comes back. Files that ship with us are the exception, and
only under an address that names what is in them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from pointsbank import failures
from pointsbank.web import access, caching, limits
from pointsbank.web.app import create_app
from tests.builders import Chayuan
from tests.staff.people import PASSWORD
from tests.web.browser import Browser, words
from tests.web.conftest import browser, clock, furnished, settings, village

__all__ = ["browser", "clock", "furnished", "village"]


@pytest.fixture
def app(village: Chayuan, tmp_path: Path) -> Flask:
    """A site of its own: these tests add to it."""
    return create_app(settings(tmp_path), village.database)


KEPT = {"static", "bootstrap.static"}
"""Routes whose answers may be kept: files that ship with us. Add to it with care."""


def addresses(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and an address of every route."""
    for nowhere in ("/nothing", "/api/v1/nothing", "/static/nothing.js", "/v/chayuan//goods"):
        yield "", "GET", nowhere
    for rule in app.url_map.iter_rules():
        filled = rule.rule.replace("<village>", "chayuan").replace("<sheet>", "poster")
        for method in sorted(rule.methods or ()):
            yield rule.endpoint, method, re.sub("<[^>]+>", "2026-10", filled)


def keepable(app: Flask, client: Browser, seen: Counter[int] | None = None) -> list[tuple[str, str, int]]:
    """The answers that anybody may keep: method, address, status."""
    found = []
    for _, method, address in addresses(app):
        answer = client.client.open(address, method=method)
        if is_keepable(answer):
            found.append((method, address, answer.status_code))
        if seen is not None:
            seen[answer.status_code] += 1
    return found


def is_keepable(answer: TestResponse) -> bool:
    """Whether anybody may keep an answer."""
    return answer.headers.get_all("Cache-Control") != ["no-store"] or "Expires" in answer.headers


@pytest.mark.parametrize("login", [None, "li", pytest.param("sun", marks=pytest.mark.full)])
def test_no_answer_of_any_route_may_be_kept(app: Flask, browser: Browser, login: str | None) -> None:
    if login:
        browser.sign_in(login)

    seen = Counter[int]()

    assert keepable(app, browser, seen) == []
    # Not all of one kind: pages, redirects, refusals, what is not there.
    assert {200, 303, 400, 404} <= set(seen) if login else {200, 303, 400, 401, 404} <= set(seen)


def test_no_answer_to_a_wrong_method_may_be_kept(app: Flask, browser: Browser) -> None:
    ways = {address: rule for rule, _, address in addresses(app)}
    answers = [
        browser.client.open(way, method=method) for way in ways for method in ("DELETE", "PATCH", "TRACE")
    ]

    assert {answer.status_code for answer in answers} <= {400, 404, 405}
    assert not any(map(is_keepable, answers))


def test_no_failure_may_be_kept_nor_what_a_stopped_site_says(app: Flask, browser: Browser) -> None:
    def broken() -> Response:
        raise LookupError("nobody expected this")

    app.add_url_rule("/broken", view_func=access.public(broken))
    busy = {limits.REFUSED: "busy"}
    too_long = b"x" * (limits.STRANGER_BYTES + 1)
    [style] = re.findall(r'href="([^"?]+theme.css)', words(browser.get("/sign-in")))
    mark = browser.get(style).headers["ETag"]
    answers = {
        500: browser.client.get("/broken"),
        413: browser.client.post("/sign-in", data=too_long, content_type="application/x-www-form-urlencoded"),
        503: browser.client.post("/sign-in", environ_overrides=busy),
        304: browser.get(style, headers={"If-None-Match": mark}),
        429: [browser.get(f"/c/{'0' * 27}") for _ in range(61)][-1],
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {one: one for one in answers}
    assert not any(map(is_keepable, answers.values()))
    app.extensions["pointsbank_stopped"] = failures.DatabaseTorn()
    stopped = Counter[int]()
    assert keepable(app, browser, stopped) == [] and stopped[503] > 100


def test_sheets_with_codes_in_clear_may_not_be_kept(browser: Browser, village: Chayuan) -> None:
    browser.sign_in("li")
    cards = browser.post("/v/chayuan/print/cards.pdf", participant="0101")

    assert cards.mimetype == "application/pdf"
    assert cards.headers.get_all("Cache-Control") == ["no-store"]


def test_what_a_view_says_about_keeping_does_not_count(app: Flask) -> None:
    """A negative control: a view that opens its answer is closed, and a route's default is not what holds."""

    def opened() -> Response:
        answer = Response("names")
        answer.headers["Cache-Control"] = "public, max-age=3600"
        return answer

    app.add_url_rule("/opened", view_func=opened)
    app.view_functions["opened"].permission = "public"  # type: ignore[attr-defined]

    assert Browser(app).get("/opened").headers["Cache-Control"] == "no-store"


def test_a_site_that_only_suggests_privacy_would_be_found(app: Flask, browser: Browser) -> None:
    app.after_request_funcs[None].remove(caching._say_who_may_keep)

    assert keepable(app, browser)


def test_only_files_named_by_their_content_may_be_kept(app: Flask, browser: Browser) -> None:
    named = re.findall(r'(?:src|href)="([^"]+\?v=[0-9a-f]{16})"', words(browser.get("/sign-in")))
    kept = [browser.get(path).headers["Cache-Control"] for path in named]
    wrong = [re.sub("v=.*", "v=0123456789abcdef", path) for path in named]

    assert len(named) >= 3 and set(kept) == {caching.FOR_EVER}
    assert {browser.get(path).headers["Cache-Control"] for path in wrong} == {"no-store"}
    assert {endpoint for endpoint in app.view_functions if caching.is_static(endpoint)} == KEPT


def test_a_name_outside_the_static_folder_is_not_even_read(browser: Browser) -> None:
    answer: TestResponse = browser.get("/static/../app.py?v=0")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def cookies_of(village: Chayuan, folder: Path, address: str) -> list[str]:
    """What cookies a browser is given from first page to sign-out."""
    person = Browser(create_app(settings(folder, address), village.database))
    client, given = person.client, []
    # Over https the form token counts only with the page it came from.
    sent: dict[str, Any] = {"base_url": address, "headers": {"Referer": f"{address}/sign-in"}}
    for path, fields in (
        ("/sign-in", None),
        ("/sign-in", {"login": "li", "password": PASSWORD}),
        ("/", None),
        ("/sign-out", {}),
    ):
        if fields is None:
            answer = person.get(path, **sent)
        else:
            answer = client.post(path, data=fields | {"csrf_token": person.token}, **sent)
            assert answer.status_code == 303
        given += answer.headers.getlist("Set-Cookie")
    return given


def test_under_https_every_cookie_belongs_to_this_host_alone(village: Chayuan, tmp_path: Path) -> None:
    given = cookies_of(village, tmp_path, "https://jf.example.cn")

    assert {cookie.partition("=")[0] for cookie in given} == {
        "__Host-pointsbank_device",
        "__Host-pointsbank_form",
        "__Host-pointsbank_session",
    }
    # What browsers ask of the prefix, also where a cookie is taken back.
    assert all("Secure" in c and "Path=/" in c.split("; ") and "Domain" not in c for c in given)
    assert any("Max-Age=0" in c for c in given if "pointsbank_session" in c)


def test_over_http_cookies_go_without_the_prefix_that_needs_https(village: Chayuan, tmp_path: Path) -> None:
    given = cookies_of(village, tmp_path, "http://village.test:8000")

    assert given and not any(cookie.startswith("__Host-") or "Secure" in cookie for cookie in given)
