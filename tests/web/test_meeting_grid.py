"""The grid of a meeting: cells are checked, shown as they would count, and entered all or none."""

import re
from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import roster, scoring, villages
from pointsbank.roster import NewFacts, Participant
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.values import Judge
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, words
from tests.web.test_group_leaders import lead

AUGUST = date(2026, 8, 20)
ID = "0123456789abcdef"


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计", "老支书"]}
    return str(village.write(scoring.open_meeting, **held).id)


def address(village: Chayuan, meeting: str, group: str = "三组", items: str = "清扫 志愿 庭院") -> str:
    chosen = village.read(villages.group_by_name, name=group).id
    query = "&".join(f"item={item}" for item in items.split())
    return f"/v/{VILLAGE}/meetings/{meeting}/grid?group={chosen}&day={AUGUST}&{query}"


def cell(who: Participant, item: str) -> str:
    return f"c-{who.id}-{item}"


def check(browser: Browser, path: str, **cells: str) -> TestResponse:
    """Send the cells to be looked at."""
    return browser.post(path, request_id=ID, **cells)


def enter(browser: Browser, checked: TestResponse, path: str, *ticked: str, **cells: str) -> TestResponse:
    """Enter what a page has just shown."""
    seals = dict(re.findall(r'name="(again-[^"]+)" id="[^"]+" value="([^"]+)"', words(checked)))
    sent = {name: hidden(checked, name) for name in ("request_id", "seen", "asked")}
    again = {f"again-{name}": seals[f"again-{name}"] for name in ticked}
    return browser.post(path.replace("/grid?", "/grid/scores?"), **sent, **again, **cells)


def entered(village: Chayuan, meeting: str) -> list[tuple[str, str, int]]:
    found = village.read(scoring.scores, meeting=meeting)
    return [(one.code, one.item_code, one.counted_points) for one in found]


def test_a_group_is_typed_checked_and_entered(li: Browser, village: Chayuan, meeting: str) -> None:
    path = address(village, meeting)
    opened = words(li.get(path))
    assert "欧阳犇" in opened and "单雪梅" not in opened
    cells = {
        cell(village.ouyang, "清扫"): "√",
        cell(village.ouyang, "志愿"): "2小时",
        cell(village.li, "庭院"): "7",
        cell(village.li, "清扫"): "0",
    }
    checked = check(li, path, **cells)
    assert entered(village, meeting) == []
    assert "2户，合计+16分。" in words(checked)
    assert "录入3条" in words(checked) and 'value="2小时"' in words(checked)

    saved = enter(li, checked, path, **cells)
    again = enter(li, checked, path, **cells)
    shown = words(li.follow(saved))
    assert "已录入3条。" in shown and "已记+5" in shown and 'value="√"' not in shown
    assert saved.headers["Location"] == again.headers["Location"]
    assert entered(village, meeting) == [
        ("0302", "清扫", 500),
        ("0302", "志愿", 400),
        ("0303", "庭院", 700),
    ]


def test_a_bad_cell_is_marked_and_everything_typed_stays(li: Browser, village: Chayuan, meeting: str) -> None:
    bad, good = cell(village.ouyang, "志愿"), cell(village.li, "清扫")
    answer = check(li, address(village, meeting), **{bad: "√", good: "√"})
    page = words(answer)

    assert answer.status_code == 422
    assert page.count("请写多少小时，例如 2，不写分值。") == 2
    assert re.search(rf'is-invalid" id="{bad}" name="{bad}" value="√"', page)
    assert re.search(rf'"form-control" id="{good}" name="{good}" value="√"', page)
    assert f'href="#{bad}"' in page and "录入1条" not in page
    assert entered(village, meeting) == []


def test_what_was_judged_already_is_entered_only_where_it_is_ticked(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    rows = [ScoreRow("0302", "清扫", AUGUST), ScoreRow("0303", "清扫", AUGUST)]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)
    path = address(village, meeting)
    first, second, new = (
        cell(village.ouyang, "清扫"),
        cell(village.li, "清扫"),
        cell(village.tag, "清扫"),
    )
    cells = dict.fromkeys((first, second, new), "√")
    checked = check(li, path, **cells)
    assert "2条像是已经记过" in words(checked) and "录入1条" in words(checked)

    done = words(li.follow(enter(li, checked, path, first, **cells)))
    assert "已录入2条。" in done and "1条已经记过，没有再录。" in done
    assert entered(village, meeting)[2:] == [("0301", "清扫", 500), ("0302", "清扫", 500)]


