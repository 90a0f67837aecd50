"""Lists as pages: sorted, narrowed, paged, taken out as files; with masked names on paper."""

import re

import pytest
from flask import Flask

from pointsbank import grades, inspections, lists, publicity, scoring, staff, villages
from pointsbank.database import execute
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def test_every_list_opens_for_the_administrator_empty_or_not(browser: Browser, village: Chayuan) -> None:
    held = {"held_on": NOW.date(), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    notice = village.write(publicity.close_and_publish, meeting=meeting).id
    village.card(village.wang)
    walk = village.write(inspections.begin_round, group=village.read(villages.groups)[0].id).id
    bands = [
        grades.Band("好", "", grades.read_range("0以上")),
        grades.Band("差", "", grades.read_range("低于0")),
    ]
    how = {"name": "两档", "kinds": ["household"], "period": "month", "measured_on": "honour_sum"}
    day = {"resolution": "村民会议", "from_date": NOW.date().replace(day=1)}
    village.write(grades.adopt_table, bands=bands, **how, **day)
    of_what = {"code": "0101", "meeting": meeting, "notice": notice, "batch": "1", "walk": walk}
    of_what |= {"table": "1", "period": f"{NOW:%Y-%m}", "year": "2026"}
    browser.sign_in("sun")
    index = words(browser.get(f"{HOME}/lists"))

    for one in lists.every():
        path = f"{HOME}/lists/{one.name}?{'&'.join(f'{need}={of_what[need]}' for need in one.needs)}"
        page = browser.get(path)
        assert page.status_code == 200, (one.name, words(page))
        assert one.title in words(page)
        assert (f'/lists/{one.name}"' in index) is not bool(one.needs)


def test_an_id_is_for_files_and_programs_alone(li: Browser, village: Chayuan) -> None:
    held = {"held_on": NOW.date(), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id

    def headings(name: str) -> list[str]:
        return re.findall(r'scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)', words(li.get(f"{HOME}/lists/{name}")))

    assert "名称" in headings("meetings") and "编号" not in headings("meetings")
    assert "月份" in headings("months") and "年月" not in headings("months")
    assert meeting in li.get(f"{HOME}/lists/meetings?format=csv").get_data(as_text=True)


def test_a_list_that_nobody_may_see_or_that_there_is_not(browser: Browser, li: Browser) -> None:
    assert li.get(f"{HOME}/lists/exports").status_code == 403
    assert li.get(f"{HOME}/lists/nothing").status_code == 404
    assert li.get(f"{HOME}/lists/statement").status_code == 404


def test_the_roster_is_sorted_by_points_both_ways(li: Browser, village: Chayuan) -> None:
    village.give(village.zeng, 7)
    village.give(village.li, 30)
    page = words(li.get(f"{HOME}/roster"))
    assert f'href="{HOME}/roster?sort=-points"' in page

    down = re.findall(r"roster/([0-9A-Z]+)\"", words(li.get(f"{HOME}/roster?sort=-points")))
    up = words(li.get(f"{HOME}/roster?sort=points"))

    assert down[:2] == ["0303", "0202"]
    assert 'aria-sort="ascending"' in up
    assert re.findall(r"roster/([0-9A-Z]+)\"", up)[-1] == "0303"


def test_pages_reach_the_last_row_and_the_count_stands_above(
    li: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.web.listing.ON_A_PAGE", (5,))
    seen, path, pages = [], f"{HOME}/roster?sort=name", 0
    while path:
        page = words(li.get(path))
        seen += re.findall(r"/roster/([0-9A-Z]+)\"", page)
        pages += 1
        assert "共12条" in page
        following = re.search(r'href="([^"]+)">下一页', page)
        path = following[1].replace("&amp;", "&") if following else ""

    assert pages == 3
    assert len(seen) == len(set(seen)) == 12


def test_from_the_last_page_one_turns_back_to_the_first(li: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pointsbank.web.listing.ON_A_PAGE", (5,))
    first = words(li.get(f"{HOME}/roster?sort=-name&kind=household"))
    last = words(li.get(_linked(first, "下一页")))
    again = words(li.get(_linked(last, "上一页")))

    def codes(page: str) -> list[str]:
        return re.findall(r"/roster/([0-9A-Z]+)\"", page)

    assert codes(again) == codes(first) != codes(last)
    assert "上一页" not in first and "上一页" not in again and "第一页" in again
    assert li.get(_linked(last, "上一页").replace("-name", "name")).status_code == 422


def _linked(page: str, label: str) -> str:
    """Where the link of this label leads."""
    found = re.search(rf'href="([^"]+)">{label}', page)
    assert found is not None, label
    return found[1].replace("&amp;", "&")


def test_on_paper_names_are_masked_and_addresses_are_missing(li: Browser) -> None:
    before = words(li.get(f"{HOME}/roster?q=0201"))
    li.post(f"{HOME}/roster", code="0901", name="欧阳春", kind="household", address="茶源路1号")
    page = words(li.get(f"{HOME}/roster?q=0901"))

    assert '<span class="no-paper">买买提·艾力</span><span class="on-paper">买**·*力</span>' in before
    assert re.search(r'<th scope="col" class=" no-paper">地址', page)
    # A column in which nothing stands takes no room.
    assert "地址</th>" not in before


@pytest.mark.parametrize(("form", "begins"), [("xlsx", b"PK"), ("csv", "\ufeff户号,户主".encode())])
def test_a_file_is_sent_and_the_supervisor_reads_who_took_it(
    app: Flask, li: Browser, village: Chayuan, form: str, begins: bytes
) -> None:
    file = li.get(f"{HOME}/roster?group=&q=0101&format={form}")
    assert file.data.startswith(begins)
    assert f".{form}" in file.headers["Content-Disposition"]
    with village.database.reading() as session:
        [record] = execute(session, staff.exports_query(village=VILLAGE)).all()
    assert (record.list_name, record.form, record.row_count) == ("roster", form, 1)

    page = words(Browser(app).sign_in("zhao").get(f"{HOME}/lists/exports"))

    assert "花名册" in page and "li" in page


def test_another_form_or_another_s_cursor_is_refused_with_a_sentence(li: Browser) -> None:
    assert li.get(f"{HOME}/roster?format=pdf").status_code == 422
    assert li.get(f"{HOME}/roster?cursor=abc").status_code == 422
    assert li.get(f"{HOME}/lists/scores?first=gestern").status_code == 422


def test_a_household_s_statement_is_a_look_at_its_file(li: Browser, village: Chayuan) -> None:
    village.give(village.wang, 12)

    page = words(li.get(f"{HOME}/lists/statement?code=0101"))

    assert "+12" in page
    assert len(village.read(staff.access_records, participant=village.wang.id)) == 1


def test_addresses_are_for_who_looks_after_the_roster(app: Flask) -> None:
    def headings(login: str) -> str:
        file = Browser(app).sign_in(login).get(f"{HOME}/roster?format=csv").get_data(as_text=True)
        return file.splitlines()[0]

    assert "地址" in headings("li")
    assert "地址" not in headings("chen")


def test_a_file_that_is_too_long_leads_back_to_its_list(
    app: Flask, village: Chayuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pointsbank.lists.files.ON_THE_SITE", 3)

    refused = Browser(app).sign_in("li").get(f"/v/{VILLAGE}/lists/roster?format=xlsx&kind=household")

    assert refused.status_code == 409
    assert f'href="/v/{VILLAGE}/lists/roster"' in words(refused)
