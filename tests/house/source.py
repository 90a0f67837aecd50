"""Reads the project's own source, for the rules of the house."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path

    @cached_property
    def place(self) -> str:
        """Where it is, from the top of the checkout."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text("utf-8")

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return _parsed(self.path)

    def functions(self) -> list[Function]:
        """Its functions and methods; one inside another counts as part of it."""
        found: list[Function] = []
        waiting: list[ast.AST] = list(self.tree.body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, Function):
                found.append(node)
            else:
                # No expression holds a function: half of this module's time went into looking.
                waiting += [inner for block in _BLOCKS for inner in getattr(node, block, ())]
        return found


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def modules(*folders: str) -> list[Module]:
    """The modules under these folders, in order."""
    return [module for folder in folders for module in _modules(ROOT / folder)]


@cache
def _modules(folder: Path) -> tuple[Module, ...]:
    return tuple(Module(path) for path in sorted(folder.rglob("*.py")))


def length_of(function: Function) -> int:
    """Return a function's lines from its `def` to its end, without its docstring."""
    assert function.end_lineno is not None
    whole = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is None or first.end_lineno is None:
        return whole
    return whole - (first.end_lineno - first.lineno + 1)


def body_length_of(function: Function) -> int:
    """A function's lines without signature and docstring: what it does."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    assert function.end_lineno is not None
    return function.end_lineno - body[0].lineno + 1


def tracked_texts() -> list[Path]:
    """Every text file that is, or is about to be, in the repository."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    names = told.stdout.splitlines() if told.returncode == 0 else []
    found = [ROOT / name for name in names] or [path for path in ROOT.rglob("*") if ".venv" not in path.parts]
    binary = {".pdf", ".png", ".ico", ".woff", ".woff2", ".ttf", ".gz", ".xls", ".xlsx", ".ods"}
    return [path for path in found if path.is_file() and path.suffix not in binary]
