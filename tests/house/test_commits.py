"""One place commits: what became of a write is found out only where `outcomes` stands around its COMMIT."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, Module, modules
from tests.house.test_slow_work import Pretended

ALLOWED = {
    "pointsbank/database.py: connection.begin": "`reading` and `writing`",
    "pointsbank/database.py: transaction.commit": "`writing`, handed to `outcomes.send_commit`",
    "pointsbank/practice/servers.py: engine.begin": "nothing counts there: done again, it finds what it did",
    "pointsbank/migrating.py: engine.begin": "an upgrade: done again, it finds what it did",
    "pointsbank/drift.py: connection.begin": "rolled back: PostgreSQL writes our rules in its own words",
    "pointsbank/drift.py: connection.begin_nested": "rolled back inside that: its own words read again",
    "pointsbank/resting.py: sqlite3.connect": "reads a file that nobody writes to",
    "pointsbank/backups.py: sqlite3.connect": "puts a backup in place of what is there, in one step",
    "pointsbank/snapshots.py: sqlite3.connect": "copies the file with VACUUM INTO",
}
"""Places that open or end a transaction themselves, and why each may."""

_HOLDERS = {"engine", "connection", "session", "transaction", "conn", "target", "source", "database"}
_WORDS = re.compile(
    r"\s*(COMMIT|END|PREPARE TRANSACTION.*)( WORK| TRANSACTION)?( PREPARED.*)?[\s;]*", re.IGNORECASE
)


def transactions(module: Module) -> Iterator[str]:
    """Yield whatever ends a transaction in a module, or opens one that ends by itself."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder, name = _last(node.func.value), node.func.attr
            is_beginning = name in ("begin", "begin_nested") and not node.args and holder in _HOLDERS
            if is_beginning or f"{holder}.{name}" in ("sqlite3.connect", "psycopg.connect"):
                yield f"{module.place}: {holder}.{name}"
        elif isinstance(node, ast.Attribute) and node.attr in ("commit", "executescript", "autocommit_block"):
            # Also where it is only handed on: who gets it can call it.
            yield f"{module.place}: {_last(node.value)}.{node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            if _WORDS.fullmatch(text):
                yield f"{module.place}: {text.strip()}"


def _last(node: ast.expr) -> str:
    """The last name of an expression: `connection` of `session.connection()`."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else "?"


def test_nobody_commits_but_the_one_place():
    found = {place for module in modules("pointsbank") for place in transactions(module)}

    assert found - set(ALLOWED) == set()
    assert set(ALLOWED) - found == set(), "no longer needed"


@pytest.mark.parametrize(
    "line",
    [
        "session.commit()",
        "later(session.commit)",
        "session.connection().commit()",
        "with database.engine.begin() as connection: pass",
        "with session.begin_nested(): pass",
        "session.connection().exec_driver_sql('COMMIT')",
        "driver.execute(b'commit;')",
        "driver.executescript('INSERT INTO a VALUES (1)')",
        "sqlite3.connect('village.sqlite3')",
        "psycopg.connect('')",
    ],
)
def test_a_commit_is_found_however_it_is_written(line: str):
    assert list(transactions(Pretended(ROOT / "pointsbank" / "pretended.py", line)))


def test_each_migration_leaves_its_transaction_to_who_runs_it():
    assert [place for module in modules("migrations/versions") for place in transactions(module)] == []
