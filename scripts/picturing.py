"""Draws the sample village, as people see it: called by `pictures.py`.

The pages of `PAGES` at 390 and 1366 px go to docs/pictures/pages, those of `HELP` to the pages of the help,
the sheet of cards and the poster to docs/pictures and to the help. Clock and chance stand still
(`at_one_moment.py`), and places of this machine are written as those of any: what is drawn twice is the same.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import picture_acts
import pyotp
from at_one_moment import MOMENT
from environment import PYTHON, ROOT, say, speak_anything
from picture_files import fewer_colours, looks_the_same
from picture_shots import CARD, HELP, IN_SESSION, PAGES, VILLAGE, Shot
from playwright.sync_api import Page, sync_playwright

DOCUMENTS = ROOT / "docs" / "pictures"
HELP_FOLDER = ROOT / "pointsbank" / "web" / "static" / "help"
_STILL = ROOT / "scripts" / "at_one_moment.py"
WIDTHS = (390, 1366)
_ANYWHERE = r"""() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const port = new RegExp(`\\b${location.port}\\b`, "g");
  while (texts.nextNode()) {
    const one = texts.currentNode;
    const anywhere = one.nodeValue.replace(/(\/{3})?\/[^\/\s]\S*\/tmp\w+\/(data|new)/g, "$1/srv/pointsbank");
    one.nodeValue = anywhere.replace(port, "8000");
  }
}"""
"""Writes the folder and the port of one drawing as any installation may have them."""


HELP_WIDTH = 900


def main() -> int:
    """Draw them all."""
    speak_anything()
    for folder in (DOCUMENTS / "pages", HELP_FOLDER):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        passwords = _sample(data)
        closed = _sheets(data)
        with _served(data) as (home, _):
            _wait_for_backup(data)
            _pages(home, passwords, closed, data / "out" / "cards.pdf")
        empty = Path(folder, "new")
        empty.mkdir()
        with _served(empty) as (home, spoken):
            _first_day(home, spoken)
    say("完成：docs/pictures 和帮助页的图片都重新画了。")
    return 0


def _sample(data: Path) -> dict[str, str]:
    """Make the sample village; each login with its password."""
    made = _pointsbank(data, "sample", "load").stdout
    return dict(re.findall(r"^\s+(\w+)\s+(\S{10,})\s", made, re.MULTILINE))


def _pointsbank(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [str(PYTHON), str(_STILL), *words]
    return subprocess.run(
        command, env=_environment(data), cwd=ROOT, check=True, capture_output=True, text=True
    )


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "POINTSBANK_DATA": str(data), "PYTHONUTF8": "1"}


def _sheets(data: Path) -> str:
    """Draw the first sheet of cards and the newest poster; return the poster's month."""
    (poster,) = sorted((data / "out").glob("poster-*.pdf"))[-1:]
    for sheet in ("rules", "minutes", "notice"):
        _pointsbank(data, "print", sheet, "--out", str(data / "out" / f"{sheet}.pdf"))
    for pdf, name, folder, width in (
        (data / "out" / "cards.pdf", "card-sheet", DOCUMENTS, 1000),
        (poster, "poster", DOCUMENTS, 1000),
        *((data / "out" / f"{sheet}.pdf", sheet, DOCUMENTS, 700) for sheet in ("rules", "minutes", "notice")),
        (data / "out" / "cards.pdf", "cards", HELP_FOLDER, 700),
        (poster, "poster", HELP_FOLDER, 700),
    ):
        scale = ["-scale-to-x", str(width), "-scale-to-y", "-1"]
        command = ["pdftoppm", "-png", "-singlefile", "-f", "1", *scale, str(pdf), str(folder / name)]
        subprocess.run(command, check=True)
        fewer_colours(folder / f"{name}.png")
    return poster.stem.removeprefix("poster-")


