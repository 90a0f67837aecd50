"""Every module and public name opens with a line a village clerk could follow; no name says nothing."""

import ast
from collections.abc import Iterator

from tests.house.source import Module, modules

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}


def test_every_module_says_what_it_is_for():
    silent = [
        module.place
        for module in modules("pointsbank", "scripts", "migrations")
        if not ast.get_docstring(module.tree)
    ]

    assert not silent


def test_every_public_function_and_class_opens_with_one_line():
    silent = [name for module in modules("pointsbank", "scripts") for name in _silent(module)]

    assert not silent


def test_no_module_is_called_by_a_name_that_says_nothing():
    empty = [
        module.place
        for module in modules("pointsbank", "scripts", "tests")
        if module.path.stem in EMPTY_NAMES
    ]

    assert not empty


def _silent(module: Module) -> Iterator[str]:
    """The public functions, classes and methods without a docstring."""
    for node in module.tree.body:
        for inner in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            named = isinstance(inner, ast.FunctionDef | ast.ClassDef) and not inner.name.startswith("_")
            inside_private = isinstance(node, ast.ClassDef) and node.name.startswith("_")
            if named and not inside_private and not _is_overload(inner) and not ast.get_docstring(inner):
                yield f"{module.place}: {inner.name}"


def _is_overload(node: ast.AST) -> bool:
    """Marshmallow's hooks and typing's overloads speak through what they decorate."""
    return any(
        isinstance(mark, ast.Name) and mark.id == "overload" for mark in getattr(node, "decorator_list", [])
    )
