"""A new village in a real browser, from the set-up code to the first sale: no command line, few clicks."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.spreadsheets import write_xlsx
from pointsbank.web import uploads
from pointsbank.web.app import create_app
from pointsbank.web.pacing import Pace
from tests.builders import NOW
from tests.printing.reading import codes_on
from tests.web.conftest import settings
from tests.web.test_in_chromium import chromium as chromium
from tests.web.test_in_chromium import scan

pytestmark = pytest.mark.browser

MOST_CLICKS = 60
FIRST, OWN = "luobo qianbi houzi", "banma qiaoqiao yuyi"
STAFF = {"li": ("李会计", "committee"), "chen": ("陈店员", "clerk"), "zhao": ("赵监督", "supervisor")}
HOUSEHOLDS = [
    [f"010{number:02}", name, "一组" if number < 4 else "二组", 4]
    for number, name in enumerate(("王建国", "李秀英", "张桂兰", "刘德福", "陈玉梅", "周大勇"), start=1)
]
GOODS = [["洗衣皂", "两块装", 5, 40], ["食盐", "400克", 2, 100], ["大米", "5公斤", 30, 20]]


@dataclass
class Clicks:
    """Browsers of several people whose clicks are counted together: whatever a mouse would do."""

    chromium: Browser
    home: str
    done: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def sits_down(self, login: str, password: str) -> Page:
        """Somebody opens a browser of his own and signs in."""
        page = self.opens()
        page.goto(f"{self.home}/sign-in")
        page.fill("#login", login)
        page.fill("#password", password)
        self.click(page, "main button")
        return page

    def opens(self) -> Page:
        """Somebody opens a browser."""
        context = self.chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def click(self, page: Page, what: str) -> None:
        """A click, and the page to which it leads."""
        self.done.append(what)
        page.click(what)
        page.wait_for_load_state()

    def choose(self, page: Page, what: str, value: str) -> None:
        """A choice from a list, which takes one click and the keyboard."""
        self.done.append(what)
        page.select_option(what, value)

    def file(self, page: Page, what: str, file: Path) -> None:
        """A file is chosen."""
        self.done.append(what)
        page.set_input_files(what, file)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as coordinates:
        yield coordinates


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An empty installation; its address, and the set-up code that `serve` prints."""
    shutil.copyfile(sqlite_template, tmp_path / "new.sqlite3")
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}", secret="k" * 43)
    app = create_app(settings(tmp_path, "http://localhost:8000"), database)
    # Nobody sells yet, and a machine that runs all tests takes long for six rows: tables wait for no till.
    app.extensions[uploads.PACE] = Pace(clock=lambda: 0.0)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with database.writing() as session:
        code = staff.make_setup_code(session, at=NOW)
    yield f"http://village.test:{server.server_port}", code
    server.shutdown()
    database.dispose()


def written(path: Path, headings: list[str], rows: list[list[object]]) -> Path:
    """A file as the village has it."""
    with path.open("wb") as out:
        write_xlsx(out, path.stem, headings, rows)  # type: ignore[arg-type]
    return path


def test_a_new_village_comes_to_its_first_sale_by_the_browser_alone(
    chromium: Browser, site: tuple[str, str], clock: time_machine.Traveller, tmp_path: Path
) -> None:
    home, code = site
    people = written(tmp_path / "花名册.xlsx", ["户号", "户主", "小组", "人口"], list(HOUSEHOLDS))
    goods = written(tmp_path / "商品.xlsx", ["名称", "规格", "积分", "库存"], list(GOODS))
    clicks = Clicks(chromium, home)

    sun = clicks.opens()
    set_up(clicks, sun, code)
    take_the_roster(clicks, sun, people)
    adopt_the_rules(clicks, sun)
    put_goods_on_the_shelf(clicks, sun, goods)
    add_the_staff(clicks, sun)
    choose_the_address(clicks, sun)
    token = print_cards(clicks, sun)
    for login in STAFF:
        change_password(clicks, login)
    clock.shift(timedelta(hours=25))
    confirm_the_cards(clicks)
    hold_a_meeting(clicks)
    clock.shift(timedelta(days=4))
    post_the_notice(clicks)
    sell(clicks, token)

    assert len(clicks.done) <= MOST_CLICKS, clicks.done
    assert clicks.complaints == []


def set_up(clicks: Clicks, sun: Page, code: str) -> None:
    """The first administrator and the village, then the telephone with the six digits."""
    sun.goto(f"{clicks.home}/")
    for name, value in {
        "code": code,
        "name": "孙管理员",
        "login": "sun",
        "password": FIRST,
        "village_name": "新田村",
        "village_code": "xintian",
        "contact_phone": "0596-7654321",
        "hotline": "0596-7654322",
    }.items():
        sun.fill(f"#{name}", value)
    clicks.click(sun, "text=完成安装")
    sun.fill("#password", FIRST)
    clicks.click(sun, "main form button[type=submit]")
    secret = sun.inner_text(".secret code").replace(" ", "")
    sun.fill("#code", pyotp.TOTP(secret).now())
    clicks.click(sun, "button:text-is('启用')")
    clicks.click(sun, "text=已打印或抄好")
    assert "已办：1 / 7" in sun.inner_text("main")


def take_the_roster(clicks: Clicks, sun: Page, file: Path) -> None:
    clicks.click(sun, "text=现在办：花名册")
    take(clicks, sun, file, "新增6")


