"""`scripts/test.py --fast` takes the tests nearest to a change, and says what it leaves out."""

import doctest

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


def test_its_example_is_true():
    assert doctest.testmod(selecting).failed == 0
