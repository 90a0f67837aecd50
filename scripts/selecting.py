"""Chooses the tests that a change touches: `python -m scripts.selecting [COMMIT]` prints them, nearest first.

Data: changed files against a commit, the import graph of `pointsbank`, and what each test file imports. The
distance of a test file is 0 where it or a module it imports changed, 1 where it imports an importer of one, 2
where it does so at any remove. Files are taken by distance, of those equally far the ones first that use
little else, as long as they fit into `BUDGET` tests. Beside them run the tests of a register that gained or
changed a module, and those that read the whole source (`READERS`), where the change holds what they look for.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 35
"""Test functions that a process runs in about five seconds on SQLite, beside those of `READERS`."""

AT_THE_EDGE = ("tests/api/", "tests/cli/", "tests/web/")
"""Tests that drive the whole program from outside: each counts as three."""

READERS = {
    "sizes": "",
    "words": "",
    "labels": r"Labels\b|Enum\b|CheckConstraint|one_of\(|[\"']: \"[\u4e00-\u9fff]",
    "permissions": r"Permission\b|Control\b|page\.(get|post|form|action)\b|routes\.",
    "reference": r"\((Problem|Invalid|NotAllowed|NotFound|Refused)\b|click\.|Sheet\(|page\.",
    "statements": r"\b(select\w*|insert|update|delete|text|execute\w*|fetch|exec)\(",
}
"""Tests of the house that read the whole source: what a changed module holds when they matter.

A module of which nothing is known, as one that was removed, matters to all.
"""

REGISTERS = {
    "pointsbank/labels/": ("tests/house/test_labels.py",),
    "pointsbank/law/": ("tests/law/test_rules.py",),
    "pointsbank/scoring/shapes/": ("tests/scoring/test_shape_register.py", "tests/scoring/test_shapes.py"),
    "pointsbank/sheets/": ("tests/sheets/test_every_sheet.py",),
    "templates/": ("tests/house/test_templates.py", "tests/house/test_forms.py"),
    "pointsbank/web/pages/": (
        "tests/house/test_forms.py",
        "tests/house/test_templates.py",
        "tests/web/test_page.py",
        "tests/web/test_access.py",
    ),
}
"""Packages whose modules are found by their place and imported by nobody, with the tests of each."""

NEVER = re.compile(
    "tests/(faults|model)/|tests/api/test_contract.py|tests/house/test_(starting|extension).py|.*_taken_out.py"
)
"""Tests that start, doctor or kill programs, take random walks or try every route: for the whole suite."""

BESIDE = {
    "templates/": ("tests/web/",),
    "migrations/": ("tests/keeping/", "tests/house/test_tables.py"),
}
"""Tests of what Python does not import, by the place of what changed, as far as they fit."""


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
    texts: Mapping[str, str] | None = None,
    budget: int = BUDGET,
) -> Selection:
    """Choose test files by distance from what changed.

    Args:
        changed: paths from the top of the checkout.
        tests: every test file with its text.
        direct: the modules that import a module directly.
        downstream: the modules that import it at any remove.
        texts: what the changed files say now.
        budget: test functions at most; files that changed themselves are always taken.

    Example:
        >>> tests = {"tests/test_a.py": "from pointsbank.a import f", "tests/test_b.py": ""}
        >>> select(["pointsbank/a.py"], tests=tests, direct={}, downstream={}).tests
        ('tests/test_a.py',)
    """
    changed = tuple(sorted(changed))
    modules = {_module(path) for path in changed if path.startswith("pointsbank/") and path.endswith(".py")}
    near = modules | {one for module in modules for one in direct.get(module, ())}
    far = near | {one for module in modules for one in downstream.get(module, ())}
    said = [(texts or {}).get(path, "") for path in changed if _module(path) in modules]
    always = [path for path in dict.fromkeys([*_registers(changed), *_readers(said)]) if path in tests]
    distances: dict[str, tuple[int, bool, int]] = {}
    for path, text in tests.items():
        used = _uses(text)
        reached = [used & modules, used & near, used & far]
        if NEVER.match(path) or path in always:
            continue
        if path in changed or _beside(path, changed):
            distances[path] = (0, not _same_room(path, modules), 0)
        elif any(reached):
            far_off = next(place for place, found in enumerate(reached) if found)
            distances[path] = (far_off, not _same_room(path, modules), len(used))
    chosen, left, count, farthest = [], [], 0, 2
    for path in sorted(distances, key=lambda path: (distances[path], path)):
        cost = len(re.findall(r"^(?:    )?def test_", tests[path], re.MULTILINE)) * _weight(path)
        fits = count + cost <= budget and distances[path][0] <= farthest
        if fits:
            count += cost
        elif path not in changed:
            # What is farther away than something left out is not worth its time.
            farthest = min(farthest, distances[path][0])
        (chosen if fits or path in changed else left).append(path)
    return Selection(changed, (*chosen, *always), tuple(left))


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
        texts={path: (ROOT / path).read_text("utf-8") for path in changed if (ROOT / path).suffix == ".py"},
    )
    sys.stdout.write(json.dumps({"tests": found.tests, "left_out": found.left_out, "changed": found.changed}))


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _uses(text: str) -> frozenset[str]:
    """Return the modules of ours that a test file imports, with names taken from them."""
    found = set[str]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pointsbank"):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found - {"pointsbank"})


def _beside(path: str, changed: Iterable[str]) -> bool:
    """Return True for tests of templates or migrations when one of these changed."""
    return any(path.startswith(BESIDE[top]) for top in BESIDE if any(one.startswith(top) for one in changed))


def _registers(changed: Iterable[str]) -> list[str]:
    """Return the tests of the registers of which a module changed."""
    changed = list(changed)
    return [
        path
        for top, paths in REGISTERS.items()
        if any(one.startswith(top) for one in changed)
        for path in paths
    ]


def _readers(said: Iterable[str]) -> list[str]:
    """Return the tests that read the whole source and matter to changed modules that say this."""
    said = list(said)
    return [
        f"tests/house/test_{name}.py"
        for name, pattern in READERS.items()
        if any(not text or re.search(pattern, text) for text in said)
    ]


def _weight(path: str) -> int:
    return 3 if path.startswith(AT_THE_EDGE) else 1


def _same_room(path: str, modules: Iterable[str]) -> bool:
    """Return True where a test file lies in the folder named after a changed package."""
    return path.split("/")[1] in {module.split(".")[1] for module in modules if "." in module}


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    main(sys.argv[1:])
