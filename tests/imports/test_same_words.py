"""The preview in the browser and `import … --dry-run` say the same of the same file."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask

from pointsbank import imports, staff
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
    """Run `import … --dry-run` upon the browser's own database; its status and the lines that it writes."""
    monkeypatch.setenv("POINTSBANK_DATA", str(tmp_path))
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", f"sqlite:///{tmp_path / 'furnished.sqlite3'}")

    def run(*words: str) -> tuple[int, list[str]]:
        status = main(["import", *words, "--dry-run"])
        written = capsys.readouterr()
        return status, [line.removeprefix("试算：") for line in (written.out + written.err).splitlines()]

    return run


def previewed(browser: Browser, what: str, name: str, content: bytes) -> Looked:
    """Upload a file and return what the preview keeps of it; of one that is no table, what the page says."""
    answer = browser.post(f"/v/{VILLAGE}/imports/{what}", file=(io.BytesIO(content), name))
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
