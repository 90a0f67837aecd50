"""Facts lead on: whatever a page links to may be opened by whoever sees the link, whichever role it is."""

import html
import re
from collections import deque
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from pointsbank import boards, ceremonies, governing, proof, publicity, scoring, staff, titles, villages
from tests.builders import NOW, VILLAGE, Chayuan
from tests.ceremonies.scene import WEDDING
from tests.publicity.desk import august
from tests.scoring.counter import adopt
from tests.scoring.panel import Panel, hold
from tests.staff.people import HASHED, LONG_AGO, settle_in
from tests.titles.scene import CLEAN
from tests.web.browser import Browser, words

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
_ALIKE = 1
"""Of addresses that differ in a code, an id or a day alone, so many are opened."""


@pytest.fixture
def lived_in(village: Chayuan) -> Chayuan:
    """A village with a posted award, one under objection, a warning, a closed month and an open meeting.

    At the counter something was entered, and a wedding was announced.
    """
    panel = Panel(village, hold(village).id)
    entered = panel.enter(
        august("0101", "乱堆"), august("0101", "志愿", quantity=Decimal(1)), august("0102", "清扫")
    )
    notice = panel.hang_out()
    village.write(publicity.raise_objection, score=entered[0].id, raised_by="本户", reason="不是我家")
    later = NOW + timedelta(days=4)
    panel.write(publicity.settle, notice=notice.id, at=later)
    village.write(boards.resolve_black_board, resolution="第3号决议", on=date(2026, 8, 20))
    named = {"month": "2026-08", "participant": "0101", "rule": "乱堆", "fact": "门前杂物堆放", "days_up": 30}
    village.write(boards.propose_black, **named)
    village.write(boards.propose_red, month="2026-08")
    village.write(proof.close_month, month="2026-08", at=later)
    village.write(scoring.open_meeting, held_on=date(2026, 9, 1), title="九月评议会", judges=["李会计"])
    village.write(ceremonies.announce, **WEDDING)
    village.write(titles.adopt_kind, **CLEAN)
    village.write(titles.nominate, kind="清洁户", participant="0101", nominated_by="panel")
    adopt(village, from_date=date(2026, 9, 1)).enter()
    return village


def lead(village: Chayuan, *also: str) -> None:
    """Let 钱 lead the first group, and have these roles in the village besides."""
    group = village.read(villages.group_by_name, name="一组").id
    roles = [(staff.group_place(VILLAGE, group), "leader"), *((VILLAGE, one) for one in also)]
    with village.database.writing() as session:
        account = {"login": "qian", "password": HASHED, "name": "钱组长", "by": "operator", "at": LONG_AGO}
        settle_in(session, governing.add_staff(session, roles=roles, **account))


def closed_doors(browser: Browser, *first: str) -> list[str]:
    """Follow every link from home on; return the ones that led to no page, each with the page it stood on.

    `first` are pages that are opened before it.
    """
    found, opened, alike = [], set[str](), dict[str, int]()
    waiting = deque((path, "") for path in (*first, f"/v/{VILLAGE}"))
    while waiting:
        path, source = waiting.popleft()
        # A list is opened in one order: the tests of lists open it in all.
        kind = re.sub(r"[^/=&?]*\d[^/=&]*|(?<=sort=)[^&]*", "N", path)
        alike[kind] = alike.get(kind, 0) + 1
        if path in opened or alike[kind] > _ALIKE:
            continue
        opened.add(path)
        answer = browser.get(path, follow_redirects=True)
        if answer.status_code != 200:
            found.append(f"{source} → {path}: {answer.status_code}")
        if answer.mimetype == "text/html":
            links = (html.unescape(one) for one in _LINK.findall(words(answer)))
            waiting += [(one, path) for one in links if one.startswith("/") and "format=" not in one]
    assert len(opened) > 10
    return found


def test_no_link_of_a_clerk_leads_to_a_closed_door(lived_in: Chayuan, app: Flask) -> None:
    found = closed_doors(Browser(app).sign_in("chen"), f"/v/{VILLAGE}/counter")

    assert found == []


@pytest.mark.parametrize("also", [(), ("clerk",)], ids=["leader", "leader and clerk"])
def test_no_link_of_a_leader_leads_to_a_closed_door(
    lived_in: Chayuan, app: Flask, also: tuple[str, ...]
) -> None:
    lead(lived_in, *also)

    assert closed_doors(Browser(app).sign_in("qian")) == []
