"""axe-core finds nothing on any page, at any width, in either size of letters, whoever looks at it."""

import logging
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

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


@pytest.fixture
def kept(pages: Pages) -> axe.Kept:
    return axe.Kept(pages)


@pytest.fixture
def home(kept: axe.Kept) -> Iterator[str]:
    """The site, with the pages kept."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, kept, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://village.test:{server.server_port}"
    server.shutdown()


def test_axe_finds_nothing_on_any_page(page: Page, home: str, kept: axe.Kept, app: Flask, full: bool) -> None:
    assert test_look.there_are(app) - kept.pages.rules() == test_look.ELSEWHERE.keys()
    page.set_default_timeout(120_000)
    # Photos on pages are for who is signed in.
    sign_in(page, home, "li")
    inspector = axe.Inspector(page)
    faults = dict[str, list[str]]()  # each once, with the pages that have it

    for number, name in enumerate(kept.names):
        for view, fault in inspector.judge(home + kept.address(number), axe.EVERY if full else axe.QUICK):
            faults.setdefault(fault, []).append(f"{name}, {view}")

    assert not faults, "\n".join(f"{fault} ({len(on)}: {on[0]})" for fault, on in faults.items())
