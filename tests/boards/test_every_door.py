"""No score, job, import, command or call brings about a warning: only the steps do, and people take them."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import text

import pointsbank
from pointsbank import boards, proof, roster
from pointsbank.boards.listings import listings
from pointsbank.database import Database
from tests.boards.test_black_board import RESOLVED
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, hung, settle

ROOT = Path(pointsbank.__file__).parent
STEPS = {
    "ListingRow": {"boards/drafting.py"},
    "ListingNotificationRow": {"boards/delivering.py"},
    "ListingDecisionRow": {"boards/deciding.py"},
    "BasisRow": {"boards/basis.py"},
    "DeliveryRow": {"boards/delivering.py"},
    "VisaRow": {"boards/visas.py"},
}
"""By row of a step: the one module that makes such rows."""
VERBS = {
    "propose_black": {"boards/carrying_over.py", "web/pages/boards.py", "sample/month.py"},
    "carry_over": {"web/pages/listings.py", "web/api/listings.py"},
    "deliver": {"web/pages/listing_steps.py", "web/api/listings.py", "sample/month.py"},
    "countersign": {"web/pages/listing_steps.py", "sample/month.py"},
}
"""By verb: who calls it: a page on which a person does it, and the sample village."""
TABLES = ("listing", "listing_notification", "listing_decision", "listing_basis", "listing_visa")


def calls() -> dict[str, set[str]]:
    """By name that is called, or handed over to be called, anywhere in the program: in which modules."""
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        where = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = [node.attr] if node.value.id == "boards" else []
            for name in names:
                found.setdefault(name, set()).add(where)
    return found


def test_each_row_of_a_step_is_made_in_one_module_and_each_verb_called_from_pages_of_people() -> None:
    found = calls()

    for name, where in {**STEPS, **VERBS}.items():
        assert found[name] == where, name
    # A vote on red ones is written down in common; a warning is refused there by its own steps.
    assert found["decide"] >= {"web/pages/listings.py"}
    assert {one for one in found["decide"] if one.startswith(("api", "cli", "duties", "imports"))} == set()


def test_no_statement_but_the_migrations_writes_these_tables() -> None:
    for path in ROOT.rglob("*.py"):
        words = path.read_text(encoding="utf-8").lower()
        for table in TABLES:
            assert f"insert into {table} " not in words and f"insert into {table}(" not in words, path


@pytest.mark.parametrize("part", ["web/api", "cli", "imports", "duties"])
def test_no_call_of_the_api_no_command_no_import_and_no_duty_leads_onto_a_board(part: str) -> None:
    verbs = {"propose_black", "countersign", "decide", "decide_each", "propose_red"}
    # A program may write down, in its owner's name, that a letter was brought or that people begin anew.
    verbs |= set() if part == "web/api" else {"carry_over", "deliver"}

    for path in (ROOT / part).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert not (node.value.id == "boards" and node.attr in verbs), path


def rows(database: Database) -> int:
    """How many rows of steps there are."""
    with database.reading() as session:
        counted = (f"SELECT count(*) FROM {table}" for table in TABLES)
        return sum(session.connection().execute(text(one)).scalar_one() for one in counted)


def test_scores_and_the_close_of_a_month_leave_the_black_board_empty(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing() as session:
        settle(session, hung(session, *[("0101", "B1")] * 20))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=RESOLVED, by=LI, at=NOW)
        proof.close_month(session, village=CODE, month=MONTH, by=LI, at=after(31))

    assert rows(sqlite_database) == 0
    with sqlite_database.reading() as session:
        assert [one for one in listings(session, village=CODE) if one.board == "black"] == []
        assert roster.bars(session, village=CODE) == []
