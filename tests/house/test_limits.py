"""No limit is dead: each that is written down is asked somewhere, and each that is asked is written down."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pytest

from pointsbank.staff.throttling import LIMITS
from tests.house.source import ROOT, Module, modules
from tests.house.test_slow_work import Pretended

PLACES = (
    "pointsbank/web/limits.py",
    "pointsbank/spreadsheets/limits.py",
    "pointsbank/isolated/__init__.py",
    "pointsbank/isolated/child.py",
    "pointsbank/photos/kinds.py",
    "pointsbank/photos/reading.py",
    "pointsbank/staff/throttling.py",
)
"""Modules whose names in capitals, and whose bounds, are limits."""


def tried(module: Module) -> Iterator[str]:
    """Yield the kinds of tries that a module counts; what is no plain name is itself a finding."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Try":
            first = node.args[0] if node.args else None
            yield first.value if isinstance(first, ast.Constant) else f"{module.place}: {ast.unparse(node)}"


def dead(limits: Mapping[str, object], places: Sequence[Module]) -> set[str]:
    """Limits that nobody counts for, and kinds that have no limit."""
    return set(limits) ^ {kind for module in places if "Try(" in module.text for kind in tried(module)}


def test_every_throttle_is_counted_for_and_every_count_has_a_limit():
    assert dead(LIMITS, everybody()) == set()


def test_a_dead_throttle_and_one_without_a_limit_are_found():
    here = everybody()
    stray = Pretended(
        ROOT / "pointsbank" / "pretended.py", "count_tries(database, Try('nobody', 'x'), at=now)"
    )

    assert dead({**LIMITS, "forgotten": None}, here) == {"forgotten"}
    assert dead(LIMITS, [*here, stray]) == {"nobody"}


def declared(module: Module) -> Iterator[str]:
    """Yield the names in capitals that a module sets, and the fields of its classes of bounds."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            named = [each.id for each in node.targets if isinstance(each, ast.Name)]
            yield from (name for name in named if name.isupper() and not name.startswith("_"))
        elif isinstance(node, ast.ClassDef) and node.name in ("Bounds", "Limit"):
            yield from (ast.unparse(each.target) for each in node.body if isinstance(each, ast.AnnAssign))


def unused(place: Module, *others: Module) -> set[str]:
    """Names that a module declares and nobody reads."""
    return set(declared(place)) - set().union(*(_read_in(module) for module in (*everybody(), *others)))


@cache
def _read_in(module: Module) -> set[str]:
    return {name for node in ast.walk(module.tree) if (name := _read(node)) is not None}


@cache
def everybody() -> tuple[Module, ...]:
    """Every module of the product."""
    return tuple(modules("pointsbank"))


def _read(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else None


@pytest.mark.parametrize("place", PLACES)
def test_every_bound_that_is_written_down_is_asked(place: str):
    module = Module(ROOT / place)

    assert list(declared(module))
    assert unused(module) == set()


def test_a_bound_that_nobody_asks_is_found():
    forgotten = Pretended(ROOT / "pointsbank" / "pretended.py", "BYTES_OF_NOBODY = 7")

    assert unused(forgotten, forgotten) == {"BYTES_OF_NOBODY"}


def test_nothing_is_limited_in_memory_beside_the_database():
    """Flask-Limiter forgets at a restart; whoever brings it in lists its limits here."""
    brings_it_in = re.compile(r"^\s*(from|import)\s+(flask_limiter|limits)\b", re.MULTILINE)

    assert [module.place for module in everybody() if brings_it_in.search(module.text)] == []
    assert "limiter" not in (ROOT / "pyproject.toml").read_text("utf-8").lower()
    assert brings_it_in.search("from flask_limiter import Limiter")
