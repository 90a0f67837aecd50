"""A misspelt column is an error of the type checker, at its line; what it cannot see is listed."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from pointsbank.tables import metadata
from tests.house.misspelling import WRONG, Column, columns, misspell
from tests.house.source import ROOT, modules

FIELDS = {
    mapper.class_.__name__: set(mapper.columns.keys())
    for mapper in SQLModel._sa_registry.mappers
    if mapper.local_table.metadata is metadata
}
UNSEEN = {
    "core": """
        boards/contested ledger/audit_batches ledger/audit_digests ledger/audit_rows ledger/digests
        ledger/row_counts ledger/row_digests ledger/statements ledger/telling market/columns market/history
        market/shortages proof/anchors raw_rows roster/card_batches scoring/superseded scoring/verifier
        staff/whose_log witness
    """,
    "values": """
        ledger/closing ledger/log ledger/posting ledger/requests ledger/row_batches ledger/row_digests
        ledger/witnessing market/describing market/shelf roster/card_batches roster/cards scoring/leaving
        scoring/meetings scoring/publishing scoring/settling
    """,
    "set": """
        approvals/requesting market/pins market/signing publicity/consent publicity/missing
        scoring/correcting scoring/correction_hanging staff/accounts
    """,
    "getattr": """
        ledger/statements villages/settings
    """,
    "insert": """
        boards/standing copying ledger/accounts ledger/log ledger/posting ledger/requests
        ledger/row_batches ledger/row_digests market/goods market/prices market/redemption market/shelf
        market/tickets roster/issuing roster/participants scoring/entering scoring/scheme villages/groups
    """,
}
"""By kind, the modules that name columns in a way the type checker does not see, and who notices instead.

core: `table.c` raises for a name that is none of its columns, mostly at import. getattr: the import fails.
values: SQLAlchemy refuses an unknown keyword when it compiles the statement. insert: the same, for the names
of the values that `prepared` is handed. set: pydantic refuses to set an unknown attribute.
"""


@pytest.mark.slow
@pytest.mark.full
def test_every_misspelt_column_is_an_error_at_its_line(tmp_path: Path):
    """One run of mypy on a copy in which every column is misspelt."""
    shutil.copytree(
        ROOT / "pointsbank", tmp_path / "pointsbank", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    misspelt: dict[str, list[Column]] = {}
    for module in modules("pointsbank"):
        if module.path.name != "models.py" and (found := columns(module.tree, FIELDS)):
            misspelt[module.place] = found
            (tmp_path / module.place).write_text(misspell(module.text, found), "utf-8")

    if (ROOT / ".mypy_cache").is_dir():  # what is the same there need not be read again
        shutil.copytree(ROOT / ".mypy_cache", tmp_path / "cache")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache")]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")

    pattern = re.compile(rf'^(\S+?):(\d+): error: .*"(\w+){WRONG}"', re.MULTILINE)
    reported = {
        (place.replace("\\", "/"), int(line), name) for place, line, name in pattern.findall(answer.stdout)
    }
    unseen: set[str] = set()
    for place, found in misspelt.items():
        for column in found:
            if (place, column.reported, column.name) not in reported:
                unseen.add(f"{column.kind} {place.removeprefix('pointsbank/').removesuffix('.py')}")
    assert len(reported) > 400, answer.stdout[-2000:] + answer.stderr
    listed = {f"{kind} {name}" for kind, names in UNSEEN.items() for name in names.split()}
    assert sorted(unseen - listed) == [], "name the column by its mapped attribute, or list the module"
    assert sorted(listed - unseen) == [], "listed without need"


SOURCE = """
class Found(NamedTuple):
    id: str

def a(session: Session, row: GoodsRow | None) -> None:
    session.exec(select(col(GoodsRow.code)).where(GoodsRow.in_village("村"), col(GoodsRow.id) == row.id))
    row.stock = 3
    for one in fetch(session, FIND, {}, into=Found).all():
        print(one.id)
    update(GoodsRow).values(code=1)
    session.add(GoodsRow(
        name="米"))
"""


def test_columns_are_found_in_every_manner_of_naming_them():
    found = columns(ast.parse(SOURCE), FIELDS)

    assert {(column.kind, column.name) for column in found} == {
        ("mapped", "code"),
        ("mapped", "id"),
        ("read", "id"),
        ("set", "stock"),
        ("values", "code"),
        ("new", "name"),
    }
    assert [column.line - column.reported for column in found if column.kind == "new"] == [1]
    assert misspell(SOURCE, found).count(WRONG) == len(found) == 7
    assert f'"村"), col(GoodsRow.id{WRONG}) == row.id{WRONG}))' in misspell(SOURCE, found)