def take(clicks: Clicks, sun: Page, file: Path, says: str) -> None:
    """A file is looked at, then taken in."""
    clicks.file(sun, "#file", file)
    clicks.click(sun, "button:text-is('上传，先看一遍')")
    clicks.click(sun, "button:text-is('导入')")
    sun.wait_for_selector(f"text={says}")


def adopt_the_rules(clicks: Clicks, sun: Page) -> None:
    clicks.click(sun, "text=下一步：积分细则")
    clicks.click(sun, "text=用“小村20条”起草")
    sun.fill("#resolution", "2026年8月30日村民代表会议决议第1号")
    clicks.click(sun, "button:text-is('登记通过')")
    sun.wait_for_selector("text=第1版细则已登记通过")


def put_goods_on_the_shelf(clicks: Clicks, sun: Page, file: Path) -> None:
    clicks.click(sun, "text=下一步：商品")
    clicks.click(sun, "a:text-is('导入商品表')")
    take(clicks, sun, file, "新增3")


def add_the_staff(clicks: Clicks, sun: Page) -> None:
    clicks.click(sun, "text=下一步：人员")
    for login, (name, role) in STAFF.items():
        sun.fill("#name", name)
        sun.fill("#login", login)
        clicks.choose(sun, "#role", role)
        sun.fill("#password", FIRST)
        clicks.click(sun, "button:text-is('添加')")
        sun.wait_for_selector(f"main >> text={name}")


def choose_the_address(clicks: Clicks, sun: Page) -> None:
    """Telephones cannot open localhost, and the page says so."""
    clicks.click(sun, "text=下一步：公开网址")
    assert "村民的手机打不开这个网址" in sun.inner_text("main")
    sun.fill("#public_url", "http://jf.xintian.cn")
    clicks.click(sun, "text=就用这个网址")
    assert "有网的手机都可以打开" in sun.inner_text("main")


def print_cards(clicks: Clicks, sun: Page) -> str:
    """Cards as a PDF, as they lie on the table; returns what a scanner reads from the first."""
    clicks.click(sun, "text=下一步：第一批积分卡")
    clicks.choose(sun, "#cards-group", "*")
    clicks.click(sun, "#cards button[type=submit]")
    sun.wait_for_selector("text=将打印第1批")
    with sun.expect_download() as download:
        clicks.click(sun, "button:text-is('制作并下载')")
    read = codes_on(Path(download.value.path()).read_bytes())
    assert len(read) == len(HOUSEHOLDS)
    assert read[0].text.upper().startswith("HTTP://JF.XINTIAN.CN/C/")
    clicks.click(sun, "main a:text-is('发放新卡')")
    clicks.click(sun, "a:has-text('第1批')")
    clicks.click(sun, "button:has-text('都已交到户')")
    clicks.click(sun, "button:text-is('已交到户，签字')")
    sun.wait_for_selector("text=请另一位来确认")
    return str(read[0].text)


def change_password(clicks: Clicks, login: str) -> None:
    """Each one's first sign-in leads to the own password."""
    page = clicks.sits_down(login, FIRST)
    page.fill("#old", FIRST)
    page.fill("#new", f"{OWN} {login}")
    page.fill("#again", f"{OWN} {login}")
    clicks.click(page, "button:text-is('改密码')")
    page.wait_for_selector("text=密码已改")
    page.context.close()


def confirm_the_cards(clicks: Clicks) -> None:
    li = clicks.sits_down("li", f"{OWN} li")
    clicks.click(li, "a:has-text('等我确认')")
    clicks.click(li, "button:text-is('确认')")
    li.wait_for_selector("text=已确认")
    li.context.close()


def hold_a_meeting(clicks: Clicks) -> None:
    li = clicks.sits_down("li", f"{OWN} li")
    clicks.click(li, ".tabs a:text-is('评议')")
    li.fill("#title", "9月第一次评议会")
    li.fill("#judges", "李会计、老支书、吴组长")
    clicks.click(li, "button:text-is('开始评议')")
    li.click("#entry > summary")
    li.fill("#codes", " ".join(str(row[0]) for row in HOUSEHOLDS))
    li.fill("#item", "01")
    clicks.click(li, "button:text-is('录入')")
    li.wait_for_selector("text=已录入6条")
    clicks.click(li, "button:text-is('核对并结束评议')")
    clicks.click(li, "#sure")
    clicks.click(li, "button:text-is('结束并公示')")
    clicks.click(li, "button:text-is('已张贴')")
    li.wait_for_selector("text=已登记张贴")
    li.context.close()


def post_the_notice(clicks: Clicks) -> None:
    li = clicks.sits_down("li", f"{OWN} li")
    clicks.click(li, ".tabs a:text-is('公示')")
    clicks.click(li, "main a:has-text('9月第一次评议会')")
    clicks.click(li, "button:text-is('入账')")
    li.wait_for_selector("text=已入账")
    li.context.close()


def sell(clicks: Clicks, token: str) -> None:
    chen = clicks.sits_down("chen", f"{OWN} chen")
    clicks.click(chen, ".tabs a:text-is('超市')")
    scan(chen, token, shows="#basket")
    clicks.click(chen, "li.goods:has-text('洗衣皂') button[aria-label=多一件]")
    clicks.click(chen, "button:text-is('下一步')")
    clicks.click(chen, "button:text-is('已核对，确认兑换')")
    chen.wait_for_selector("text=洗衣皂")
    assert "兑换后剩余" in chen.inner_text("main")
