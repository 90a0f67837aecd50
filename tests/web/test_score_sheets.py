"""Paper at a meeting: printed, ticked by hand, photographed, looked at box by box, entered once."""

import io
import re
from datetime import date

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from pointsbank import households, proof, roster, score_sheets, scoring, villages
from tests.attachments.scene import jpeg
from tests.builders import VILLAGE, Chayuan
from tests.score_sheets.scene import photo, pictures, saved
from tests.web.browser import Browser, hidden, words
from tests.web.test_group_leaders import lead


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def opened(village: Chayuan, title: str = "九月评议会") -> str:
    sitting = {"held_on": date(2026, 9, 1), "title": title, "judges": ["李会计", "老支书"]}
    return str(village.write(scoring.open_meeting, **sitting).id)


@pytest.fixture
def meeting(village: Chayuan) -> str:
    return opened(village)


def at(meeting: str, more: str = "") -> str:
    return f"/v/{VILLAGE}/meetings/{meeting}/sheets{more}"


def printed(browser: Browser, village: Chayuan, meeting: str, group: str = "三组") -> Image.Image:
    """The only page of a group, as it comes out of the printer."""
    key = village.read(villages.group_by_name, name=group).id
    answer = browser.post(at(meeting, "/print"), group=key, item="清扫")
    assert answer.mimetype == "application/pdf", words(answer)
    [page] = pictures(answer.data)
    return page


def sent(browser: Browser, meeting: str, *photos: bytes) -> TestResponse:
    files = [(io.BytesIO(one), f"IMG_{number}.jpg") for number, one in enumerate(photos, 1)]
    return browser.post(at(meeting, "/photos"), photos=files)


def number_of(village: Chayuan, meeting: str) -> str:
    return village.read(score_sheets.pages_of, meeting=meeting)[-1].number


def enter(browser: Browser, shown: TestResponse, path: str, **more: str) -> TestResponse:
    """Confirm what a page has just shown."""
    names = ("request_id", "reading", "day", "seen", "asked")
    boxes = dict(re.findall(r'name="(b-\d+)" value="(1)"[^>]*? checked', words(shown)))
    return browser.post(f"{path}/scores", **{name: hidden(shown, name) for name in names}, **boxes, **more)


def entered(village: Chayuan, meeting: str) -> list[tuple[str, str, int]]:
    found = village.read(scoring.scores, meeting=meeting)
    return [(one.code, one.item_code, one.counted_points) for one in found]


