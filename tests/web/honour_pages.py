"""Pages of boards by deed, grades, keepers and papers on walls, each filled in wrongly first."""

from collections.abc import Iterator
from datetime import date, timedelta

from werkzeug.test import TestResponse

from pointsbank import boards, keepers, roster
from tests.builders import NOW, VILLAGE, Chayuan
from tests.keepers.scene import CHECK, ITEMS
from tests.web.browser import Browser
from tests.web.test_grades import TABLE
from tests.web.test_praise_page import KIND

HOME = f"/v/{VILLAGE}"


def of_honour(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Adopt and propose praise, adopt bands, check a keeper, look at papers."""
    yield from _praise(li, village)
    yield li.post(f"{HOME}/grades", **TABLE | {"range2": "低于9"})
    yield li.follow(li.post(f"{HOME}/grades", **TABLE))
    yield li.get(f"{HOME}/grades/1/2026-09")
    yield from _keep(li, village)
    yield li.get(f"{HOME}/walls")
    yield li.get(f"{HOME}/titles/benefits")


def _praise(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    yield li.post(f"{HOME}/boards/kinds", **KIND | {"places": "很多"})
    yield li.follow(li.post(f"{HOME}/boards/kinds", **KIND))
    [kind] = village.read(boards.praise_kinds)
    deed = {"kind": kind.id, "participants": "0101", "proposer": "person", "person": "0303"}
    yield li.post(f"{HOME}/boards/2026-09/praise", **deed, deed="")
    yield li.follow(li.post(f"{HOME}/boards/2026-09/praise", **deed, deed="院里种花"))
    yield li.get(f"{HOME}/boards/kinds/{kind.id}")


def _keep(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    yield li.get(f"{HOME}/keepers")
    village.write(roster.add, code="G01", name="周福生", kind="keeper")
    day = {"resolution": "2026年村民会议", "from_date": date(2026, 8, 1)}
    village.write(keepers.adopt_list, items=ITEMS, **day)
    yield li.get(f"{HOME}/keepers/G01")
    seen = {"checked_on": (NOW - timedelta(days=1)).date(), "faults": {1: 5}}
    check = village.write(keepers.record_check, **CHECK, **seen)
    yield li.get(f"{HOME}/keepers/G01/checks/{check}")
    yield li.post(f"{HOME}/keepers/G01/checks/{check}/strike", reason="")
