"""scripts/run.py from an empty directory to a sale, as somebody with a fresh clone meets it."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pypdfium2
import pytest
import zxingcpp

from pointsbank import ledger
from pointsbank.cli import main
from pointsbank.database import Database
from pointsbank.market import shelf_value
from pointsbank.sample.stage import CODE, moment
from tests.cli.serving import free_port, wait_until_up
from tests.house.source import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (ROOT / ".venv" / "pointsbank-installed.txt").exists(),
        reason="scripts/test.py installs what this needs",
    ),
    pytest.mark.skipif(os.name == "nt", reason="stops the server by SIGTERM"),
]


OLD = "poster-2020-01.pdf"


@dataclass(frozen=True)
class Started:
    """A data directory that scripts/run.py filled, and what it said."""

    data: Path
    said: str
    first_copy: Path


def _run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "run.py"), "--data", str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Started:
    """The first start; but for `--full` with four groups of the sample village, which has twenty."""
    data = tmp_path_factory.mktemp("first") / "data"
    done = _run(data, "--no-serve", *(() if full else ("--groups", "4")))
    assert done.returncode == 0, done.stderr
    copy = data.with_name("first copy")
    shutil.copyfile(data / "pointsbank.sqlite3", copy)
    return Started(data, done.stdout, copy)


@pytest.fixture(scope="module")
def site(started: Started) -> Iterator[str]:
    """The site served by scripts/run.py, told to stop at the end."""
    port, out = free_port(), started.data / "out"
    listed = out / "kept-days.json"
    listed.write_text(json.dumps(json.loads(listed.read_text("utf-8")) | {OLD: 7}), "utf-8")
    (out / OLD).touch()
    os.utime(out / OLD, (0, 0))
    command = [
        sys.executable,
        str(ROOT / "scripts" / "run.py"),
        "--data",
        str(started.data),
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until_up(port)
            yield f"http://127.0.0.1:{port}/api/v1/villages/chayuan"
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0


@pytest.fixture
def token(started: Started, capsys: pytest.CaptureFixture[str]) -> str:
    """A token for the clerk of the sample village."""
    assert main(["staff", "token", "chen", "--data", str(started.data)]) == 0
    return capsys.readouterr().out.strip()


def test_the_first_start_leaves_cards_a_poster_and_passwords(started: Started):
    assert (started.data / "out" / "cards.pdf").exists()
    assert list((started.data / "out").glob("poster-20??-??.pdf"))
    assert len(re.findall(r"^  [a-z]+ +\S{10,}", started.said, re.MULTILINE)) >= 4


def test_the_sample_redeems_the_greater_part_of_what_it_gave_and_has_goods_for_the_rest(started: Started):
    database = Database(f"sqlite:///{started.data / 'pointsbank.sqlite3'}")
    until = moment(date(2026, 11, 1), 18)
    with database.reading() as session:
        moved = ledger.totals(session, village=CODE, start=0, end=sys.maxsize)
        left, shelf = ledger.outstanding(session, village=CODE), shelf_value(session, village=CODE, at=until)
    database.dispose()
    # Three months were given; what the third gave could not be spent yet.
    assert moved["redemption"]["points"] > moved["award"]["points"] * 2 / 3 * 0.65
    assert left < shelf


def test_a_second_start_changes_nothing(started: Started):
    before = _digests(started.data)

    again = _run(started.data, "--no-serve")

    assert again.returncode == 0
    assert _digests(started.data) == before


def test_a_card_from_the_sheet_buys_once_however_often_it_is_asked(started: Started, site: str, token: str):
    code = _first_code(started.data / "out" / "cards.pdf")
    goods = min(_ask(site + "/goods", token)["items"], key=lambda one: one["points"])
    scan = _ask(site + "/card-scans", token, {"code": code})
    line = {"goods": goods["code"], "quantity": 1, "points": goods["points"]}
    sale = {
        "request_id": "run-script-sale-1",
        "scan_ticket": scan["scan_ticket"],
        "confirmed": True,
        "lines": [line],
    }

    sold = _ask(site + "/redemptions", token, sale)
    again = _ask(site + "/redemptions", token, sale)
    undone = {"request_id": "run-script-undo-1", "reason": "拿错了"}
    _ask(f"{site}/redemptions/{sold['id']}/reversal", token, undone)

    assert sold["status"] == "completed"
    assert sold["balance"] == pytest.approx(scan["balance"] - goods["points"])
    assert (again["id"], again["status"]) == (sold["id"], "replayed")
    household = _ask(f"{site}/participants/{scan['participant']['code']}", token)
    assert household["balance"] == scan["balance"]
    assert _ask(site + "/goods", token)["items"][0]["stock"] >= 0


def test_a_start_removes_prints_older_than_a_week(started: Started, site: str):
    # A duty removes them, beside the first answers.
    deadline = time.monotonic() + 60
    while (started.data / "out" / OLD).exists() and time.monotonic() < deadline:
        time.sleep(0.2)

    assert not (started.data / "out" / OLD).exists()
    assert (started.data / "out" / "cards.pdf").exists()


def test_the_books_still_hold_after_it(started: Started):
    assert main(["ledger", "verify", "--data", str(started.data)]) == 0


def test_the_first_start_sets_a_folder_of_stubs_beside_the_data(started: Started, full: bool):
    stub = started.data.with_name("data-watermark") / "chayuan.watermark"

    assert 'watermark = ["../data-watermark"]' in (started.data / "pointsbank.toml").read_text("utf-8")
    assert stub.read_bytes().count(b"\n") > (1000 if full else 100)


def test_after_the_sales_an_older_copy_is_not_served(started: Started, tmp_path: Path):
    """The module's server sold and took back: a copy of the first start lacks that."""
    data = tmp_path / "data"
    shutil.copytree(started.data, data)
    shutil.copytree(started.data.with_name("data-watermark"), tmp_path / "data-watermark")
    shutil.copyfile(started.first_copy, data / "pointsbank.sqlite3")

    told = _run(data)

    assert told.returncode == 1
    assert re.search("账本比账外存根少[0-9]+条", told.stderr)
    lacking = [line.split()[-1] for line in told.stderr.splitlines() if line.startswith("  chayuan")]
    # Before them or after, the server settled by itself what had hung its days.
    assert lacking and set(lacking) <= {"兑换", "撤销", "加分", "扣分", "公示结束", "启用签名公钥"}


def _digests(data: Path) -> dict[str, str]:
    """What every file in the data directory holds."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in data.rglob("*") if path.is_file()
    }


def _first_code(sheet: Path) -> str:
    """What the first card's code says, read as a camera would."""
    picture = pypdfium2.PdfDocument(sheet)[0].render(scale=150 / 72).to_pil()
    return str(zxingcpp.read_barcodes(picture)[0].text)


def _ask(address: str, token: str, content: dict[str, Any] | None = None) -> Any:
    """Ask the API and read its answer; a refusal fails with what it said."""
    body = None if content is None else json.dumps(content).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urlopen(Request(address, body, headers), timeout=30) as answer:
            return json.loads(answer.read())
    except HTTPError as refusal:
        raise AssertionError(refusal.read().decode()) from refusal
