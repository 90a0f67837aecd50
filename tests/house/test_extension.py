"""A new kind of thing is one file: put into a copy of the program, it is found everywhere it belongs.

One file for an item shape, a printed sheet or a refusal, two for a page (module and template); no other byte
changes. With --full each kind is put into a copy of its own, else all into one. The real program is started
over it as a process, and read over HTTP and on the command line. A copy without them must show none of them.
"""

import hashlib
import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path

import pytest

from pointsbank.cli import main
from tests.cli.serving import free_port
from tests.house.source import ROOT

COPIED = ("pointsbank", "templates", "migrations", "scripts", "pyproject.toml")
PASSWORD = "correct-horse-battery"
FIRST = "luobo qianbi houzi\n"

SHAPE = '''
"""按对: points for each pair of persons."""

from pointsbank.points import Points
from pointsbank.scoring.item_shape import Example, ItemShape, with_sign
from pointsbank.scoring.values import Item


class PerPair(ItemShape):
    """Points for each pair of persons, two at a time."""

    code = "per_pair"
    names = ("按对",)
    examples = (
        Example(
            {"条目": "结对帮扶", "方向": "加分", "分值": "3", "形状": "按对"}, "+3/每两人", [("4", "", "6")]
        ),
    )

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the item's points for every two of the quantity."""
        return Points((item.points or 0) * ((quantity or 0) // 200))

    def label(self, item: Item) -> str:
        """Return +3/每两人."""
        return with_sign(item, item.points) + "/每两人"


SHAPE = PerPair()
'''

PAGE = '''
"""Visits: who was visited lately."""

from flask import render_template

from pointsbank.staff import Permission
from pointsbank.web.page import Page, Tab

page = Page()


@page.get(
    "/v/<village>/visits", Permission.ROSTER_VIEW, tab=Tab("走访记录", "看最近走访了谁", after="scheme")
)
def visits(village: str) -> str:
    """Show the visits."""
    return render_template("visits.html")
'''

TEMPLATE = """{% extends 'base.html' %}
{% block main %}<h1>走访记录</h1><p>本月还没有走访。</p>{% endblock %}
"""

SHEET = '''
"""Price list (价目表): the goods on the shelf."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import villages
from pointsbank.law import Cleared
from pointsbank.printing import FontSet, Paper
from pointsbank.schemas.options import Options
from pointsbank.sheets.base import Sheet, SheetValue, place_name
from pointsbank.staff import Permission


class Words(StrEnum):
    """Fixed wording."""

    TITLE = "文明超市价目表"


@dataclass(frozen=True, slots=True)
class Prices(SheetValue):
    """The village whose prices these are."""

    village: Cleared

    @property
    def description(self) -> str:
        """What was printed."""
        return "价目表"


def gather(session: Session, *, village: str, by: str, at: datetime, public_url: str) -> Prices:
    """Return the price list of a village."""
    return Prices(place_name(villages.get(session, village).name))


def draw(prices: Prices, case: FontSet, out: BinaryIO) -> int:
    """Write the village's name and the title on one page."""
    paper = Paper(out, case, width=210, height=297, title=Words.TITLE)
    paper.text(20, 20, prices.village + Words.TITLE, size=20)
    paper.turn()
    paper.finish()
    return 1


SHEET = Sheet(
    name="prices",
    title="价目表",
    about="A4，超市商品和积分价。",
    permission=Permission.GOODS_VIEW,
    options=Options,
    words=Words,
    gather=gather,
    draw=draw,
    example=lambda households: Prices(place_name("茶源村")),
)
'''

REFUSAL = '''
"""A rule about weather."""

from pointsbank.errors import Refused


class TooMuchRain(Refused):
    """Nobody trades in a flood."""

    code = "too_much_rain"
    sentence = "今天有暴雨红色预警，超市暂停兑换，请改天再来。"
    fixed_by = "店员"
'''