def test_what_was_shown_is_what_is_entered_or_nothing_is(li: Browser, village: Chayuan, meeting: str) -> None:
    path, name = address(village, meeting), cell(village.ouyang, "清扫")
    cells = {name: "√", cell(village.li, "庭院"): "7"}
    checked = check(li, path, **cells)
    changed = enter(li, checked, path, **cells | {cell(village.li, "庭院"): "9"})
    assert (changed.status_code, entered(village, meeting)) == (409, [])
    assert "已经被改过" in words(changed) and 'value="9"' in words(changed)

    # Somebody else enters the same deed in between.
    village.write(scoring.enter_scores, meeting=meeting, rows=[ScoreRow("0302", "清扫", AUGUST)])
    late = enter(li, checked, path, **cells)
    assert (late.status_code, len(entered(village, meeting))) == (422, 1)
    assert "又有1条刚被记过" in words(late) and "已经记过（第1条）" in words(late)

    assert enter(li, late, path, **cells).status_code == 303
    assert len(entered(village, meeting)) == 2

    # The answer was lost, and other cells came with the id of before: that is used up.
    reused = enter(li, late, path, **{name: "√"})
    assert "已经用过" in words(reused) and hidden(reused, "request_id") != ID


def test_who_leads_a_group_sees_and_sends_its_own_alone(app: Flask, village: Chayuan, meeting: str) -> None:
    lead(village, village.read(villages.group_by_name, name="一组").id)
    leader = Browser(app).sign_in("qian")
    own, other = address(village, meeting, "一组"), address(village, meeting, "三组")

    page = words(leader.get(own))
    assert "王建国" in page and "欧阳犇" not in page and "三组" not in page
    assert leader.get(other).status_code == 404
    assert check(leader, other, **{cell(village.ouyang, "清扫"): "√"}).status_code == 404
    smuggled = check(leader, own, **{cell(village.ouyang, "清扫"): "√"})
    assert smuggled.status_code == 422 and "别的户，参加环境清扫：√——不在这张表上了" in words(smuggled)
    assert "欧阳犇" not in words(smuggled)


def test_a_judge_s_household_is_marked_and_who_is_away_is_not_there(li: Browser, village: Chayuan) -> None:
    judges = [Judge("李会计", "0303"), "老支书"]
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": judges}
    meeting = str(village.write(scoring.open_meeting, **held).id)
    village.write(roster.edit, code="0301", facts=NewFacts(status="away"), reason="外出")
    page = words(li.get(address(village, meeting)))

    assert "李会计回避" in page and page.count("回避") == 1
    assert "欧阳犇" in page and "/etc/hostname" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("day=昨天", "不是日期"),
        ("day=2027-01-01", "还没有到，先按今天"),
        ("page=99&item=没有", "参加环境清扫"),
        ("day=1990-01-01", "没有可以在表格里录入的条目"),
        ("group=party_member", "还差1"),
    ],
)
def test_an_address_that_names_nothing_shows_what_there_is(
    li: Browser, meeting: str, query: str, sentence: str
) -> None:
    answer = li.get(f"/v/{VILLAGE}/meetings/{meeting}/grid?{query}")

    assert (answer.status_code, sentence in words(answer)) == (200, True)


