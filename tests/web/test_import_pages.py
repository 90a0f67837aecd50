"""Imports in the browser: choose, look, answer, take over; the file is kept for its sender and dies."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from pointsbank import imports, roster, scoring
from pointsbank.spreadsheets import parse_rows, read_table
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
IMPORTS = f"{HOME}/imports"


def send(person: Browser, what: str, table: str, **fields: str) -> tuple[str, str]:
    """Upload a table; where its preview is, and what it says."""
    file = (io.BytesIO(table.encode()), f"{what}.csv")
    answer = person.post(f"{IMPORTS}/{what}", file=file, **fields)
    if answer.status_code != 303:
        return "", words(answer)
    return answer.headers["Location"], words(person.follow(answer))


ROSTER = "户主姓名,户号,村民小组,家庭人口\n钱学勤,0901,三组,3\n合计,,,3\n"


def test_a_roster_is_looked_at_then_taken_over(village: Chayuan, browser: Browser) -> None:
    li = browser.sign_in("li")
    path, shown = send(li, "roster", ROSTER)

    for sentence in (
        "新增1，更改0，未变0。",
        "表头在第1行，读了1行数据。",
        "表头“户主姓名”读作“户主”。",
        "没有读的行：第3行（合计）。",
        "还什么都没有写入",
    ):
        assert sentence in shown
    assert "0901" not in words(li.get(f"{HOME}/roster?q=0901")).split("</form>")[-1]
    assert "接着看" in words(li.get(f"{IMPORTS}/roster"))
    done = words(li.follow(li.post(path)))
    assert "导入完成：新增1，更改0，未变0。" in done and "钱学勤" in done
    assert li.get(path).status_code == 404 and not list(_kept(browser))


def _kept(browser: Browser) -> list[str]:
    folder = browser.client.application.extensions["pointsbank_settings"].kept_uploads_dir
    return [one.name for one in folder.glob("*")]


def test_every_fault_of_a_file_is_said_at_once_and_the_way_to_another_file(browser: Browser) -> None:
    table = "户号,户主,小组,人口\n0901,钱学勤,三组,三口\n101,张文远,一组,2\n0902,,三组,1\n"
    path, shown = send(browser.sign_in("li"), "roster", table)

    assert "表里有3处需要改正，一行也没有写入" in shown
    assert "第2行“人口”：" in shown and "只差前面的0" in shown and "第4行“户主”：不能为空" in shown
    assert "表头在第1行，读了3行数据。" in shown and "改好以后重新上传" in shown
    assert '<button class="btn btn-primary" type="submit">导入' not in shown
    refused, again = browser.post(path), browser.get(path)
    assert (refused.status_code, again.status_code) == (422, 200)
    assert "需要改正" in words(refused) and "需要改正" in words(again)


def test_the_first_rows_are_shown_as_they_were_read_with_what_the_file_says(browser: Browser) -> None:
    rows = "".join(f"090{number},钱学勤,三组,{number}人\n" for number in range(1, 8))
    _, shown = send(browser.sign_in("li"), "roster", f"户号,户主,小组,人口,类别\n{rows}")

    assert "开头5行读成这样" in shown
    [second] = re.findall(r">第3行：.*?</li>", shown, re.DOTALL)
    assert re.findall(r"(\w+)<b> (\w+)</b>", second) == [
        ("户号", "0902"), ("户主", "钱学勤"), ("小组", "三组"), ("人口", "2")
    ]  # fmt: skip
    assert second.count("表里") == 1 and "（表里“2人”）" in second
    assert ">第7行：" not in shown


def test_once_the_village_has_begun_balances_become_a_request_that_another_confirms(
    village: Chayuan, app: Flask, browser: Browser
) -> None:
    village.give(village.wang, 5)
    li = browser.sign_in("li")
    path, shown = send(li, "balances", "户号,户主,积分,荣誉,说明\n0102,,90,120,旧账本第3页\n0302,,0,,\n")
    assert "1户共90积分、120荣誉积分成为一份申请，现在一户也不入账。" in shown
    assert "提出申请</button>" in shown and "另有1户" in shown
    assert village.balance(village.namesake).points == 0

    asked = li.follow(li.post(path))
    assert "已申请" in words(asked) and "请另一位来确认" in words(asked)
    assert village.balance(village.namesake).points == 0
    zhao = Browser(app).sign_in("zhao")
    page = words(zhao.get(asked.request.path))
    assert "90积分，120荣誉积分，旧账本第3页" in page and "每户只能导入一次，入账后撤不回来。" in page
    done = zhao.follow(zhao.post(f"{asked.request.path}/confirmation"))
    assert "期初积分已入账：1户共90积分、120荣誉积分。" in words(done)
    assert village.balance(village.namesake).points == 9000


def test_what_is_no_table_is_told_on_the_page_where_it_was_chosen(browser: Browser) -> None:
    li = browser.sign_in("li")
    for table, sentence in (("<html><table>", "这是网页，只是名字像 Excel 表格"), ("", "文件是空的")):
        path, shown = send(li, "goods", table)
        assert not path and sentence in shown and "上传，先看一遍" in shown
    assert "请先选择要导入的表格文件" in words(li.post(f"{IMPORTS}/goods")) and not _kept(browser)


def test_a_question_is_answered_without_another_upload(
    village: Chayuan, app: Flask, browser: Browser, clock: time_machine.Traveller
) -> None:
    known = village.read(roster.by_code, code="0302")
    table = f"户号,户主,小组,人口\nA9,{known.name},{known.group},{known.people}\n"
    li = browser.sign_in("li")
    path, shown = send(li, "roster", table)
    assert "表里有1处要先核对" in shown and "如果是同一户，请改用0302" in shown and "新增1" in shown

    asked = li.post(path)
    assert asked.status_code == 422 and "要先核对" in words(asked)
    for other in ("zhou", "sun"):
        assert Browser(app).sign_in(other).get(path).status_code == 404
    assert Browser(app).sign_in("chen").get(path).status_code == 403
    clock.move_to(NOW + timedelta(hours=1))
    assert "导入完成：新增1" in words(li.follow(li.post(path, confirmed="1")))

    path, _ = send(li, "roster", ROSTER)
    clock.move_to(NOW + timedelta(hours=4))
    assert Browser(app).sign_in("li").get(path).status_code == 404
    assert imports.kept.remove_old(_folder(app), at=clock_now()) == 1 and not _kept(browser)


def _folder(app: Flask):  # type: ignore[no-untyped-def]
    return app.extensions["pointsbank_settings"].kept_uploads_dir


def clock_now() -> float:
    """Four hours later, in seconds since 1970."""
    return (NOW + timedelta(hours=4)).timestamp()


def test_what_changed_meanwhile_is_looked_at_again(village: Chayuan, browser: Browser) -> None:
    li = browser.sign_in("li")
    path, _ = send(li, "roster", ROSTER)
    li.post(f"{HOME}/roster", code="0901", name="钱学勤", group="三组", people="3")

    again = words(li.follow(li.post(path)))

    assert "请再看一遍" in again and "没有变化：1行与现有内容相同。" in again


def test_a_scheme_is_adopted_by_the_resolution_that_is_typed_beside_it(
    village: Chayuan, browser: Browser
) -> None:
    li = browser.sign_in("li")
    path, shown = send(li, "scheme", "积分项目,分值\n参加环境清扫,+5分\n乱倒垃圾,-3\n")
    assert "新的编为TM01至TM02" in shown and "条目的形状：固定2个" in shown

    beside = {"resolution": "村民会议第2号决议", "from_date": "2026-10-01"}
    asked = words(li.follow(li.post(path, again="1", **beside)))
    assert 'value="村民会议第2号决议"' in asked
    assert "从哪天" in words(li.post(path, resolution="x", from_date="明天")) and "村民会议" in asked
    li.post(path, **beside)
    assert "第2版已经通过" in words(li.get(f"{HOME}/scheme"))


def test_scores_go_into_the_meeting_that_is_chosen(village: Chayuan, browser: Browser) -> None:
    meeting = village.write(scoring.open_meeting, title="九月评议会", held_on=NOW.date(), judges=["李"])
    li = browser.sign_in("li")
    path, shown = send(li, "scores", "户号,户主,条目\n0101,,助邻\n", meeting=meeting.id)
    assert "全部评分都算那一天的" in shown and "九月评议会" in shown

    shown = words(li.follow(li.post(path, again="1", meeting=meeting.id, occurred_on="2026-08-20")))
    assert "新增1" in shown
    done = li.follow(li.post(path, meeting=meeting.id, occurred_on="2026-08-20"))
    assert done.request.path.endswith(meeting.id) and "助邻" in words(done)


@pytest.mark.parametrize("what", [one.name for one in imports.every()])
def test_every_import_has_its_page_and_its_empty_table(village: Chayuan, browser: Browser, what: str) -> None:
    li = browser.sign_in("li")
    one = imports.find(what)
    assert f"{IMPORTS}/{what}" in words(li.get(IMPORTS))
    page = words(li.get(f"{IMPORTS}/{what}"))
    [href] = re.findall(rf'href="({IMPORTS}/{what}/template.xlsx)"', page)

    table = read_table("空表.xlsx", li.get(href).data)
    head = table.sheets[0].rows
    assert len(head) == 3 and all(row[0].startswith("样例") for row in head[1:])
    own = [column.title for column in one.columns if column.required and not column.in_grid]
    table.sheets[0].rows.extend([["M9", *head[1][1:]]] if own else [])
    assert parse_rows(table, one.columns, collect=True).rows
