"""The preview in the browser, `import … --dry-run` and the import itself say the same of the same file."""

import html
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask

from pointsbank import imports, scoring, staff
from pointsbank.cli import main
from pointsbank.imports.kept import Looked
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web import conftest
from tests.web.browser import Browser, words

application, furnished, village, app, browser, clock = (
    conftest.application,
    conftest.furnished,
    conftest.village,
    conftest.app,
    conftest.browser,
    conftest.clock,
)


def hidden_column() -> bytes:
    """A roster whose column of people nobody sees."""
    sent = io.BytesIO()
    with xlsxwriter.Workbook(sent) as book:
        sheet = book.add_worksheet("户册")
        for number, row in enumerate((["户号", "户主", "小组", "人口"], ["0901", "钱学勤", "三组", 3])):
            sheet.write_row(number, 0, row)
        sheet.set_column(3, 3, None, None, {"hidden": True})
    return sent.getvalue()


def two_sheets() -> bytes:
    """A roster with a sheet for each group, a title above and a sum below."""
    sent = io.BytesIO()
    with xlsxwriter.Workbook(sent) as book:
        for name, code in (("一组", "0901"), ("二组", "0902")):
            sheet = book.add_worksheet(name)
            rows = (
                ["茶源村花名册"],
                ["户号", "户主姓名", "家庭人口"],
                [code, "钱学勤", "3人"],
                ["合计", "", 3],
            )
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return sent.getvalue()


HEAD = "户号,户主,小组,人口\n"
FILES: dict[str, tuple[str, str, bytes]] = {
    "good": ("roster", "花名册.csv", (HEAD + "0901,钱学勤,三组,3\n").encode()),
    "with a title, other names of columns, a sum": (
        *("roster", "花名册.csv"),
        "茶源村,,,\n户主姓名,户号,村民小组,家庭人口\n钱学勤,0901,第3组,3人\n合计,,,3\n".encode(),
    ),
    "faults in several cells": (
        *("roster", "花名册.csv"),
        (HEAD + "0901,钱学勤,三组,三口\n101,张文远,一组,2\n0902,,三组,1\n").encode(),
    ),
    "a question": ("roster", "花名册.csv", (HEAD + "A9,欧阳犇,三组,6\n").encode()),
    "another's name beside a code": ("roster", "花名册.csv", (HEAD + "0101,钱学勤,一组,4\n").encode()),
    "a column that is hidden": ("roster", "花名册.xlsx", hidden_column()),
    "a sheet for each group": ("roster", "花名册.xlsx", two_sheets()),
    "a column that is missing": ("roster", "花名册.csv", "户号,户主\n0901,钱学勤\n".encode()),
    "no rows": ("roster", "花名册.csv", HEAD.encode()),
    "a web page": ("goods", "商品.xls", b"<html><table><tr><td>1</td></tr></table>"),
    "a limit that is blank": ("goods", "商品.csv", "名称,积分,库存,每户每月限量\n毛巾,4,10,\n".encode()),
    "a price that is none": ("goods", "商品.csv", "编号,名称,积分\nG1,毛巾,不要钱\n".encode()),
    "balances": ("balances", "期初.csv", "户号,户主,积分,荣誉\n0102,,90,120\n0302,,,\n".encode()),
    "a scheme": ("scheme", "细则.csv", "条目,方向,分值\n门前整洁,加分,5分\n乱堆垃圾,扣分,-3\n".encode()),
    "a scheme with words that may not hang": (
        *("scheme", "细则.csv"),
        "编号,条目,方向,分值\nX1,参与赌博,扣分,20\n".encode(),
    ),
}


@pytest.fixture
def command(
    app: Flask,
    village: Chayuan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, list[str]]]:
    """Run `import …` upon the browser's own database, on trial; its status and the lines that it writes."""
    monkeypatch.setenv("POINTSBANK_DATA", str(tmp_path))
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", f"sqlite:///{tmp_path / 'furnished.sqlite3'}")

    def run(*words: str, trial: bool = True) -> tuple[int, list[str]]:
        status = main(["import", *words, *(["--dry-run"] if trial else [])])
        written = capsys.readouterr()
        return status, [line.removeprefix("试算：") for line in (written.out + written.err).splitlines()]

    return run


def kept_paths(browser: Browser, what: str) -> list[str]:
    """Where the files lie that were looked at and not taken over."""
    folder = browser.client.application.extensions["pointsbank_settings"].kept_uploads_dir
    return [f"/v/{VILLAGE}/imports/{what}/{one.stem}" for one in folder.glob("*.json")]