def test_deeds_of_a_closed_month_are_said_to_count_in_another(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    path, cells = address(village, meeting), {cell(village.ouyang, "清扫"): "√"}
    assert "补录" not in words(check(li, path, **cells))
    with village.database.writing() as session:
        villages.mark_closed(session, village=VILLAGE, month="2026-08", at=NOW)

    assert "这是补录，计入2026年9月" in words(check(li, path, **cells))


def test_nothing_typed_and_a_closed_meeting_are_said(li: Browser, village: Chayuan, meeting: str) -> None:
    path, name = address(village, meeting), cell(village.ouyang, "清扫")
    assert "请至少填写一条评分，一次最多1200条。" in words(check(li, path, **{name: "-"}))
    village.write(scoring.close_meeting, meeting=meeting)
    late = check(li, path, **{name: "√"})
    page = words(late)
    assert (late.status_code, "已经封存" in page) == (409, True)
    assert "您刚才填写的，没有保存" in page and "欧阳犇 0302，清扫：√" in page
    assert "已经结束" in words(li.get(path))


def send_list(browser: Browser, meeting: str, listed: str, **more: str) -> TestResponse:
    """Send a pasted list for one item to the box for several households."""
    deed = {"request_id": ID, "item": "清扫", "occurred_on": str(AUGUST)}
    return browser.post(f"/v/{VILLAGE}/meetings/{meeting}/scores", **deed, codes=listed, **more)


CHAIN = """#接龙
8月20日清扫河道

1. 欧阳犇 2人
2. 王建国
3、李秀英（已到）
4. 单雪梅 18:30
5. 张三丰
6. 欧阳犇"""


def test_a_chain_is_pasted_and_what_is_unclear_is_asked_once(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    asked = send_list(li, meeting, CHAIN)
    page = words(asked)
    assert asked.status_code == 422 and entered(village, meeting) == []
    assert page.count("没有找到“张三丰”") == 2 and "“王建国”不止一户" in page
    left = hidden(asked, "codes")
    assert left.split() == ["0302", "王建国", "0303", "0203", "张三丰"]

    mended = send_list(li, meeting, left.replace("张三丰", ""), **{"codes--王建国": "0102"})
    assert mended.status_code == 303
    assert [code for code, _, _ in entered(village, meeting)] == ["0302", "0102", "0303", "0203"]


@pytest.mark.parametrize(
    ("listed", "sentence", "left"),
    [
        # Both of the name came: one tick would lose one of them.
        ("1. 王建国\n2. 欧阳犇\n3. 王建国", "“王建国”写了几次", "王建国\n王建国\n0302"),
        # A character was forgotten, a heading is a group's name: nobody is guessed by a part.
        ("欧阳犇\n秀英", "“秀英”不止一户或者写得不全", "0302\n秀英"),
        ("三组\n欧阳犇", "“三组”不止一户", "三组\n0302"),
        ("欧阳犇\n李秀英 ×", "没有找到“李秀英 ×”", "0302\n李秀英 ×"),
    ],
)
def test_of_a_list_nobody_is_guessed(
    li: Browser, village: Chayuan, meeting: str, listed: str, sentence: str, left: str
) -> None:
    asked = send_list(li, meeting, listed)

    assert (asked.status_code, entered(village, meeting)) == (422, [])
    assert sentence in words(asked) and hidden(asked, "codes") == left


def test_a_part_of_a_name_is_entered_once_it_was_picked(li: Browser, village: Chayuan, meeting: str) -> None:
    left = hidden(send_list(li, meeting, "欧阳犇 秀英"), "codes")

    assert send_list(li, meeting, left, **{"codes--秀英": "0303"}).status_code == 303
    assert [code for code, _, _ in entered(village, meeting)] == ["0302", "0303"]


def test_of_two_who_send_the_same_grid_at_once_one_is_asked(
    app: Flask, li: Browser, village: Chayuan, meeting: str
) -> None:
    zhou = Browser(app).sign_in("zhou")
    path, cells = address(village, meeting), {cell(village.ouyang, "清扫"): "√"}
    shown = {who: who.post(path, request_id=ID + name, **cells) for who, name in ((li, "li"), (zhou, "zhou"))}
    assert [enter(who, page, path, **cells).status_code for who, page in shown.items()] == [303, 422]
    assert len(entered(village, meeting)) == 1


def test_a_cap_used_up_meanwhile_is_shown_before_anything_is_written(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    path, cells = address(village, meeting), {cell(village.ouyang, "清扫"): "√"}
    checked = check(li, path, **cells)
    rows = [ScoreRow("0302", "清扫", date(2026, 8, day)) for day in (1, 2)]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)

    late = enter(li, checked, path, **cells)
    assert (late.status_code, len(entered(village, meeting))) == (409, 2)
    assert "原5分，计2分" in words(late)
    assert enter(li, late, path, **cells).status_code == 303


def test_a_household_that_is_gone_meanwhile_is_named_and_the_rest_stays(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    path = address(village, meeting)
    cells = {cell(village.ouyang, "清扫"): "√", cell(village.li, "志愿"): "2"}
    checked = check(li, path, **cells)
    village.write(roster.edit, code="0302", facts=NewFacts(status="away"), reason="外出")
    late = enter(li, checked, path, **cells)

    assert (late.status_code, entered(village, meeting)) == (422, [])
    assert "欧阳犇 0302，参加环境清扫：√——不在这张表上了" in words(late)
    assert 'value="2"' in words(late)
