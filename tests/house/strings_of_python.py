"""Takes the words out of Python: what a module shows to people, not what it reads or explains."""

import ast
import inspect
import re
from itertools import accumulate
from typing import NamedTuple

from tests.house.source import Module

CHINESE = re.compile("[\u3400-\u9fff]")

PATTERN_FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
"""Functions of `re`, whose arguments are read by it alone."""

READING_METHODS = {
    *("startswith", "endswith", "removeprefix", "removesuffix", "strip", "rstrip", "lstrip"),
    *("split", "partition", "rpartition", "maketrans", "find", "count"),
}
"""Methods that look for a word and do not show it."""

READ_ARGUMENTS = {"spellings", "pattern", "unless", "roundabout", "stops", "passes"}
"""Words that imports accept, and what a rule of law reads and is tried with."""

_EXPLAINED = re.compile("[^\x00-\x7f]+: ")
"""How an English docstring begins that explains a Chinese word."""


class Text(NamedTuple):
    """A text, the name at the top of the module that holds it, and the `argument=` or attribute it is."""

    holder: str
    kind: str
    text: str


def texts_in_module(module: Module) -> list[Text]:
    """Return every text of a module that people see.

    Docstrings explain, patterns and comparisons read: neither is shown; but a docstring in Chinese is the
    help of a command. A text that is put together is one, with its expressions as named placeholders.
    """
    if not CHINESE.search(module.text):
        return []  # not even parsed: what takes longest here
    reader = _Reader(module.text)
    for statement in module.tree.body:
        reader.holder = _name(statement)
        reader.visit(statement)
    return reader.found


class _Reader:
    """Collects the texts of statements, in order."""

    def __init__(self, source: str) -> None:
        self.found: list[Text] = []
        self.holder = ""
        self.kind = ""
        lines = source.splitlines()
        self._chinese = [0, *accumulate(bool(CHINESE.search(line)) for line in lines)]
        """How many lines above each hold Chinese: most of a module holds none and is passed over."""

    def visit(self, node: ast.AST) -> None:
        """Read a node and what is inside it."""
        if isinstance(node, ast.expr | ast.stmt):
            end = node.end_lineno or node.lineno
            if self._chinese[end] == self._chinese[node.lineno - 1]:
                return
        match node:
            case ast.Constant():
                self._keep(node)
            case ast.Expr(value=ast.Constant(value=str() as docstring) as constant):
                if CHINESE.match(docstring) and not _EXPLAINED.match(docstring):
                    self._of_kind("docstring", constant)
            case ast.Compare() | ast.MatchValue():
                return
            case ast.Assign(targets=[ast.Name(id=name), *_]):
                self._of_kind(name, node.value)
            case ast.Call():
                self._call(node)
            case ast.JoinedStr():
                self._keep(node)
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        self.visit(part.value)
            case ast.BinOp(op=ast.Add()) if _is_text(node):
                self._keep(node)
            case _:
                for child in ast.iter_child_nodes(node):
                    self.visit(child)

    def _call(self, node: ast.Call) -> None:
        read = 0
        if isinstance(node.func, ast.Attribute):
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if node.func.attr in (PATTERN_FUNCTIONS if of_re else READING_METHODS):
                read = len(node.args)
            elif node.func.attr == "replace":
                read = 1
        self.visit(node.func)
        for argument in node.args[read:]:
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg not in READ_ARGUMENTS:
                self._of_kind(f"{keyword.arg}=", keyword.value)

    def _of_kind(self, kind: str, node: ast.expr) -> None:
        before, self.kind = self.kind, kind
        self.visit(node)
        self.kind = before

    def _keep(self, node: ast.expr) -> None:
        text = inspect.cleandoc(written(node)) if self.kind == "docstring" else written(node)
        is_pattern = "|" in text and "“" not in text
        if CHINESE.search(text) and not is_pattern:
            self.found.append(Text(self.holder, self.kind, text))


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) and _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def written(node: ast.expr) -> str:
    """Return a string as a sentence with named placeholders; anything else as a placeholder.

    Example:
        >>> written(ast.parse('f"{goods.name}只剩{max(left, 0)}件" "。"', mode="eval").body)
        '{name}只剩{left}件。'
    """
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant():
            return ""
        case ast.JoinedStr():
            return "".join(written(part) for part in node.values)
        case ast.BinOp(op=ast.Add()):
            return written(node.left) + written(node.right)
        case ast.FormattedValue():
            return f"{{{name_of(node.value)}}}"
    return f"{{{name_of(node)}}}"


def name_of(expression: ast.expr) -> str:
    """Return the name under which an expression's value stands in a sentence."""
    match expression:
        case ast.Name():
            return expression.id.lower().lstrip("_")
        case ast.Attribute():
            return expression.attr.lower().lstrip("_")
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            return key
        case ast.Subscript():
            return name_of(expression.value)
        case ast.Call():
            return _name_of_call(expression)
        case ast.IfExp():
            return name_of(expression.test)
        case ast.GeneratorExp() | ast.ListComp():
            return name_of(expression.generators[0].iter)
    children = [child for child in ast.iter_child_nodes(expression) if isinstance(child, ast.expr)]
    return name_of(children[0]) if children else "value"


def _name_of_call(call: ast.Call) -> str:
    """Return {left} for points.show(left), {at} for at.astimezone(SHANGHAI), {names} for "、".join(names)."""
    for argument in call.args:
        is_constant = isinstance(argument, ast.Name | ast.Attribute) and ast.unparse(argument).isupper()
        if not (is_constant or isinstance(argument, ast.Constant) or name_of(argument) == "session"):
            return name_of(argument)
    method = call.func
    return name_of(method.value if call.args and isinstance(method, ast.Attribute) else method)


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""