def previewed(browser: Browser, what: str, name: str, content: bytes, **beside: str) -> Looked:
    """Upload a file and return what the preview keeps of it; of one that is no table, what the page says."""
    answer = browser.post(f"/v/{VILLAGE}/imports/{what}", file=(io.BytesIO(content), name), **beside)
    if answer.status_code != 303:
        [said] = re.findall(r"需要改正</h2><p>(.*?)</p>", words(answer))
        return Looked(sentence=html.unescape(said))
    kept = answer.headers["Location"].rpartition("/")[2]
    folder = browser.client.application.extensions["pointsbank_settings"].kept_uploads_dir
    database = browser.client.application.extensions["pointsbank_database"]
    with database.reading() as session:
        li = staff.by_login(session, login="li").id
    return imports.kept.find(folder, kept, staff=li, village=VILLAGE, what=what, at=NOW).looked


@pytest.mark.parametrize("case", FILES)
def test_the_preview_and_a_dry_run_say_the_same(
    case: str, browser: Browser, command: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    what, name, content = FILES[case]
    (tmp_path / name).write_bytes(content)

    looked = previewed(browser.sign_in("li"), what, name, content)
    status, lines = command(what, str(tmp_path / name))

    assert status == (0 if looked.can_be_taken and not looked.asks else 1)
    if looked.sentence:
        assert lines == [looked.sentence]
    elif looked.problems:
        head, rows, rest = lines[0], lines[1 : len(looked.problems) + 1], lines[len(looked.problems) + 1 :]
        assert f"有{len(looked.problems)}处" in head and "一行也没有写入" in head
        assert rows == [f"  {problem}" for problem in looked.problems]
        # Of a question the page has the answer before it already: what would be done.
        if looked.asks:
            _, done = command(what, str(tmp_path / name), "--confirmed")
            assert done == looked.lines and set(rest) <= set(done)
        else:
            assert rest == looked.lines
    else:
        assert lines == looked.lines


# What only the village's own books can say: of goods on the shelf, of a meeting, of a village that has begun.
AMONG_OTHERS: dict[str, tuple[str, str]] = {
    "other words for goods on the shelf": ("goods", "编号,名称,积分,库存,每户每月限量\nrice,糯米,20,5,2\n"),
    "the name of other goods": ("goods", "编号,名称,积分,库存,每户每月限量\nrice,香皂,20,5,2\n"),
    "a lower price": ("goods", "编号,名称,积分,库存,每户每月限量\nrice,大米,19,5,2\n"),
    "goods known by another code": ("goods", "编号,名称,积分\nX1,大米,20\n"),
    "scores": ("scores", "户号,条目,日期\n0101,参加环境清扫,2026-08-20\n"),
    "scores of nobody": ("scores", "户号,条目,日期\n0999,参加环境清扫,2026-08-20\n"),
    "scores of an item that there is not": ("scores", "户号,条目,日期\n0101,唱歌,2026-08-20\n"),
    "scores of a day to come": ("scores", "户号,条目,日期\n0101,参加环境清扫,2027-08-20\n"),
    "the same deed twice": ("scores", "户号,条目,日期\n0101,参加环境清扫,2026-08-20\n" * 2),
    "balances of nobody": ("balances", "户号,积分,荣誉\n0999,5,5\n"),
    "balances below nothing": ("balances", "户号,积分,荣誉\n0101,-5,5\n"),
}


@pytest.fixture
def meeting(village: Chayuan) -> str:
    """A meeting that is open."""
    judges = ["周明", "吴芳"]
    opened = village.write(scoring.open_meeting, held_on=date(2026, 9, 1), title="评议会", judges=judges)
    return str(opened.id)


def every_file() -> dict[str, tuple[str, str, bytes]]:
    """The files of this module."""
    return FILES | {case: (what, f"{what}.csv", text.encode()) for case, (what, text) in AMONG_OTHERS.items()}


@pytest.mark.parametrize("case", every_file())
def test_what_an_import_refuses_its_trial_refuses_in_the_same_words(
    case: str, command: Callable[..., tuple[int, list[str]]], meeting: str, tmp_path: Path
) -> None:
    what, name, content = every_file()[case]
    (tmp_path / name).write_bytes(content)
    words = [what, str(tmp_path / name), *(["--meeting", meeting] if what == "scores" else [])]

    assert command(*words) == command(*words, trial=False)


@pytest.mark.parametrize("case", every_file())
def test_what_a_preview_lets_through_is_taken_over(case: str, browser: Browser, meeting: str) -> None:
    what, name, content = every_file()[case]
    li, beside = browser.sign_in("li"), {"meeting": meeting}
    looked = previewed(li, what, name, content, **beside)
    if not looked.can_be_taken:
        return

    [path] = kept_paths(li, what)
    taken = li.post(path, **beside)
    assert (taken.status_code == 303) is not looked.asks
    if looked.asks:
        taken = li.post(path, **beside, confirmed="1")
        assert taken.status_code == 303
    said = words(li.follow(taken))
    assert all(line.split("。")[0] in said for line in looked.lines[:1])
