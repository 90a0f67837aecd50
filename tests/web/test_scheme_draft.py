"""The next version of the rules: begun from a ready one, edited in a table, adopted by a resolution."""

import io
import re

import pytest
from flask import Flask

from pointsbank import scoring
from pointsbank.spreadsheets import read_table
from tests.builders import NEIGHBOUR, VILLAGE, Chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, hidden, words

PAGE = f"/v/{VILLAGE}/scheme/draft"
ADOPTION = {"resolution": "2026年8月20日村民代表会议决议第3号", "from_date": "2026-09-01"}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def cells(page: str) -> dict[str, str]:
    """What the table on a page would send."""
    typed = dict(re.findall(r'name="(r[0-9]+-[a-z_]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(r[0-9]+-[a-z_]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r"<option selected>([^<]*)", options)
        typed[name] = chosen[1] if chosen else ""
    return {name: value for name, value in typed.items() if not name.endswith("-drop")}


def versions(village: Chayuan) -> list[tuple[int, str, int]]:
    """Each version with its status and how many items it has."""
    return [
        (one.version, one.status, len(village.read(scoring.items_of, scheme=one.id)))
        for one in village.read(scoring.schemes)
    ]


def test_a_ready_scheme_is_edited_row_by_row_and_adopted(li: Browser, village: Chayuan) -> None:
    page = words(li.follow(li.post(f"{PAGE}/take", starter="small_village")))
    assert versions(village)[1] == (2, "draft", 20)

    table = cells(page) | {"r1-points": "6", "r2-drop": "1", "r21-title": "守夜巡逻", "r21-direction": "加分"}
    table |= {"r21-code": "21", "r21-points": "2"}
    saved = li.follow(li.post(PAGE, **table))
    assert "草案已保存：新增1条，改动1条，去掉1条。" in words(saved)
    done = li.follow(li.post(f"{PAGE}/adopt", **cells(words(saved)), **ADOPTION))

    assert done.request.path == f"/v/{VILLAGE}/scheme"
    assert "第2版细则已登记通过，从2026年9月1日起施行。" in words(done)
    assert versions(village)[1] == (2, "adopted", 20)


def test_the_rules_in_force_are_the_beginning_of_the_next(li: Browser, village: Chayuan) -> None:
    page = words(li.get(PAGE))
    assert "照第1版改，保存后成为第2版草案" in page

    li.post(PAGE, **cells(page))
    assert [one[:2] for one in versions(village)] == [(1, "adopted")]
    li.post(PAGE, **(cells(page) | {"r1-title": "别的事"}))

    assert [one[:2] for one in versions(village)] == [(1, "adopted"), (2, "draft")]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"r3-points": "很多"}, "r3-points", "请填"),
        ({"r2-cap_times": "2", "r2-cap_period": ""}, "r2-cap_period", "填了上限就要写明周期"),
        ({"r4-double_months": "3"}, "r4-double_months", "只有扣分条目可以重复加倍"),
        ({"r5-code": "01"}, "r5-code", "01"),
        ({"r1-drop": "1", "r3-points": "很多"}, "r3-points", "请填"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_typed_is_lost(
    li: Browser, village: Chayuan, changed: dict[str, str], field: str, sentence: str
) -> None:
    page = words(li.follow(li.post(f"{PAGE}/take", starter="small_village")))
    before = versions(village)

    refused = li.post(PAGE, **(cells(page) | {"r6-title": "改过的条目"} | changed))

    assert refused.status_code == 422
    beside = re.search(rf'id="{field}-wrong">([^<]*)', words(refused))
    assert beside is not None and sentence in beside[1]
    assert 'value="改过的条目"' in words(refused)
    assert versions(village) == before


def test_an_adoption_that_says_not_by_whom_keeps_the_table(li: Browser, village: Chayuan) -> None:
    page = words(li.follow(li.post(f"{PAGE}/take", starter="courtyards")))

    refused = li.post(f"{PAGE}/adopt", **(cells(page) | {"r1-title": "院内整洁"}), from_date="2026-09-01")

    assert refused.status_code == 422
    assert 'id="resolution-wrong"' in words(refused) and 'value="院内整洁"' in words(refused)
    assert versions(village)[1] == (2, "draft", 26)


def test_the_draft_goes_through_excel_and_comes_back(li: Browser, village: Chayuan) -> None:
    li.post(f"{PAGE}/take", starter="seven_areas")
    before = cells(words(li.get(PAGE)))

    file = li.get(f"{PAGE}.xlsx").get_data()
    looked = li.post(f"/v/{VILLAGE}/imports/scheme", file=(io.BytesIO(file), "细则.xlsx"))
    done = li.follow(li.post(looked.headers["Location"]))

    assert "导入完成：没有变化：52行与现有内容相同。" in words(done)
    assert cells(words(li.get(PAGE))) == before
    starter = li.get(f"/v/{VILLAGE}/scheme/starters/courtyards.xlsx").get_data()
    assert len(read_table("a.xlsx", starter).sheets[0].rows) == 27


def test_a_village_without_rules_is_offered_the_ready_ones(browser: Browser, village: Chayuan) -> None:
    village.found_neighbour()
    hire(village.database, "qian", "committee", village=NEIGHBOUR)
    page = words(browser.sign_in("qian").get(f"/v/{NEIGHBOUR}/scheme/draft"))

    assert [f"用“{one.title}”起草" in page for one in scoring.starters()] == [True] * 4
    assert "登记通过" not in page
    assert browser.post(f"/v/{NEIGHBOUR}/scheme/draft/take", starter="../etc").status_code == 404


def test_who_edits_an_older_draft_is_stopped_with_all_that_was_typed(
    li: Browser, app: Flask, village: Chayuan
) -> None:
    hire(village.database, "luo", "committee", village=VILLAGE)
    luo = Browser(app).sign_in("luo")
    li.post(f"{PAGE}/take", starter="small_village")
    first, second = (one.get(PAGE) for one in (li, luo))
    seal = hidden(second, "seen")
    assert (
        li.post(PAGE, **cells(words(first)) | {"r1-points": "6"}, seen=hidden(first, "seen")).status_code
        == 303
    )

    typed = cells(words(second)) | {"r2-title": "看护河道"}
    for stale, extra in ((PAGE, {}), (f"{PAGE}/adopt", ADOPTION)):
        refused = luo.post(stale, **typed, **extra, seen=seal)
        assert refused.status_code == 409 and "细则草案已经被改过" in words(refused)
        assert 'value="看护河道"' in words(refused)
    assert cells(words(li.get(PAGE)))["r1-points"] == "6" and versions(village)[1][1] == "draft"
    assert luo.post(f"{PAGE}/take", starter="courtyards", seen=seal).status_code == 409

    # Who has looked and sends again is heard.
    assert luo.post(PAGE, **typed, seen=hidden(refused, "seen")).status_code == 303


def test_an_adoption_sent_twice_is_one(li: Browser, village: Chayuan) -> None:
    page = li.follow(li.post(f"{PAGE}/take", starter="small_village"))
    sent = cells(words(page)) | ADOPTION | {"seen": hidden(page, "seen")}

    for _ in range(2):
        assert li.post(f"{PAGE}/adopt", **sent).headers["Location"] == f"/v/{VILLAGE}/scheme"
    refused = li.post(f"{PAGE}/adopt", **sent | {"r1-points": "7"})

    assert refused.status_code == 409 and "细则草案已经被改过" in words(refused)
    assert [one[:2] for one in versions(village)] == [(1, "adopted"), (2, "adopted")]


def test_every_shape_a_veto_and_named_households_are_written_row_by_row(
    li: Browser, village: Chayuan
) -> None:
    table = read_table("a.csv", scoring.scheme_template())
    header, *rows = table.sheets[0].rows
    keys = {column.title: column.key for column in scoring.CELL_COLUMNS}
    typed = {
        f"r{number}-{keys[title]}": cell
        for number, row in enumerate(rows, start=1)
        for title, cell in zip(header, row, strict=True)
    }
    # From an empty table of its own size, as somebody would fill row after row.
    seal = words(li.get(PAGE))
    drops = dict.fromkeys(cells(seal), "")

    saved = words(li.follow(li.post(PAGE, **(drops | typed))))

    scheme = village.read(scoring.schemes)[-1]
    items = village.read(scoring.items_of, scheme=scheme.id)
    assert {item.shape for item in items} == set(scoring.SHAPES)
    assert any(item.direction == "veto" and item.terms["consequence"] for item in items)
    again = cells(saved)
    stored = [scoring.item_cells(item) for item in items]
    for number, one in enumerate(stored, start=1):
        assert {key: again[f"r{number}-{key}"] for key in one} == one