@contextmanager
def _served(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve a data directory; its address, and the lines that the server has said so far."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PYTHON), "-u", str(_STILL), "serve", "--port", str(port)]
    said = data.with_suffix(".log")
    with (
        said.open("w+", encoding="utf-8") as out,
        subprocess.Popen(command, env=_environment(data), cwd=ROOT, stdout=out, stderr=out) as server,
    ):
        home = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{home}/sign-in")
            yield home, said.read_text("utf-8").splitlines()
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(6000):
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")


def _wait_for_backup(data: Path) -> None:
    """Wait for what the program does by itself at a start, so that pages say that it is done."""
    for _ in range(600):
        if any((data / "backups").glob("*.sqlite3*")):
            return
        time.sleep(0.2)
    raise RuntimeError("no backup was made")


def _pages(home: str, passwords: dict[str, str], closed: str, cards: Path) -> None:
    """Draw the pages of the sample village, each person in a browser of his own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        seen: dict[str, Page] = {}
        for login in dict.fromkeys(shot.login for shot in (*PAGES, *HELP, *IN_SESSION)):
            page = seen[login] = browser.new_context(locale="zh-CN").new_page()
            page.set_default_timeout(300_000)
            if login == CARD:
                picture_acts.scan_a_card(page, home, cards)
            elif login:
                page.goto(f"{home}/sign-in")
                page.fill("#login", login)
                page.fill("#password", passwords[login])
                page.click("main button")
                # Not the load alone: of who is not signed in yet every page is the sign-in.
                page.wait_for_url(f"**{VILLAGE}")
        for shot in (*PAGES, *HELP):
            _shoot(seen[shot.login], home, shot, {"CLOSED": closed})
        begun = {
            "MEETING": picture_acts.hold_an_evening(seen["li"], home + VILLAGE),
            "WEDDING": picture_acts.announce_a_wedding(seen["li"], home + VILLAGE),
        }
        picture_acts.serve_at_the_counter(seen["chen"], home + VILLAGE)
        for shot in IN_SESSION:
            _shoot(seen[shot.login], home, shot, begun)
        browser.close()


def _shoot(page: Page, home: str, shot: Shot, named: dict[str, str]) -> None:
    """Go to a page, whose path names some things by words, and draw it."""
    page.goto(home + re.sub("|".join(named), lambda found: named[found[0]], shot.path))
    if shot.link:
        page.goto(_link(page, shot.link))
    is_help = shot in HELP
    for width in (HELP_WIDTH,) if is_help else WIDTHS:
        folder = HELP_FOLDER if is_help else DOCUMENTS / "pages"
        name = shot.name if is_help else f"{shot.name}-{width}"
        _draw(page, folder / f"{name}.png", width, shot.height)


def _first_day(home: str, said: list[str]) -> None:
    """Draw what somebody sees who starts with nothing."""
    code = next(
        found[0] for line in said if (found := re.search(r"\b(?:[0-9A-Z]{4}-){2,}[0-9A-Z]{4}\b", line))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{home}/setup")
        fields = {
            "code": code,
            "name": "孙管理员",
            "login": "sun",
            "password": "banma qiaoqiao yuyi",
            "village_name": "茶源村",
            "village_code": "chayuan",
        }
        for name, value in fields.items():
            page.fill(f"#{name}", value)
        _draw(page, HELP_FOLDER / "setup.png", HELP_WIDTH, 900)
        page.click("main button.btn-wide")
        # Who may do everything has a telephone with six digits, too.
        page.fill("#password", fields["password"])
        page.click("main form button[type=submit]")
        page.fill("#code", pyotp.TOTP(page.inner_text(".secret code").replace(" ", "")).at(MOMENT))
        page.click("button:text-is('启用')")
        page.click("text=已打印或抄好")
        page.goto(f"{home}{VILLAGE}/start")
        _draw(page, HELP_FOLDER / "first-day.png", HELP_WIDTH, 900)
        browser.close()


def _link(page: Page, pattern: str) -> str:
    """Return the first link of a page that fits."""
    links: list[str] = page.eval_on_selector_all("main a[href]", "found => found.map(one => one.href)")
    return next(link for link in links if re.search(pattern, link))


def _draw(page: Page, file: Path, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(whole, height or whole)})
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(_ANYWHERE)
    before = file.read_bytes() if file.exists() else b""
    page.screenshot(path=str(file))
    fewer_colours(file)
    if before and looks_the_same(before, file):
        file.write_bytes(before)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise RuntimeError("没有找到 Chromium")
    return found


if __name__ == "__main__":
    sys.exit(main())
