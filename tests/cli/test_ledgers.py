"""The books held against themselves and against paper, from the command line."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from time_machine import travel

from tests.cli.conftest import Run

ROSTER = "户号,户主,小组,人口\n001,王建国,一组,4\n002,李秀英,一组,3\n"
BALANCES = "户号,积分,荣誉\n001,12.5,30\n002,8,8\n"


@pytest.fixture
def books(village: Run, tmp_path: Path) -> Run:
    """A village with two households and what they brought with them."""
    for name, content in (("roster", ROSTER), ("balances", BALANCES)):
        file = tmp_path / f"{name}.csv"
        file.write_text(content, "utf-8")
        assert village("import", name, file).status == 0
    return village


def test_untouched_books_hold(books: Run):
    told = books("ledger", "verify", "--json")

    assert told.status == 0
    assert json.loads(told.out)["holds"]


def test_an_amount_changed_behind_our_back_is_named_by_its_index(books: Run, tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "data" / "pointsbank.sqlite3")) as connection, connection:
        connection.execute("DROP TRIGGER guard_posting_update")
        (index,) = connection.execute("SELECT min(log_index) FROM posting").fetchone()
        connection.execute("UPDATE posting SET amount = amount + 100 WHERE log_index = ?", (index,))

    told = books("ledger", "verify")

    assert told.status == 1
    assert f"第{index}条" in told.err


def test_digits_from_the_poster_name_their_month(books: Run):
    with travel("2026-12-01T02:00:00Z", tick=False):
        digits = json.loads(books("month", "close", "2026-11", "--json").out)["digits"]

    assert "2026-11" in books("ledger", "verify", "--anchor", digits).out
    assert books("ledger", "verify", "--anchor", digits[:-1] + "x").status == 1
    assert books("ledger", "verify", "--anchor", "0" * 30).status == 1


def test_a_proof_signed_by_a_new_key_is_checked_by_the_file_that_the_command_writes(
    books: Run, tmp_path: Path
):
    with travel("2026-12-01T02:00:00Z", tick=False):
        assert "登记进1个村的账本" in books("ledger", "key", "make", "--replace").out
        assert books("ledger", "key", "make").status == 1
        assert books("month", "close", "2026-11").status == 0
    key = json.loads(books("ledger", "key", "show", "--json").out)
    checker, file = tmp_path / "verify.py", tmp_path / "2.tlog-proof"
    assert books("ledger", "verifier", checker).status == 0
    assert books("ledger", "proof", "2", "--out", file).status == 0

    command = [
        sys.executable,
        "-I",
        "-S",
        str(checker),
        "--proof",
        str(file),
        "--key",
        key["keys"][-1]["key"],
    ]
    assert key["signs"]
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert books("ledger", "proof", "99999").status == 1
    assert json.loads(books("ledger", "checkpoint", "--json").out)["signed"]


def test_an_export_holds_no_names(books: Run, tmp_path: Path):
    file = tmp_path / "ledger.jsonl"

    assert books("ledger", "export", file).status == 0

    lines = file.read_text("utf-8").splitlines()
    assert json.loads(lines[0])["vil"] == "chayuan"
    assert not any("王建国" in line or line == "001" for line in lines)


def test_a_month_that_is_not_over_is_not_closed(books: Run):
    with travel("2026-11-10T02:00:00Z", tick=False):
        assert books("month", "close", "2026-11").status == 1


def test_a_month_without_sense_is_refused(books: Run):
    assert books("month", "close", "2026-13").status == 1
