"""A warning whose days are over is 已到期 in every view at once, with nothing written, whatever was kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import boards, proof, staff
from pointsbank.sheets import every
from tests.builders import COMMITTEE, HANDED, NOW, SUPERVISOR, VILLAGE, Chayuan
from tests.web.browser import Browser
from tests.web.outside import insides
from tests.web.test_card_visit import MINE, scan

FACT = "门前杂物堆放，三次提醒未清理"
LAST_DAY_OVER = datetime(2026, 10, 7, 16, tzinfo=UTC)
"""Midnight in the village, from the seventh of October to the eighth."""
BEFORE = LAST_DAY_OVER - timedelta(seconds=1)


@pytest.fixture
def listing(village: Chayuan) -> str:
    """王建国's warning, up from the eighth of September for thirty days."""
    village.write(boards.resolve_black_board, resolution="决议", on=NOW.date())
    named = {"month": "2026-09", "participant": "0101", "rule": "村规民约第8条", "fact": FACT}
    listing = str(village.write(boards.propose_black, **named).id)
    village.write(boards.deliver, listing=listing, on=NOW.date(), **HANDED)
    up = NOW + timedelta(days=7)
    village.write(boards.countersign, listing=listing, by=SUPERVISOR, at=up)
    votes = {"votes_for": 5, "votes_against": 1, "on": up.date()}
    village.write(boards.decide, listing=listing, **votes, by=SUPERVISOR, at=up)
    return listing


def views(app: Flask, village: Chayuan, listing: str) -> Iterator[tuple[str, str]]:
    """What each view says of it: by its address, for whom it is, what stands in it."""
    inside = Browser(app).sign_in("li")
    home = f"/v/{VILLAGE}"
    for path in (
        f"{home}/listings/{listing}",
        f"{home}/boards/2026-09",
        f"{home}/boards",
        f"{home}/roster/0101",
        f"{home}/lists/listings",
        f"{home}/lists/listings?format=xlsx",
        f"{home}/lists/listings?format=csv",
        f"{home}/lists/months?format=xlsx",
    ):
        answer = inside.get(path)
        assert answer.status_code == 200, path
        yield path, insides(answer)
    with village.database.writing() as session:
        token = staff.make_token(session, login="li", by="x", at=NOW, days=366)
    for path in ("boards/2026-09", "lists/listings", "listings", f"listings/{listing}"):
        head = {"Authorization": f"Bearer {token}"}
        answer = inside.client.get(f"/api/v1/villages/{VILLAGE}/{path}", headers=head)
        assert answer.status_code == 200, path
        yield f"api {path}", insides(answer)
    outside = Browser(app)
    for path in (f"/open/{VILLAGE}", f"/open/{VILLAGE}/black_board"):
        yield path, insides(outside.get(path))
    yield MINE, insides(scan(app, village).get(MINE))


SAYS_UP = ("在榜</span>", "'在榜'", ",在榜", '"up"')
"""How the word stands as a state: a tag, a cell, a value; not as part of a sentence."""
INSIDE = ("listings/", "boards/2026-09", "roster/0101", "lists/listings", "api lists", "api listings")


def test_it_is_expired_in_every_view_at_once(
    app: Flask, village: Chayuan, listing: str, clock: Traveller
) -> None:
    clock.move_to(BEFORE)
    stood = dict(views(app, village, listing))
    shown = {path for path, words in stood.items() if FACT in words}
    # The control: each of these views does show it while it stands.
    assert {MINE, f"/open/{VILLAGE}", "api boards/2026-09"} <= shown
    assert all(any(word in stood[path] for word in SAYS_UP) for path in stood if "lists/listings" in path)

    clock.move_to(LAST_DAY_OVER)
    found = dict(views(app, village, listing))

    for path, words in found.items():
        is_inside = any(one in path for one in INSIDE) and "api boards" not in path
        assert is_inside or FACT not in words, path
        if FACT in words and "api" not in path:
            assert "已到期" in words, path
        if FACT in words:
            # A form of a page may hold the code itself.
            says = SAYS_UP if "api" in path else SAYS_UP[:-1]
            assert not any(word in words for word in says), path
    for path in ("lists/listings", "listings", f"listings/{listing}"):
        assert "expired" in found[f"api {path}"]


def test_papers_gather_it_until_that_day_and_no_longer(village: Chayuan, listing: str) -> None:
    with village.database.writing() as session:
        closed = NOW + timedelta(days=31)
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=closed)
    sheets = {one.name: one for one in every()}

    def said(name: str, at: datetime) -> str:
        with village.database.reading() as session:
            given = {"village": VILLAGE, "by": COMMITTEE, "public_url": "http://village.test:8000"}
            return repr(sheets[name].gather(session, **given, at=at, month="2026-09"))

    # The month's picture is made of the poster's own value.
    assert FACT in said("poster", BEFORE) and FACT not in said("poster", LAST_DAY_OVER)
    assert FACT not in said("loudspeaker", LAST_DAY_OVER)
