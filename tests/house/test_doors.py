"""Who may know whom: import contracts, front doors, no dead rooms, no imports that hide."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator

import grimp

from pointsbank.errors import Problem
from tests.house.source import ROOT, Module, modules

CAPABILITIES = {
    "villages",
    "ledger",
    "attachments",
    "roster",
    "staff",
    "governing",
    "scoring",
    "publicity",
    "claims",
    "score_sheets",
    "inspections",
    "ceremonies",
    "year_end",
    "questions",
    "titles",
    "boards",
    "objections",
    "market",
    "proof",
    "spot_checks",
    "households",
    "approvals",
}
REGISTERS = {
    "pointsbank.approvals.kinds",
    "pointsbank.card_page.sections",
    "pointsbank.disclosure.sections",
    "pointsbank.due.kinds",
    "pointsbank.duties.kinds",
    "pointsbank.folders.kinds",
    "pointsbank.imports",
    "pointsbank.labels",
    "pointsbank.law.kinds",
    "pointsbank.lists",
    "pointsbank.reports.parts",
    "pointsbank.scoring.shapes",
    "pointsbank.sheets",
    "pointsbank.web.first_day.steps",
    "pointsbank.web.pages",
}
"""Packages whose modules are found by `registers.discover` and imported by nobody by name."""
WITHOUT_A_DOOR: set[str] = set()
"""Modules whose verbs are tested and which no page, program or command reaches yet."""
IN_A_CHILD = {
    "pointsbank.isolated.child",
    "pointsbank.omr.sending",
    "pointsbank.photos.redrawing",
    "pointsbank.practice.child",
}
"""Modules that are named to a process of their own, which loads them."""
ROOMS = CAPABILITIES | {
    "imports",
    "jobs",
    "law",
    "lists",
    "printing",
    "sample",
    "sheets",
    "spreadsheets",
    "watermark",
}


def test_the_import_contracts_hold():
    # In a process of its own: it disables every logger that there is, and later tests would hear nothing.
    checking = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", checking], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


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


def test_a_front_door_exports_what_other_rooms_use():
    used = {name for module in modules("pointsbank", "scripts") for name in _used_of_doors(module)}
    unused = [
        f"{room}.{name}"
        for room in sorted(ROOMS)
        for name in _exported(room)
        if (room, name) not in used and name != "problems"
    ]

    assert not unused


def test_no_front_door_exports_a_refusal():
    refusals = [
        f"{room}.{name}"
        for room in sorted(ROOMS)
        for name in _exported(room)
        if isinstance(getattr(importlib.import_module(f"pointsbank.{room}"), name), type)
        and issubclass(getattr(importlib.import_module(f"pointsbank.{room}"), name), Problem)
    ]

    assert not refusals


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

    assert set(dead) == WITHOUT_A_DOOR | IN_A_CHILD


def test_no_test_mocks_our_own_code():
    names = ("unittest" + ".mock", "pytest" + "_mock")
    mocking = [module.place for module in modules("tests") if any(name in module.text for name in names)]

    assert not mocking


def _exported(room: str) -> list[str]:
    """The names at a room's front door: what it imports from its own modules, and its functions."""
    [door] = [module for module in modules("pointsbank") if module.name == f"pointsbank.{room}"]
    found = []
    for node in door.tree.body:
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"pointsbank.{room}."):
            found += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.FunctionDef):
            found.append(node.name)
    return found


def _imported(module: Module) -> list[str]:
    """The modules of ours that a module names in its imports."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
    return [name for name in found if name.startswith("pointsbank.")]


def _used_of_doors(module: Module) -> Iterator[tuple[str, str]]:
    """Yield room and name of everything that a module takes from the front doors of other rooms."""
    doors = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "pointsbank":
            doors |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pointsbank."):
            room = node.module.removeprefix("pointsbank.")
            yield from ((room, alias.name) for alias in node.names if not _is_inside(module, room))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in doors:
            room = doors[node.value.id]
            if not _is_inside(module, room):
                yield room, node.attr


def _is_inside(module: Module, room: str) -> bool:
    return f"{module.name}.".startswith(f"pointsbank.{room}.")


def _is_behind_a_door(target: str) -> bool:
    """Whether a module lies inside a room rather than at its door."""
    parts = target.split(".")
    return len(parts) > 2 and parts[1] in ROOMS and parts[2:] != ["problems"]
