"""Nothing slow happens while everybody waits: no file, picture, PDF, password or outside wait in a write.

What takes a session may stand in a transaction that writes, so it does no such work either. Calls are
followed through the source (`tests/house/calls.py`); what cannot be followed raises when a test runs it
(`tests/slow_work.py`).
"""

import ast
import io
import os
import re
import socket
import subprocess
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from pointsbank import encryption, isolated, sheets, staff
from pointsbank.database import Database
from pointsbank.market import pin_tries, pins
from pointsbank.photos.reading import codes_in
from pointsbank.printing import Fonts
from pointsbank.slow_work import SlowWorkWhileWriting, before_slow_work, checking, log
from pointsbank.spreadsheets import read_table
from pointsbank.staff import passwords
from pointsbank.web import access, forms, uploads
from pointsbank.web.app import create_app
from tests.house.calls import slow_calls, writing
from tests.house.source import ROOT, Module, modules
from tests.web.conftest import settings

SLOW = frozenset(
    {
        "pointsbank.slow_work.before_slow_work",
        "pointsbank.spreadsheets.reading.read_table",
        # What is looked for or built anew where it could have been there since the start.
        "pointsbank.labels.families",
        "pointsbank.registers.import_all",
        "re.compile",
        "builtins.open",
        "io.open",
        "os.fdopen",
        "os.replace",
        "gzip.open",
        "zipfile.ZipFile",
        "shutil.copyfile",
        "tempfile.TemporaryDirectory",
        "tempfile.NamedTemporaryFile",
        "time.sleep",
        "os.system",
        "os.popen",
        "select.select",
        "subprocess.run",
        "subprocess.Popen",
        "socket.create_connection",
        "urllib.request.urlopen",
        "http.client.HTTPConnection",
        "smtplib.SMTP",
        "hashlib.scrypt",
        "hashlib.pbkdf2_hmac",
        "pointsbank.isolated.PROCESS.run",
        "pointsbank.isolated.PROCESS.enter",
        "PIL.Image.open",
        "PIL.Image.frombytes",
        "pypdfium2.PdfDocument",
        "zxingcpp.read_barcodes",
        "python_calamine.CalamineWorkbook.from_filelike",
        "reportlab.pdfgen.canvas.Canvas",
        "?.read_bytes",
        "?.read_text",
        "?.write_bytes",
        "?.write_text",
        "?.render",
        "?.hash",
        "?.verify",
        "?.communicate",
        "?.result",
        "?.wait",
    }
)


@dataclass(frozen=True)
class Pretended(Module):
    """A module of the product that is not there."""

    source: str

    @property
    def text(self) -> str:
        """What it says."""
        return self.source

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.source)


def _slow(module: Module) -> list[str]:
    return [f"{place}: {way}" for place in writing(module) for way in slow_calls(place, SLOW)]


def test_no_write_does_slow_work() -> None:
    slow = [way for module in modules("pointsbank") for way in _slow(module)]

    assert sum(1 for module in modules("pointsbank") for _ in writing(module)) > 300
    assert not slow


@pytest.mark.parametrize(
    "body",
    [
        "def add(database):\n    with database.writing() as session:\n        staff.hash_password('x')",
        "def add(session: Session):\n    open('photo.jpg')",
        "def add(session: Session):\n    labels.name('role', 'clerk')",
        "def add(session: Session):\n    re.compile('[0-9]+')",
        "def add(session: Session, file):\n    return file.read_bytes()",
        "def add(session: Session, database):\n    staff.sign_in(database, login='li', password='x')",
        "def add(form):\n    forms.submit(form, lambda session: spreadsheets.read_table('a', b''))",
        "def add(session: Session):\n    urllib.request.urlopen('http://127.0.0.1')",
        "def add(session: Session):\n    Image.open('photo.jpg')",
        "def add(session: Session):\n    return reading.codes_in(None, '.')",
        "def add(session: Session, photo):\n    return photos.read_code(photo)",
        "def add(session: Session, sheet, value):\n    sheet.render(value, fonts=None, out=None)",
        "def add(session: Session):\n    return canvas.Canvas('poster.pdf')",
        "def add(session: Session):\n    return pins.digest_pin('271828')",
        "def add(session: Session):\n    time.sleep(1)",
        "def add(session: Session, child):\n    child.communicate()",
        "def add(session: Session, ready):\n    ready.wait()",
        "def add(session: Session):\n    return isolated.PROCESS.run('a:b')",
        "def add(session: Session):\n    smtplib.SMTP('mail')",
    ],
)
def test_slow_work_is_found_wherever_it_hides(body: str) -> None:
    imports = (
        "import re, smtplib, time, urllib.request\n"
        "from PIL import Image\nfrom reportlab.pdfgen import canvas\n"
        "from pointsbank import isolated, labels, spreadsheets, staff\nfrom pointsbank.market import pins\n"
        "from pointsbank.photos import reading\nfrom pointsbank.web import photos\n"
    )

    assert _slow(Pretended(ROOT / "pointsbank" / "pretended.py", imports + body))