ADDED = {
    "shape": {"pointsbank/scoring/shapes/per_pair.py": SHAPE},
    "sheet": {"pointsbank/sheets/prices.py": SHEET},
    "page": {"pointsbank/web/pages/visits.py": PAGE, "templates/visits.html": TEMPLATE},
    "refusal": {"pointsbank/market/weather.py": REFUSAL},
}
"""What is added for each kind: one file, a page two."""

RULES = (
    "tests/house/test_reference.py",
    "tests/house/test_sizes.py",
    "tests/house/test_templates.py",
    "tests/house/test_words.py",
    "tests/house/test_docstrings.py",
    "tests/house/test_permissions.py",
    "tests/house/test_public_text.py",
    "tests/scoring/test_shape_register.py",
    "tests/sheets/test_every_sheet.py",
)
"""Tests that run over whatever is added."""
LEFT_OUT = "not (postgresql or mypy or examples or cards or notice or poster or receipt)"

SCHEME = "编号,条目,方向,分值,形状\nP1,结对帮扶,加分,3,按对\n"
PLAIN_SCHEME = "编号,条目,方向,分值,形状\nP1,参加会议,加分,3,固定\n"


@dataclass
class Site:
    """A copy of the program with a village made on its command line, served by a process of its own."""

    folder: Path
    added: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """The environment of its processes: the copy comes before whatever is installed."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "POINTSBANK"))
        }
        return kept | {
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
            "PYTHONUTF8": "1",
            "POINTSBANK_DATA": str(self.folder / "data"),
        }

    def python(self, *words: str, typed: str = "", seconds: int = 120) -> subprocess.CompletedProcess[str]:
        """Run Python over the copy."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
        )

    def run(self, *words: str, typed: str = "") -> str:
        """Run a command of pointsbank, which must succeed; in this process where nothing was added to it."""
        if not self.added:
            return self._run_here(words, typed)
        done = self.python("-m", "pointsbank", *words, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _run_here(self, words: tuple[str, ...], typed: str) -> str:
        """Run a command of the program that is loaded: every process of its own takes seconds to start."""
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
            patch.setenv("POINTSBANK_DATA", str(self.folder / "data"))
            patch.setattr(sys, "stdin", StringIO(typed))
            patch.chdir(self.folder)
            assert main(words) == 0, out.getvalue()
        return out.getvalue()

    def prepare(self) -> None:
        """Make the village, its staff and a token."""
        self.run("db", "upgrade")
        self.run("village", "create", "chayuan", "茶源村")
        for login, role in (("sun", "admin"), ("li", "committee")):
            added = ("staff", "add", login, "--role", role, "--village", "chayuan")
            self.run(*added, "--password-stdin", typed=FIRST)
            own = ("staff", "password", login, "--own", "--password-stdin")
            self.run(*own, typed=f"{FIRST}{PASSWORD}\n")
        (self.folder / "data" / "token").write_text(self.run("staff", "token", "li").strip(), "ascii")

    def serve(self, scheme: str) -> None:
        """Adopt the scheme and start the server."""
        self._token = (self.folder / "data" / "token").read_text("ascii")
        (self.folder / "scheme.csv").write_text(scheme, "utf-8")
        self.run("import", "scheme", "scheme.csv", "--resolution", "村民会议决议", "--from", "2026-01-01")
        words = [sys.executable, "-m", "pointsbank", "serve", "--port", str(self.port)]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(words, cwd=self.folder, env=self.environ, stdout=log, stderr=log)
        self._cookies = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self._await_start()
        self._sign_in("li")

    def stop(self) -> None:
        """End the server."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def get(self, path: str) -> str:
        """Open an address as the member of the committee who signed in; empty where there is no such page."""
        try:
            with self._cookies.open(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return str(answer.read().decode("utf-8-sig", errors="replace"))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return ""
            raise

    def api(self, path: str) -> str:
        """Read from the API with the member's token."""
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        request = urllib.request.Request(address, headers={"Authorization": f"Bearer {self._token}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())

    @cached_property
    def matrix(self) -> str:
        """Write the permission matrix from the copy."""
        code = (
            "import sys, pathlib, tests.house.permissions as page;"
            "sys.stdout.write(page.matrix(page.application(pathlib.Path(sys.argv[1]))))"
        )
        done = self.python("-c", code, str(self.folder / "other"))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _await_start(self) -> None:
        for _ in range(600):
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "log").read_text("utf-8")
            try:
                if self.get("/healthz"):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def _sign_in(self, login: str) -> None:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/sign-in"))
        assert token is not None
        form = {"csrf_token": token[1], "login": login, "password": PASSWORD}
        data = urllib.parse.urlencode(form).encode()
        self._cookies.open(f"http://127.0.0.1:{self.port}/sign-in", data, timeout=30).close()


def copied(folder: Path) -> Path:
    """Copy the program, without tests and documents; what is compiled comes along, which saves seconds."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def digests(folder: Path) -> dict[str, str]:
    """Digest every file of a copy."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The program as it is, with a village, served."""
    site = Site(copied(tmp_path_factory.mktemp("plain")))
    site.prepare()
    shutil.copytree(site.folder / "data", site.folder.parent / "prepared", dirs_exist_ok=True)
    yield from served(site, PLAIN_SCHEME)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Add all kinds to one copy; with --full each to its own."""
    if "extended" in metafunc.fixturenames:
        full = metafunc.config.getoption("--full")
        copies = [(kind,) for kind in ADDED] if full else [tuple(ADDED)]
        metafunc.parametrize("extended", copies, ids=" ".join, indirect=True, scope="module")


@pytest.fixture(scope="module")
def extended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The program with additions, over the same village, served."""
    site = Site(copied(tmp_path_factory.mktemp("extended")), added=request.param)
    before = digests(site.folder)
    files = {name: text for kind in site.added for name, text in ADDED[kind].items()}
    for name, text in files.items():
        (site.folder / name).write_text(text.lstrip(), "utf-8")
    after = digests(site.folder)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == files.keys()
    shutil.copytree(site.folder.parent / "prepared", site.folder / "data")
    yield from served(site, SCHEME if "shape" in site.added else PLAIN_SCHEME)


def served(site: Site, scheme: str) -> Iterator[Site]:
    """Serve a copy for as long as it is used."""
    try:
        site.serve(scheme)
        yield site
    finally:
        site.stop()


def template_on_the_command_line(site: Site) -> str:
    site.run("import", "scheme", "scheme.csv", "--template", "empty.csv")
    return (site.folder / "empty.csv").read_text("utf-8-sig")


def items_of_the_api(site: Site) -> str:
    return json.dumps(json.loads(site.api("villages/chayuan/items")), ensure_ascii=False)


def printed_on_the_command_line(site: Site) -> str:
    done = site.python("-m", "pointsbank", "print", "prices", "--out", "prices.pdf")
    return done.stdout + done.stderr + str((site.folder / "prices.pdf").exists())


def described_refusals(site: Site) -> str:
    return json.dumps(json.loads(site.get("/api/openapi.json")), ensure_ascii=False)


def measured(site: Site) -> str:
    return site.python("scripts/bench.py", "--quick", "--rounds", "1", "--only", "sheet-prices").stdout


Reading = Callable[[Site], str]

PLACES: dict[str, dict[str, tuple[Reading, str]]] = {
    "shape": {
        "rules page": (lambda site: site.get("/v/chayuan/scheme"), "+3/每两人"),
        "import template": (template_on_the_command_line, "按对"),
        "template of the page": (lambda site: site.get("/v/chayuan/scheme/template.csv"), "按对"),
        "api": (items_of_the_api, "per_pair"),
    },
    "sheet": {
        "print page": (lambda site: site.get("/v/chayuan/print"), "A4，超市商品和积分价。"),
        "command line": (printed_on_the_command_line, "True"),
        "list of commands": (lambda site: site.run("print", "--help"), "价目表"),
        "api": (lambda site: site.api("villages/chayuan/sheets"), '"prices"'),
        "file": (lambda site: site.get("/v/chayuan/print/prices.pdf"), "%PDF"),
        "matrix": (lambda site: site.matrix, "| GET | `/v/<village>/print/prices.pdf` | goods.view |"),
        # Where the help is broken into lines changes with every name.
        "list of the bench": (
            lambda site: "".join(site.python("scripts/bench.py", "--help").stdout.split()),
            "sheet-prices",
        ),
        "figure of the bench": (measured, '"figure": "prices of 300 households'),
    },
    "page": {
        "itself": (lambda site: site.get("/v/chayuan/visits"), "本月还没有走访"),
        "tabs": (lambda site: site.get("/v/chayuan/settings"), "走访记录"),
        "home page": (lambda site: site.get("/v/chayuan"), "看最近走访了谁"),
        "matrix": (lambda site: site.matrix, "/v/<village>/visits"),
    },
    "refusal": {
        "catalogue": (lambda site: site.get("/refusals"), "今天有暴雨红色预警"),
        "api document": (described_refusals, "too_much_rain"),
    },
}
"""Where each kind of thing has to be found: how a place is read, and what is then to be seen there."""
BY_COMMANDS = {
    ("shape", "import template"),
    *(("sheet", place) for place in ("command line", "list of commands", "matrix")),
    *(("sheet", place) for place in ("list of the bench", "figure of the bench")),
    ("page", "matrix"),
}
"""Places that take a command of seconds to be read."""
OF_THE_BENCH = {("sheet", "list of the bench"), ("sheet", "figure of the bench")}
"""Places that are looked at with --full alone: the bench makes a village of its own."""


def test_the_program_as_it_is_shows_none_of_them(plain: Site, full: bool):
    # What an addition shows there, the same reading shows of the copy; of the program itself --full asks it.
    read_there = [
        (kind, place, read(plain), found)
        for kind, places in PLACES.items()
        for place, (read, found) in places.items()
        if full or (kind, place) not in BY_COMMANDS
    ]

    assert [(kind, place) for kind, place, text, found in read_there if found in text] == []
    # A place that cannot be read at all would show nothing either.
    silent = {("page", "itself"), ("sheet", "file"), *([("sheet", "figure of the bench")] if full else [])}
    assert {(kind, place) for kind, place, text, _ in read_there if not text} == silent


def test_one_file_alone_is_found_everywhere(plain: Site, extended: Site, full: bool):
    places = {
        (kind, place): how
        for kind in extended.added
        for place, how in PLACES[kind].items()
        if full or (kind, place) not in OF_THE_BENCH
    }
    seen = {place: found in read(extended) for place, (read, found) in places.items()}

    assert seen == dict.fromkeys(places, True)


@pytest.mark.parametrize("kind", ADDED)
def test_a_kind_of_thing_is_one_file_and_a_page_two(kind: str):
    assert len(ADDED[kind]) == (2 if kind == "page" else 1)


@pytest.mark.full
def test_what_was_added_keeps_the_rules_of_the_house(tmp_path: Path):
    """Whoever follows CONTRIBUTING.md to the letter is not told by a test that more was wanted."""
    (tmp_path / "all").mkdir()
    site = Site(copied(tmp_path / "all"))
    for name in ("tests", "docs"):
        shutil.copytree(ROOT / name, site.folder / name)
    for document in ROOT.glob("*.md"):
        shutil.copy(document, site.folder)
    for files in ADDED.values():
        for name, text in files.items():
            (site.folder / name).write_text(text.lstrip(), "utf-8")

    words = ("-q", "-p", "no:schemathesis", "-p", "no:cacheprovider", "-k", LEFT_OUT, "--write")
    done = site.python("-m", "pytest", *words, *RULES, seconds=600)

    assert done.returncode == 0, done.stdout[-3000:]
    assert "价目表" in (site.folder / "docs/reference.md").read_text("utf-8")
