"""axe-core finds nothing on any page, at any width, in either size of letters, whoever looks at it."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.datastructures import Headers
from werkzeug.serving import make_server

from pointsbank.web.app import CONTENT_SECURITY_POLICY
from tests.web import axe, test_in_chromium, test_look
from tests.web.every_page import Pages
from tests.web.test_in_chromium import sign_in

chromium, page, complaints = (
    test_in_chromium.chromium,
    test_in_chromium.page,
    test_in_chromium.complaints,
)
pages = test_look.pages
pytestmark = pytest.mark.browser


VILLAGERS = re.compile(r"(nobody|villager|passer-by)|.* (/open|/mine|/c/)")
"""Whose pages have 7 to 1 where the device asks for it; the public ones whoever opens them."""


@contextmanager
def served(kept: axe.Kept) -> Iterator[str]:
    """The site with the pages that are kept, at its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, kept, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://village.test:{server.server_port}"
    server.shutdown()


def drawn_of_each_kind(pages: Pages) -> set[str]:
    """The names of pages before which there is none of their method, address and status.

    Of forms that come back, which one macro draws, every third; of the pages of a village in which nothing
    has happened, which are mostly empty, every second.
    """
    firsts = dict[tuple[str, str, str], str]()
    for name in pages.found:
        method, path, status = name.rsplit(" ", 3)[1:]
        firsts.setdefault((method, pages.rule(path) or path, status), name)
    return {name for kind, name in firsts.items() if crc32(" ".join(kind).encode()) % _one_of(name) == 0}


def _one_of(name: str) -> int:
    if " POST " in name:
        return 3
    return 2 if " at first " in name else 1


def test_axe_finds_nothing_on_any_page(page: Page, pages: Pages, app: Flask, full: bool) -> None:
    assert test_look.there_are(app) - pages.rules() == test_look.ELSEWHERE.keys()
    page.set_default_timeout(120_000)
    kept, inspector = axe.Kept(pages), axe.Inspector(page)
    faults = dict[str, list[str]]()  # each once, with the pages that have it
    drawn = drawn_of_each_kind(pages)

    with served(kept) as home:
        # Photos on pages are for who is signed in.
        sign_in(page, home, "li")
        for number, name in enumerate(kept.names):
            # Without --full one page of staff of a kind is judged, in one of two views: `test_look` opens
            # all of them in both.
            villager = VILLAGERS.match(name)
            if not full and not villager and name not in drawn:
                continue
            views = axe.QUICK if villager else axe.QUICK[number % 2 :][:1]
            for view, fault in inspector.judge(home + kept.address(number), axe.EVERY if full else views):
                faults.setdefault(fault, []).append(f"{name}, {view}")
            # In the sun: what villagers see, on a device that asks for more contrast; it is open already.
            for fault in inspector.in_the_sun() if villager else ():
                faults.setdefault(fault, []).append(f"{name}, more contrast")

    assert not faults, "\n".join(f"{fault} ({len(on)}: {on[0]})" for fault, on in faults.items())


FAULTY = """<!doctype html><html><head><meta charset="utf-8"></head><body>
    <main><h1>一页</h1><h4>跳了两级</h4><input id="name"><img src="http://127.0.0.1:1/x.png">
    <p style="color: #999; background: #fff">很淡的字</p>
    <p style="color: #999; background: #fff">淡</p>
    <button style="background: linear-gradient(#fff, #777); color: #666">渐变</button>
    <a href="#" style="display: inline-block; height: 10px; width: 10px">小</a><a href="#">小</a>
    <p style="color: #666; background: #fff">在阳光下不够深的字</p>
    </main><p>不在任何地方</p><script>nosuch();</script></body></html>"""
"""A page with one fault of each kind."""

FOUND = (
    *("document-title", "html-has-lang", "heading-order", "image-alt", "label", "region", "target-size"),
    *(
        "color-contrast (serious)",
        "color-contrast-enhanced",
        "contrast 2.85, seen: p",
        "seen: button",
        "error of a script: nosuch",
    ),
    "leaves the host: http://127.0.0.1:1/x.png",
)


def test_a_fault_that_is_planted_is_found(page: Page, app: Flask) -> None:
    policy = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    said = []
    for more in ({}, policy):
        pages = Pages(app, {"nobody GET / 200": FAULTY}, {"nobody GET / 200": Headers(more)})
        pages.headers["nobody GET / 200"]["Content-Type"] = "text/html; charset=utf-8"
        kept = axe.Kept(pages)
        with served(kept) as home:
            inspector = axe.Inspector(page)
            found = [fault for _, fault in inspector.judge(home + kept.address(0), axe.QUICK)]
            said.append("\n".join([*found, *inspector.in_the_sun()]))
    bare, ruled = said

    assert [fault for fault in FOUND if fault not in bare] == [], bare
    # Under the site's own policy nothing of it runs or is drawn, and the browser says so.
    assert "policy: style-src" in ruled and "policy: script-src" in ruled and "policy: img-src" in ruled
    assert "error of a script" not in ruled
