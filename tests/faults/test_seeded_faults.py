"""Six faults are put into a copy of the program, one at a time: the test named beside each must fail."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.source import ROOT

COPIED = ("pointsbank", "tests", "migrations", "templates", "pyproject.toml")


@dataclass(frozen=True)
class Fault:
    """What is changed where, found by its structure, and which test must then fail.

    `wrong` returns what stands in place of an expression, or the same expression elsewhere.
    A reformat, a rename of something else or a move within `place` leaves the fault where it is.
    """

    place: str
    wrong: Callable[[ast.expr], ast.expr | None]
    test: str

    def put_into(self, copy: Path) -> None:
        """Change the syntax; a guard that is not there exactly once would leave unknown what was tested."""
        changed = []
        for file in sorted(copy.glob(self.place)):
            mutation = _Mutation(self.wrong)
            tree = mutation.visit(ast.parse(file.read_text("utf-8")))
            if mutation.count:
                file.write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
                changed += [file] * mutation.count
        assert len(changed) == 1, f"{self.place} has this guard {len(changed)} times: name the fault anew"


class _Mutation(ast.NodeTransformer):
    """Puts `wrong` in place of every expression it changes; None takes the expression out."""

    def __init__(self, wrong: Callable[[ast.expr], ast.expr | None]) -> None:
        self.wrong, self.count = wrong, 0

    def generic_visit(self, node: ast.AST) -> ast.AST | None:
        node = super().generic_visit(node)
        if not isinstance(node, ast.expr):
            return node
        other = self.wrong(node)
        self.count += other is not node
        return other


def _called(node: ast.AST, name: str) -> bool:
    """Whether this is a call of something of this name."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name


def _no_immediate(node: ast.expr) -> ast.expr:
    """`"BEGIN IMMEDIATE" if … else "BEGIN"` becomes "BEGIN"."""
    if isinstance(node, ast.IfExp) and ast.unparse(node.body) == "'BEGIN IMMEDIATE'":
        return node.orelse
    return node


def _no_sync(node: ast.expr) -> ast.expr:
    return ast.Constant("synchronous=NORMAL") if ast.unparse(node) == "'synchronous=FULL'" else node


def _no_key_of_requests(node: ast.expr) -> ast.expr | None:
    is_key = _called(node, "PrimaryKeyConstraint") and "request_id" in ast.unparse(node)
    return None if is_key else node


def _no_lock_of_accounts(node: ast.expr) -> ast.expr:
    """A statement over accounts without its FOR UPDATE."""
    if _called(node, "with_for_update") and "account" in ast.unparse(node).lower():
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        return node.func.value
    return node


def _same_salt(node: ast.expr) -> ast.expr:
    """`entropy(session)(n)` becomes n zero bytes."""
    if isinstance(node, ast.Call) and _called(node.func, "entropy"):
        return ast.Call(ast.Name("bytes", ast.Load()), node.args, [])
    return node


def _float_points(node: ast.expr) -> ast.expr:
    """`int(amount * 100)` becomes `int(float(amount) * 100)`."""
    if _called(node, "int") and isinstance(node, ast.Call) and isinstance(node.args[0], ast.BinOp):
        product = node.args[0]
        inexact = ast.Call(ast.Name("float", ast.Load()), [product.left], [])
        return ast.Call(node.func, [ast.BinOp(inexact, product.op, product.right)], [])
    return node


FAULTS = {
    "no BEGIN IMMEDIATE": Fault(
        "pointsbank/database.py",
        _no_immediate,
        "tests/faults/test_connections.py::test_two_programs_that_read_before_they_write_wait_for_each_other",
    ),
    "synchronous=NORMAL": Fault(
        "pointsbank/database.py",
        _no_sync,
        "tests/faults/test_connections.py::test_every_pooled_connection_syncs_fully_and_keeps_foreign_keys",
    ),
    "no unique request id": Fault(
        "migrations/versions/*.py",
        _no_key_of_requests,
        "tests/market/test_races.py::test_one_request_many_times_is_one_sale[sqlite]",
    ),
    "no account lock": Fault(
        "pointsbank/ledger/accounts.py",
        _no_lock_of_accounts,
        "tests/market/test_races.py::test_a_day_s_limit_holds_at_all_tills_together[postgresql]",
    ),
    "reused salt": Fault(
        "pointsbank/ledger/log.py",
        _same_salt,
        "tests/ledger/test_posting.py::test_no_two_entries_share_a_salt[sqlite]",
    ),
    "float points": Fault(
        "pointsbank/points.py",
        _float_points,
        "tests/base/test_points.py::test_what_is_shown_reads_back_the_same",
    ),
}


ALWAYS = ("no account lock",)
"""What is put in and found in every run; `--full` puts in all six."""
SOME = [pytest.param(name, marks=[] if name in ALWAYS else pytest.mark.full) for name in FAULTS]


def test_a_guard_is_found_however_its_file_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "pointsbank").mkdir()
    file = tmp_path / "pointsbank/database.py"
    file.write_text('begin = (\n    "BEGIN IMMEDIATE"\n    if write\n    else "BEGIN"\n)\n', "utf-8")

    FAULTS["no BEGIN IMMEDIATE"].put_into(tmp_path)

    assert file.read_text("utf-8") == "begin = 'BEGIN'"


@pytest.mark.parametrize("name", FAULTS)
def test_every_guard_stands_in_the_program_once(name: str, copy: Path) -> None:
    FAULTS[name].put_into(copy)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its tests once more."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            # What is compiled comes along: only the module with the fault is compiled anew.
            shutil.copytree(ROOT / name, tmp_path / name)
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
        command, cwd=copy, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def outcome_of(copy: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """What pytest says of some tests in a copy."""
    return run_in(copy, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests)


@pytest.mark.usefixtures("cluster")
def test_without_a_fault_all_of_them_pass_in_the_copy(copy: Path, full: bool) -> None:
    where = run_in(
        copy, "-c", "import pointsbank, tests.builders as t; print(pointsbank.__file__, t.__file__)"
    )
    assert where.stdout.split() == [str(copy / "pointsbank/__init__.py"), str(copy / "tests/builders.py")]

    tests = [fault.test for name, fault in FAULTS.items() if full or name in ALWAYS]
    done = outcome_of(copy, *tests)
    assert done.returncode == 0, done.stdout
    assert f"{len(tests)} passed" in done.stdout


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("name", SOME)
def test_a_fault_put_into_the_program_is_found(name: str, copy: Path) -> None:
    FAULTS[name].put_into(copy)

    done = outcome_of(copy, FAULTS[name].test)
    assert done.returncode == 1, f"{name} was not found:\n{done.stdout}{done.stderr}"
    assert re.search("^1 failed in ", done.stdout, re.MULTILINE), "it failed by its own assertion"
    assert re.search("^E +(assert|AssertionError)", done.stdout, re.MULTILINE), done.stdout
