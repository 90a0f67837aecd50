"""Pages of boards by deed, grades, keepers and papers on walls, each filled in wrongly first."""

from collections.abc import Iterator
from datetime import date, timedelta

from werkzeug.test import TestResponse

from pointsbank import boards, keepers, roster
from tests.builders import NOW, VILLAGE, Chayuan
from tests.keepers.scene import CHECK, ITEMS
from tests.web.browser import Browser

HOME = f"/v/{VILLAGE}"
KIND = {"name": "美丽庭院", "about": "院里院外干净整齐", "applies_to": "household", "places": "10"}
KIND |= {"span": "month", "resolution": "2026年村民会议", "on": "2026-09-01"}
COLOURS = {
    "name": "文明三色",
    "kind-household": "on",
    "period": "month",
    "measured_on": "honour_sum",
    "from_date": "2026-09-01",
    "resolution": "2026年村民会议",
    "band1": "蓝",
    "sign1": "blue",
    "range1": "10以上",
    "measure1": "表彰",
    "band2": "红",
    "sign2": "red",
    "range2": "低于10",
    "measure2": "谈话",
}


def of_honour(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Adopt and propose praise, adopt bands, check a keeper, look at papers."""
    yield from _praise(li, village)
    yield li.post(f"{HOME}/grades", **COLOURS | {"range2": "低于9"})
    yield li.follow(li.post(f"{HOME}/grades", **COLOURS))
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
