"""Chooses the tests that a change touches: `python -m scripts.selecting [COMMIT]` prints them, nearest first.

Data: changed files against a commit, the import graph of `pointsbank`, and what each test file imports. The
distance of a test file is 0 where it or a module it imports changed, 1 where it imports an importer of one, 2
where it does so at any remove. Files are taken by distance until `BUDGET` tests.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 45
"""Test functions that a process runs in about five seconds on SQLite, beside those of `READERS`."""

READERS = tuple(
    f"tests/house/test_{name}.py"
    for name in ("labels", "permissions", "reference", "sizes", "statements", "words")
)
"""Tests that read the whole source in a few seconds; they run whatever changed in it."""

REGISTERS = {
    "pointsbank/labels/": ("tests/house/test_labels.py",),
    "pointsbank/law/": ("tests/law/test_rules.py",),
    "pointsbank/scoring/shapes/": ("tests/scoring/test_shape_register.py", "tests/scoring/test_shapes.py"),
    "pointsbank/sheets/": ("tests/sheets/test_every_sheet.py",),
    "pointsbank/web/pages/": ("tests/web/test_page.py", "tests/web/test_access.py"),
}
"""Packages whose modules are found by their place and imported by nobody, with the tests of each."""

NEVER = ("tests/faults/", "tests/model/", "tests/api/test_contract.py")
"""Tests that kill processes, take random walks or try every route: for the whole suite."""

BESIDE = {
    "templates/": ("tests/web/",),
    "migrations/": ("tests/keeping/", "tests/house/test_tables.py"),
    **REGISTERS,
}
"""Tests of what Python does not import, by the place of what changed."""


@dataclass(frozen=True)
class Selection:
    """The test files to run, and those that the change touches too but that are left to the whole suite."""

    changed: tuple[str, ...]
    tests: tuple[str, ...]
    left_out: tuple[str, ...]


def select(
    changed: Iterable[str],
    *,
    tests: Mapping[str, str],
    direct: Mapping[str, set[str]],
    downstream: Mapping[str, set[str]],
    budget: int = BUDGET,
) -> Selection:
    """Choose test files by distance from what changed.

    Args:
        changed: paths from the top of the checkout.
        tests: every test file with its text.
        direct: the modules that import a module directly.
        downstream: the modules that import it at any remove.
        budget: test functions at most; files that changed themselves are always taken.

    Example:
        >>> texts = {"tests/test_a.py": "from pointsbank.a import f", "tests/test_b.py": ""}
        >>> select(["pointsbank/a.py"], tests=texts, direct={}, downstream={}).tests
        ('tests/test_a.py',)
    """
    changed = tuple(sorted(changed))
    modules = {_module(path) for path in changed if path.startswith("pointsbank/") and path.endswith(".py")}
    near = modules | {one for module in modules for one in direct.get(module, ())}
    far = near | {one for module in modules for one in downstream.get(module, ())}
    distances: dict[str, int] = {}
    for path, text in tests.items():
        if path.startswith(NEVER):
            continue
        used = _uses(text)
        reached = [used & modules, used & near, used & far]
        if path in changed or _beside(path, changed):
            distances[path] = 0
        elif any(reached):
            distances[path] = next(place for place, found in enumerate(reached) if found)
    readers = [path for path in READERS if path in tests and modules]
    for path in readers:
        distances.pop(path, None)
    chosen, left, count = [], [], 0
    for path in sorted(distances, key=lambda path: (distances[path], not _same_room(path, modules), path)):
        count += len(re.findall(r"^(?:    )?def test_", tests[path], re.MULTILINE))
        (chosen if count <= budget or path in changed else left).append(path)
    return Selection(changed, (*chosen, *readers), tuple(left))


def changed_files(since: str | None = None) -> list[str]:
    """List what differs from a commit, with files not added yet.

    Args:
        since: by default where this branch left `main`; on `main` the last commit, if all is committed.
    """
    if since is None:
        base = _git("merge-base", "HEAD", "main") or _git("merge-base", "HEAD", "origin/main")
        since = base if base and base != _git("rev-parse", "HEAD") else ""
        since = since or ("HEAD" if _git("status", "--porcelain") else "HEAD~1")
    names = _git("diff", "--name-only", since) + "\n" + _git("ls-files", "--others", "--exclude-standard")
    return [name for name in names.splitlines() if name]


def main(arguments: list[str]) -> None:
    """Print the selection as JSON."""
    graph = grimp.build_graph("pointsbank")
    changed = changed_files(*arguments[:1])
    modules = [module for module in map(_module, changed) if module in graph.modules]
    tests = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    found = select(
        changed,
        tests=tests,
        direct={module: graph.find_modules_that_directly_import(module) for module in modules},
        downstream={module: graph.find_downstream_modules(module) for module in modules},
    )
    sys.stdout.write(json.dumps({"tests": found.tests, "left_out": found.left_out, "changed": found.changed}))


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _uses(text: str) -> set[str]:
    """Return the modules of ours that a test file imports, with names taken from them."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pointsbank"):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found - {"pointsbank"}


def _beside(path: str, changed: Iterable[str]) -> bool:
    """Return True for tests of templates or migrations when one of these changed."""
    return any(path.startswith(BESIDE[top]) for top in BESIDE if any(one.startswith(top) for one in changed))


def _same_room(path: str, modules: Iterable[str]) -> bool:
    """Return True where a test file lies in the folder named after a changed package."""
    return path.split("/")[1] in {module.split(".")[1] for module in modules if "." in module}


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    main(sys.argv[1:])
