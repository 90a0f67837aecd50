"""Misspells columns in a module's source, to see whether the type checker notices."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.source import Function

WRONG = "_misspelt"
Fields = dict[str, set[str]]


@dataclass(frozen=True, order=True)
class Column:
    """A column named in the source: where its name ends (line and byte), and how it is named.

    `reported` is the line at which the type checker speaks of it: a call's keywords at its first line.
    """

    line: int
    end: int
    name: str
    kind: str
    reported: int


def columns(tree: ast.Module, fields: Fields) -> list[Column]:
    """Return the columns that a module names, in order.

    Kinds: `mapped` is `Row.x`; `new` a keyword of `Row(x=…)`; `read` and `set` a field of what a statement
    returned or a parameter holds; `core` is `table.c.x`; `values` a keyword of `.values(x=…)`. Two kinds have
    no name to misspell: `getattr` is `getattr(Row, name)`, `insert` is `insert(Row)`.

    Args:
        fields: the columns of each table's class, by its name; those of the module's own rows are added.
    """
    fields = {**fields, **_own_rows(tree)}
    found = {column for node in ast.walk(tree) for column in _named(node, fields)}
    for node in ast.walk(tree):
        if isinstance(node, Function):
            found |= set(_read(node, fields))
    return sorted(found)


def misspell(text: str, wrong: list[Column]) -> str:
    """Return a module's text with a few letters more behind the name of each of these columns."""
    lines = [line.encode() for line in text.split("\n")]
    for column in sorted((column for column in wrong if column.name), reverse=True):
        line = lines[column.line - 1]
        lines[column.line - 1] = line[: column.end] + WRONG.encode() + line[column.end :]
    return b"\n".join(lines).decode()


def _named(node: ast.AST, fields: Fields) -> Iterator[Column]:
    """Yield the columns that one node names by its table."""
    match node:
        case ast.Attribute(value=ast.Name(id=row), attr=name) if name in fields.get(row, ()):
            yield _ending(node, "mapped")
        case ast.Attribute(value=ast.Attribute(attr="c")):
            yield _ending(node, "core")
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=row), ast.expr()]) if row in fields:
            yield Column(node.lineno, 0, "", "getattr", node.lineno)
        case ast.Call(func=ast.Name(id="insert") | ast.Attribute(attr="insert"), args=[ast.Name()]):
            yield Column(node.lineno, 0, "", "insert", node.lineno)
        case ast.Call(func=ast.Name(id=row), keywords=keywords) if row in fields:
            yield from (_keyword(each, "new", node) for each in keywords if each.arg in fields[row])
        case ast.Call(func=ast.Attribute(attr="values"), keywords=keywords):
            yield from (_keyword(each, "values", node) for each in keywords if each.arg)


def _ending(node: ast.Attribute, kind: str) -> Column:
    """Return the column whose name ends an expression."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return Column(node.end_lineno, node.end_col_offset, node.attr, kind, node.lineno)


def _keyword(node: ast.keyword, kind: str, call: ast.Call) -> Column:
    """Return the column that a call's keyword names."""
    assert node.arg is not None
    return Column(node.lineno, node.col_offset + len(node.arg), node.arg, kind, call.lineno)


def _own_rows(tree: ast.Module) -> Fields:
    """Return the fields of the named tuples and dataclasses that a module makes of rows."""
    into = set(re.findall(r"into=(\w+)", ast.unparse(tree)))
    return {
        node.name: {
            line.target.id
            for line in node.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        }
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in into
    }


def _read(function: Function, fields: Fields) -> Iterator[Column]:
    """Yield the fields that a function reads of rows."""
    held: dict[str, str] = {}
    for node in ast.walk(function):
        match node:
            case ast.arg(arg=name, annotation=ast.expr() as annotation):
                held[name] = ast.unparse(annotation).removesuffix(" | None")
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                held[name] = _returned(value, held)
            case (
                ast.For(target=ast.Name(id=name), iter=value)
                | ast.comprehension(target=ast.Name(id=name), iter=value)
            ):
                held[name] = _returned(value, held)
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                if attribute in fields.get(held.get(name, ""), ()):
                    yield _ending(node, "set" if isinstance(node.ctx, ast.Store) else "read")


def _returned(value: ast.expr, held: dict[str, str]) -> str:
    """Return the class of the rows that an expression gives, as far as it says so itself."""
    text = ast.unparse(value)
    found = re.search(r"into=(\w+)|session\.get\((\w+),|select\((\w+)\)", text)
    if found:
        return next(group for group in found.groups() if group)
    name = re.match(r"session\.exec\((\w+)|^(\w+)$", text)
    return held.get(next(filter(None, name.groups())), "") if name else ""
