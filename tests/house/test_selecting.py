"""`scripts/test.py --fast` takes the tests nearest to a change, and says what it leaves out."""

import doctest
from functools import cache

import pytest

from scripts import selecting
from scripts.selecting import select

TESTS = {
    "tests/scoring/test_caps.py": "from pointsbank.scoring.caps import cap\ndef test_one(): ...\n",
    "tests/scoring/test_judging.py": "from pointsbank import scoring\ndef test_1(): ...\ndef test_2(): ...\n",
    "tests/web/test_pages.py": "from pointsbank.web import app\ndef test_one(): ...\n",
    "tests/base/test_text.py": "from pointsbank.text import clean\ndef test_one(): ...\n",
    "tests/faults/test_kills.py": "from pointsbank.scoring.caps import cap\ndef test_one(): ...\n",
    "tests/keeping/test_upgrade.py": "def test_one(): ...\n",
}
DIRECT = {"pointsbank.scoring.caps": {"pointsbank.scoring", "pointsbank.scoring.judging"}}
DOWNSTREAM = {"pointsbank.scoring.caps": {"pointsbank.scoring", "pointsbank.web.app"}}


@cache
def texts() -> dict[str, str]:
    """Every test file of ours with its text."""
    files = (selecting.ROOT / "tests").rglob("test_*.py")
    return {file.relative_to(selecting.ROOT).as_posix(): file.read_text("utf-8") for file in files}


def chosen(*changed: str, budget: int = 100) -> selecting.Selection:
    return select(changed, tests=TESTS, direct=DIRECT, downstream=DOWNSTREAM, budget=budget)


def test_the_nearest_come_first_and_faults_never():
    assert chosen("pointsbank/scoring/caps.py").tests == (
        "tests/scoring/test_caps.py",
        "tests/scoring/test_judging.py",
        "tests/web/test_pages.py",
    )


def test_what_is_too_far_is_left_out_and_named():
    found = chosen("pointsbank/scoring/caps.py", budget=3)

    assert found.tests == ("tests/scoring/test_caps.py", "tests/scoring/test_judging.py")
    assert found.left_out == ("tests/web/test_pages.py",)


def test_a_changed_test_runs_whatever_the_budget():
    assert chosen("tests/base/test_text.py", budget=0).tests == ("tests/base/test_text.py",)


def test_migrations_and_templates_have_tests_beside_them():
    assert chosen("migrations/versions/0001_a.py").tests == ("tests/keeping/test_upgrade.py",)
    assert chosen("templates/till.html").tests == ("tests/web/test_pages.py",)


def test_a_change_of_words_alone_runs_nothing():
    assert chosen("README.md").tests == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("pointsbank/scoring/shapes/fixed.py", "tests/scoring/test_shape_register.py"),
        ("pointsbank/sheets/receipt.py", "tests/sheets/test_every_sheet.py"),
        ("pointsbank/labels/role.py", "tests/house/test_labels.py"),
        ("pointsbank/web/pages/goods.py", "tests/house/test_permissions.py"),
        ("pointsbank/market/new.py", "tests/house/test_statements.py"),
    ],
)
def test_what_is_found_by_its_place_is_tested_though_nobody_imports_it(changed: str, expected: str):
    found = selecting.select([changed], tests=texts(), direct={}, downstream={})

    assert expected in found.tests


@pytest.mark.parametrize(
    ("says", "readers"),
    [
        ("def cap(): ...", ["sizes", "words"]),
        ("class TooMany(Refused): ...", ["reference", "sizes", "words"]),
        ("session.exec(select(GoodsRow))", ["sizes", "statements", "words"]),
        ("@page.get('/', Permission.HOME)", ["permissions", "reference", "sizes", "words"]),
        ("SHOWN = {'up': \"上榜\"}", ["labels", "sizes", "words"]),
        # It was removed: whatever it said is gone too.
        ("", ["labels", "permissions", "reference", "sizes", "statements", "words"]),
    ],
)
def test_who_reads_the_whole_source_runs_where_the_change_concerns_it(says: str, readers: list[str]):
    changed = "pointsbank/market/new.py"
    found = select([changed], tests=texts(), direct={}, downstream={}, texts={changed: says})

    assert sorted(found.tests) == [f"tests/house/test_{name}.py" for name in readers]


def test_of_tests_equally_far_those_that_use_little_else_come_first():
    tests = {
        "tests/api/test_all.py": "from pointsbank import ledger, market, points\ndef test_one(): ...\n",
        "tests/base/test_points.py": "from pointsbank import points\ndef test_one(): ...\n",
    }
    found = select(["pointsbank/points.py"], tests=tests, direct={}, downstream={}, budget=1)

    assert found.tests == ("tests/base/test_points.py",)


def test_every_test_that_is_named_is_there():
    named = {path for paths in selecting.REGISTERS.values() for path in paths}
    named |= {f"tests/house/test_{name}.py" for name in selecting.READERS}

    assert sorted(named - texts().keys()) == []


def test_its_example_is_true():
    assert doctest.testmod(selecting).failed == 0