def test_a_sheet_without_doubts_is_printed_photographed_and_entered_once(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    page = printed(li, village, meeting)
    answer = sent(li, meeting, photo(page, ticks={(0, 0), (2, 0)}, turned=1))
    assert "读出2个勾，每一格都清楚" in words(answer)
    path = at(meeting, f"/{number_of(village, meeting)}")
    shown = li.get(path)
    assert "合计+10分" in words(shown) and entered(village, meeting) == []

    done = enter(li, shown, path)
    again = enter(li, shown, path)

    assert done.status_code == again.status_code == 303
    assert entered(village, meeting) == [("0301", "清扫", 500), ("0303", "清扫", 500)]
    refused = sent(li, meeting, photo(page, ticks={(1, 0)}))
    assert refused.status_code == 422 and "已经录入过2条，没有再读" in words(refused)
    assert "已录入2条" in words(li.get(path)) and "是这次评议会的第1至2条" in words(li.get(path))
    [first, _] = village.read(scoring.scores, meeting=meeting)
    assert f"/scores/{first.id}" in words(li.get(path)) and path in words(
        li.get(f"/v/{VILLAGE}/scores/{first.id}")
    )
    assert proof.verify(village.database, village=VILLAGE).holds


def test_a_doubtful_box_is_asked_and_never_guessed(li: Browser, village: Chayuan, meeting: str) -> None:
    page = printed(li, village, meeting)
    sent(li, meeting, photo(page, ticks={(0, 0)}, voids={(1, 0)}))
    path = at(meeting, f"/{number_of(village, meeting)}")
    shown = li.get(path)
    assert "1格看不清，请逐格定" in words(shown) and "录入1条" not in words(shown)
    sent_on = {name: hidden(shown, name) for name in ("request_id", "reading", "day")} | {"b-0": "1"}

    without = li.post(path, **sent_on)
    assert without.status_code == 422 and "请看图选“有勾”或“没有勾”。" in words(without)
    forced = li.post(f"{path}/scores", **sent_on, seen="", asked="")
    assert forced.status_code == 422 and entered(village, meeting) == []

    checked = li.post(path, **sent_on, **{"d-1": "yes"})
    assert "录入2条" in words(checked)
    enter(li, checked, path, **{"d-1": "yes"})
    assert [code for code, _, _ in entered(village, meeting)] == ["0301", "0302"]
    cutout = re.search(r'<image href="([^"]+)"', words(shown))
    assert cutout is not None and Image.open(io.BytesIO(li.get(cutout[1]).data)).size == (144, 72)


def test_a_box_read_wrongly_is_put_right_before_it_counts(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    page = printed(li, village, meeting)
    sent(li, meeting, photo(page, ticks={(0, 0)}))
    path = at(meeting, f"/{number_of(village, meeting)}")
    shown = li.get(path)
    fields = {name: hidden(shown, name) for name in ("request_id", "reading", "day")}
    checked = li.post(path, **fields, **{"b-2": "1"})
    enter(li, checked, path)

    assert [code for code, _, _ in entered(village, meeting)] == ["0303"]
    assert "2格改过读出的结果" in words(li.get(path))


def test_a_sheet_is_read_by_what_was_printed(li: Browser, village: Chayuan, meeting: str) -> None:
    page = printed(li, village, meeting)
    sent(li, meeting, photo(page, ticks={(0, 0), (1, 0)}))
    path = at(meeting, f"/{number_of(village, meeting)}")
    village.write(
        households.close, participant="0301", heir="0303", decision="第2号决议", request_id="merge-0301"
    )

    shown = li.get(path)
    assert "0301" in words(shown) and "已" in words(shown) and "录入1条" not in words(shown)
    fields = {name: hidden(shown, name) for name in ("request_id", "reading", "day")}
    enter(li, li.post(path, **fields, **{"b-1": "1"}), path)
    assert [code for code, _, _ in entered(village, meeting)] == ["0302"]


def test_what_is_not_a_sheet_of_this_meeting_is_refused_by_name(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    page = printed(li, village, meeting)
    other = opened(village, "补评")
    elsewhere = printed(li, village, other)
    village.write(scoring.close_meeting, meeting=other)
    half = pictures_half(page)
    photos = (saved(Image.new("RGB", (900, 900), "white")), photo(elsewhere), half, b"%PDF-1.4", b"")
    shown = words(sent(li, meeting, *photos, photo(page)[:-4000]))

    assert "收到6张照片，读出0张，6张没有收下" in shown
    for sentence in ("没有认出评分表", "“补评”（2026年9月1日）已经结束", "PDF 文件", "没有传完整"):
        assert sentence in shown
    assert re.search("只认出评分表的[0-9]个角|没有认出评分表", shown)
    third = opened(village, "第三次")
    assert "这是给“九月评议会”（2026年9月1日）打印的" in words(sent(li, third, photo(page)))
    assert (
        village.read(score_sheets.standing, pages=village.read(score_sheets.pages_of, meeting=meeting))[
            0
        ].reading
        is None
    )


def pictures_half(page: Image.Image) -> bytes:
    """The upper half of a page."""
    return saved(page.crop((0, 0, page.width, page.height // 2)))


def test_who_leads_a_group_is_shown_that_a_household_has_left_it(
    li: Browser, app: Flask, village: Chayuan, meeting: str
) -> None:
    printed(li, village, meeting)
    number = number_of(village, meeting)
    found = {"number": number, "rows": 3, "columns": 1, "answers": "xx.", "photo": jpeg()}
    village.write(score_sheets.take_in, meeting=meeting, **found)
    lead(village, village.read(villages.group_by_name, name="三组").id)
    village.write(roster.edit, code="0302", facts=roster.NewFacts(group="二组"), reason="分组调整")
    qian, path = Browser(app).sign_in("qian"), at(meeting, f"/{number}")

    shown = words(qian.get(path))

    assert "欧阳犇 参加环境清扫：这一户已经不在您这个小组了" in shown and "没有户号" not in shown
    assert "合计+10分" in words(li.get(path))


def test_a_group_leader_prints_and_reads_the_own_group_alone(
    li: Browser, app: Flask, village: Chayuan, meeting: str
) -> None:
    other = printed(li, village, meeting, "三组")
    lead(village, village.read(villages.group_by_name, name="二组").id)
    qian = Browser(app).sign_in("qian")
    page = printed(qian, village, meeting, "二组")
    foreign = village.read(villages.group_by_name, name="三组").id
    refused = qian.post(at(meeting, "/print"), group=foreign)

    shown = words(sent(qian, meeting, photo(other), photo(page, ticks={(0, 0)})))

    assert refused.status_code == 404
    assert "不是您这个小组的评分表" in shown and "二组第1页（共1页）" in shown
    assert "三组" not in shown
    mine, theirs = (
        next(one.number for one in village.read(score_sheets.pages_of, meeting=meeting) if one.group == name)
        for name in ("二组", "三组")
    )
    assert qian.get(at(meeting, f"/{theirs}")).status_code == 404
    enter(qian, qian.get(at(meeting, f"/{mine}")), at(meeting, f"/{mine}"))
    assert entered(village, meeting) == [("0201", "清扫", 500)]
