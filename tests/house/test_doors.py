"""Who may know whom: import contracts, front doors, no dead rooms, no imports that hide."""

import ast

import grimp
import pytest
from importlinter import cli as importlinter

from tests.house.source import ROOT, Module, modules

CAPABILITIES = {
    "villages",
    "ledger",
    "roster",
    "staff",
    "scoring",
    "publicity",
    "boards",
    "market",
    "proof",
    "households",
}
REGISTERS = {"pointsbank.labels", "pointsbank.web.pages"}
"""Packages whose modules are found by `registers.discover` and imported by nobody by name."""
WITHOUT_A_DOOR = {
    "pointsbank.boards.bands",
    "pointsbank.households.erasing",
    "pointsbank.market.gifts",
    "pointsbank.scoring.panel",
}
"""Modules whose verbs are tested and which no page, program or command reaches yet."""
ROOMS = CAPABILITIES | {"printing", "spreadsheets", "sample"}


def test_the_import_contracts_hold(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)

    assert importlinter.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_others_are_entered_by_their_front_door():
    through_the_window = [
        f"{module.place}: {target}"
        for module in modules("pointsbank")
        for target in _imported(module)
        if _is_behind_a_door(target)
        and not module.name.startswith(".".join(target.split(".")[:2]))
        and module.name != "pointsbank.tables"
    ]

    assert not through_the_window


def test_no_function_imports():
    hidden = [
        f"{module.place}: {function.name}"
        for module in modules("pointsbank", "scripts")
        for function in module.functions()
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]

    assert not hidden


def test_no_module_is_dead():
    graph = grimp.build_graph("pointsbank", cache_dir=None)
    # models are gathered by tables.py by their file name.
    started = {"pointsbank", "pointsbank.__main__"}
    dead = [
        name
        for name in sorted(graph.modules - started)
        if not graph.find_modules_that_directly_import(name)
        and not graph.find_children(name)
        and not name.endswith(".models")
        and name.rpartition(".")[0] not in REGISTERS
    ]

    assert set(dead) == WITHOUT_A_DOOR


def test_no_test_mocks_our_own_code():
    names = ("unittest" + ".mock", "pytest" + "_mock")
    mocking = [module.place for module in modules("tests") if any(name in module.text for name in names)]

    assert not mocking


def _imported(module: Module) -> list[str]:
    """The modules of ours that a module names in its imports."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
    return [name for name in found if name.startswith("pointsbank.")]


def _is_behind_a_door(target: str) -> bool:
    """Whether a module lies inside a room rather than at its door."""
    parts = target.split(".")
    return len(parts) > 2 and parts[1] in ROOMS and parts[2:] != ["problems"]
