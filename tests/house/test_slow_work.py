"""Nothing slow happens while everybody waits: no file, picture, PDF, password or outside wait in a write.

What takes a session may stand in a transaction that writes, so it does no such work either. Calls are
followed through the source (`tests/house/calls.py`); what cannot be followed raises when a test runs it
(`tests/slow_work.py`).
"""

import ast
from dataclasses import dataclass

import pytest

from pointsbank.database import Database
from pointsbank.slow_work import SlowWorkWhileWriting, before_slow_work, checking, log
from tests.house.calls import slow_calls, writing
from tests.house.source import ROOT, Module, modules

SLOW = frozenset(
    {
        "pointsbank.slow_work.before_slow_work",
        "pointsbank.spreadsheets.reading.read_table",
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
        "subprocess.run",
        "subprocess.Popen",
        "socket.create_connection",
        "urllib.request.urlopen",
        "http.client.HTTPConnection",
        "smtplib.SMTP",
        "PIL.Image.open",
        "zxingcpp.read_barcodes",
        "python_calamine.CalamineWorkbook.from_filelike",
        "reportlab.pdfgen.canvas.Canvas",
        "?.read_bytes",
        "?.read_text",
        "?.write_bytes",
        "?.write_text",
        "?.print_into",
        "?.hash",
        "?.verify",
    }
)


@dataclass(frozen=True)
class Pretended(Module):
    """A module of the product that is not there."""

    source: str

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
        "def add(session: Session, file):\n    return file.read_bytes()",
        "def add(session: Session, database):\n    staff.sign_in(database, login='li', password='x')",
        "def add(form):\n    forms.submit(form, lambda session: spreadsheets.read_table('a', b''))",
        "def add(session: Session):\n    urllib.request.urlopen('http://127.0.0.1')",
    ],
)
def test_slow_work_is_found_wherever_it_hides(body: str) -> None:
    imports = "import urllib.request\nfrom pointsbank import spreadsheets, staff\n"

    assert _slow(Pretended(ROOT / "pointsbank" / "pretended.py", imports + body))


def test_slow_work_in_a_transaction_that_writes_raises(sqlite_database: Database) -> None:
    with sqlite_database.writing(), pytest.raises(SlowWorkWhileWriting):
        before_slow_work("a test")
    with sqlite_database.writing(), pytest.raises(SlowWorkWhileWriting):
        (ROOT / "README.md").read_bytes()
    before_slow_work("a test, after the transaction")


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
