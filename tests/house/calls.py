"""Which function calls which, read from the source: names are followed through imports and front doors.

A call on a value (`sheet.gather()`) cannot be followed; what it does in a transaction is seen when it runs.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.house.source import Function, Module, modules


@dataclass(frozen=True)
class Place:
    """A stretch of code: a function, or the block of a `with`."""

    module: Module
    name: str
    nodes: tuple[ast.AST, ...]

    def __str__(self) -> str:
        """Where it is."""
        return f"{self.module.place}: {self.name}"


@cache
def functions() -> dict[str, Place]:
    """Every function of the product by its dotted name; a method by that of its class."""
    found = {}
    for module in modules("pointsbank"):
        for node in module.tree.body:
            if isinstance(node, Function):
                found[f"{module.name}.{node.name}"] = Place(module, node.name, tuple(node.body))
            elif isinstance(node, ast.ClassDef):
                for method in (each for each in node.body if isinstance(each, Function)):
                    name = f"{node.name}.{method.name}"
                    found[f"{module.name}.{name}"] = Place(module, name, tuple(method.body))
    return found


def writing(module: Module) -> Iterator[Place]:
    """What runs inside a transaction that writes: the block of the `with`, and whatever takes its session."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.With) and any(_opens(item.context_expr) for item in node.items):
            yield Place(module, f"line {node.lineno}", tuple(node.body))
        elif isinstance(node, Function) and _takes_session(node):
            yield Place(module, node.name, tuple(node.body))
        elif isinstance(node, ast.Lambda) and [each.arg for each in node.args.args] in (
            ["session"],
            ["writing"],
        ):
            yield Place(module, f"line {node.lineno}", (node.body,))


def used(module: Module) -> set[str]:
    """Return the dotted names of what a module calls or hands on, as far as they can be told."""
    return used_names(module, module.tree)


def used_names(module: Module, tree: ast.AST) -> set[str]:
    """Return the dotted names of what a part of a module calls or hands on."""
    names = _names(module)
    found = (
        _dotted(node, names, module) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)
    )
    return {name for name in found if name is not None}


def slow_calls(place: Place, slow: frozenset[str]) -> list[str]:
    """Return the ways from a place to something slow, each as the names on the way."""
    return [" → ".join(way) for way in _ways(place, slow, ())]


def _ways(place: Place, slow: frozenset[str], seen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name in _called(place):
        if name in slow or (name not in functions() and f"?.{name.rpartition('.')[2]}" in slow):
            yield (*seen, name)
        elif name not in seen and (inside := functions().get(name)) is not None:
            yield from _known_ways(name, inside, slow, seen)


def _known_ways(
    name: str, place: Place, slow: frozenset[str], seen: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if name not in _quick:
        found = list(_ways(place, slow, (*seen, name)))
        if not found:
            _quick.add(name)
        yield from found


_quick: set[str] = set()
"""Functions from which nothing slow is reached."""


@cache
def _called(place: Place) -> tuple[str, ...]:
    """The dotted names of what is called here, as far as they can be told; each once."""
    names = _names(place.module)
    found = dict.fromkeys(
        name
        for node in place.nodes
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and (name := _dotted(call.func, names, place.module)) is not None
    )
    return tuple(found)


def _dotted(node: ast.expr, names: dict[str, str], module: Module) -> str | None:
    """The dotted name of an expression: a method of an unknown value is `?.name`."""
    if isinstance(node, ast.Name):
        own = f"{module.name}.{node.id}"
        return _definition(names.get(node.id, own if own in functions() else f"builtins.{node.id}"))
    if isinstance(node, ast.Attribute):
        root: ast.expr = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and root.id in names:
            return _definition(f"{_dotted(node.value, names, module)}.{node.attr}")
        return f"?.{node.attr}"
    return None


def _definition(name: str) -> str:
    """The name under which something is defined, where a front door hands it on."""
    door, _, attribute = name.rpartition(".")
    doors = _doors()
    for _ in range(5):
        if name in functions() or door not in doors or attribute not in doors[door]:
            break
        name = doors[door][attribute]
        door, _, attribute = name.rpartition(".")
    return name


@cache
def _doors() -> dict[str, dict[str, str]]:
    return {module.name: _names(module) for module in modules("pointsbank")}


@cache
def _names(module: Module) -> dict[str, str]:
    """What the names imported by a module stand for."""
    found = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                found[each.asname or each.name.partition(".")[0]] = (
                    each.name if each.asname else each.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                found[each.asname or each.name] = f"{node.module}.{each.name}"
    return found


def _opens(expression: ast.expr) -> bool:
    """Whether this opens a transaction that writes: `database.writing()`, whatever the database is called."""
    return (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr == "writing"
    )


def _takes_session(function: Function) -> bool:
    """Whether somebody else's transaction is handed in: then nobody here knows who waits for it."""
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return bool(first) and first[0].annotation is not None and ast.unparse(first[0].annotation) == "Session"