def waiting(line: str) -> None:
    """Run a line as if a module of ours held it."""
    exec(line, {"__name__": "pointsbank.pretended"})


CARDS = sheets.find("cards")
KINDS: dict[str, Callable[[], object]] = {
    "what says so": lambda: before_slow_work("a test"),
    "a file": lambda: (ROOT / "README.md").read_bytes(),
    "a folder": lambda: os.listdir(ROOT),
    "a picture": lambda: codes_in(io.BytesIO(), "."),
    "a picture by its library": lambda: Image.open(ROOT / "docs" / "pictures" / "poster.png"),
    "a table": lambda: read_table("表", b"a,b"),
    "a PDF": lambda: CARDS.render(CARDS.example(1), fonts=Fonts(ROOT), out=io.BytesIO()),
    "a new password": lambda: staff.hash_password("a long enough password"),
    "a password": lambda: passwords.matches(None, "a password"),
    "a new PIN": lambda: pins.digest_pin("271828"),
    "a PIN": lambda: pin_tries.matches("", "271828"),
    "a passphrase": lambda: encryption._key("words", bytes(16), encryption.Cost()),
    "a program": lambda: subprocess.run(["true"], check=True),
    "a shell": lambda: os.system("true"),
    "the child that reads": lambda: isolated.PROCESS.run("nothing:nothing"),
    "another machine": lambda: socket.create_connection(("127.0.0.1", 9)),
    "a web address": lambda: urllib.request.urlopen("http://127.0.0.1:9"),
    "a pause": lambda: waiting("import time; time.sleep(0)"),
    "another thread": lambda: waiting("import threading; threading.Event().wait(0)"),
    "a queue": lambda: waiting("import queue; queue.Queue().get(timeout=0)"),
    "a pool": lambda: waiting("from concurrent.futures import Future; Future().result(0)"),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_of_slow_work_raises_inside_a_transaction_that_writes(
    sqlite_database: Database, kind: Callable[[], object]
) -> None:
    with sqlite_database.writing(), pytest.raises(SlowWorkWhileWriting):
        kind()


def test_after_the_transaction_and_while_only_looking_it_may_be_done(sqlite_database: Database) -> None:
    with sqlite_database.writing():
        pass
    with sqlite_database.reading():
        KINDS["a file"]()
        KINDS["a pause"]()


def test_an_import_that_reads_its_file_inside_its_transaction_is_found(
    sqlite_database: Database,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "disabled", False)
    site = create_app(settings(tmp_path), sqlite_database)

    @access.public
    def late() -> str:
        forms.submit(forms.unbound(), lambda session: uploads.read_table(*uploads.chosen(), rows=100))
        return ""

    site.add_url_rule("/late", view_func=late, methods=["POST"])
    site.view_functions["late"].permission = "public"  # type: ignore[attr-defined]
    client = site.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/setup").get_data(as_text=True))
    assert token is not None
    sent = {"csrf_token": token[1], "file": (io.BytesIO(b"a,b\n1,2\n"), "表.csv")}

    assert client.post("/late", data=sent).status_code == 500
    assert any(one.exc_info and one.exc_info[0] is SlowWorkWhileWriting for one in caplog.records)


def test_a_server_goes_on_and_writes_the_place_into_its_log(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "raises", False)
    # import-linter, run by another test, disables every logger that there is.
    monkeypatch.setattr(log, "disabled", False)
    with sqlite_database.writing():
        before_slow_work("hashing a password")

    [logged] = caplog.records
    assert "hashing a password inside a transaction" in logged.getMessage()
    assert logged.stack_info is not None and "test_slow_work" in logged.stack_info
