"""Six faults are put into a copy of the program, one at a time: the test named beside each must fail."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.source import ROOT

COPIED = ("pointsbank", "tests", "migrations", "templates", "pyproject.toml")


@dataclass(frozen=True)
class Fault:
    """What is changed where, and which test must then fail."""

    place: str
    right: str
    wrong: str
    test: str

    def put_into(self, copy: Path) -> None:
        """Change the text; it must stand there exactly once, or nobody would know what was tested."""
        file = copy / self.place
        text = file.read_text("utf-8")
        found = text.count(self.right)
        assert found == 1, f"{self.place} says {self.right!r} {found} times, not once: name the fault anew"
        file.write_text(text.replace(self.right, self.wrong), "utf-8")


FAULTS = {
    "no BEGIN IMMEDIATE": Fault(
        "pointsbank/database.py",
        '"BEGIN IMMEDIATE" if options.get("pointsbank_writes") else "BEGIN"',
        '"BEGIN"',
        "tests/faults/test_connections.py::test_two_programs_that_read_before_they_write_wait_for_each_other",
    ),
    "synchronous=NORMAL": Fault(
        "pointsbank/database.py",
        '"synchronous=FULL"',
        '"synchronous=NORMAL"',
        "tests/faults/test_connections.py::test_every_pooled_connection_syncs_fully_and_keeps_foreign_keys",
    ),
    "no unique request id": Fault(
        "migrations/versions/0004_accounts_transactions_and_the_log.py",
        '        sa.PrimaryKeyConstraint("village_id", "request_id", name=op.f("pk_request")),\n',
        "",
        "tests/market/test_races.py::test_one_request_many_times_is_one_sale[sqlite]",
    ),
    "no account lock": Fault(
        "pointsbank/ledger/books.py",
        "    .order_by(_account.c.id)\n    .with_for_update()\n",
        "    .order_by(_account.c.id)\n",
        "tests/market/test_races.py::test_a_day_s_limit_holds_at_all_tills_together[postgresql]",
    ),
    "reused salt": Fault(
        "pointsbank/ledger/log.py",
        "entropy(session)(_SALT * len(records))",
        "bytes(_SALT * len(records))",
        "tests/ledger/test_posting.py::test_no_two_entries_share_a_salt[sqlite]",
    ),
    "float points": Fault(
        "pointsbank/points.py",
        "Points(int(amount * 100))",
        "Points(int(float(amount) * 100))",
        "tests/base/test_points.py::test_what_is_shown_reads_back_the_same",
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its tests once more."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run_in(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy, which comes before what is installed; what this test run was told is not told."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))
    }
    # Nothing may be skipped there: a test that did not run has not passed.
    environ |= {"PYTHONPATH": str(copy), "PYTHONUTF8": "1", "POINTSBANK_TEST_COMPLETE": "1"}
    environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=copy, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def outcome_of(copy: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """What pytest says of some tests in a copy."""
    return run_in(copy, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests)


@pytest.mark.usefixtures("cluster")
def test_without_a_fault_all_six_pass_in_the_copy(copy: Path) -> None:
    where = run_in(
        copy, "-c", "import pointsbank, tests.builders as t; print(pointsbank.__file__, t.__file__)"
    )
    assert where.stdout.split() == [str(copy / "pointsbank/__init__.py"), str(copy / "tests/builders.py")]

    done = outcome_of(copy, *(fault.test for fault in FAULTS.values()))
    assert done.returncode == 0, done.stdout
    assert f"{len(FAULTS)} passed" in done.stdout


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_put_into_the_program_is_found(name: str, copy: Path) -> None:
    FAULTS[name].put_into(copy)

    done = outcome_of(copy, FAULTS[name].test)
    assert done.returncode == 1, f"{name} was not found:\n{done.stdout}{done.stderr}"
    assert re.search("^1 failed in ", done.stdout, re.MULTILINE), "it failed by its own assertion"
    assert re.search("^E +(assert|AssertionError)", done.stdout, re.MULTILINE), done.stdout
