"""Takes one rule out of a function of the program, and sees that the test of that rule misses it.

The function goes on in its place with other code: whoever calls it calls what production calls. A rule is an
expression as it stands in the source, there exactly once; a rule that was rewritten is named anew.
"""

import ast
import inspect
import itertools
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any, cast

import pytest
from sqlalchemy.exc import DBAPIError

from pointsbank.errors import Problem
from tests.founding import founded_anew

MISSED = (AssertionError, pytest.fail.Exception, Problem, DBAPIError, ValueError)
"""How a test fails that misses its rule: by an assertion, since nothing or something else is refused, or
since there is not the one thing that it takes. A name or type that is wrong in the stand-in is no miss."""


@dataclass(frozen=True)
class TakenOut:
    """A rule, what stands in its place, and the test that must then fail.

    Attributes:
        function: where the rule stands, on the path of production.
        rule: the expression, as it is written; white space and quotes do not matter.
        instead: another expression, in names that the function knows.
        test: a test function. Without `given` every case of its parametrization is tried, and one must fail.
        given: its arguments that are no fixtures.
    """

    function: Callable[..., Any]
    rule: str
    instead: str
    test: Callable[..., Any]
    given: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return where the rule stands and what it is, for the name of the test."""
        return f"{self.function.__qualname__}: {self.rule}"


@contextmanager
def taken_out(function: Callable[..., Any], rule: str, instead: str) -> Iterator[None]:
    """Let a function run without a rule until the block ends."""
    plain = cast(FunctionType, inspect.unwrap(function))
    kept, plain.__code__ = plain.__code__, _without(plain, rule, instead)
    try:
        with founded_anew():
            yield
    finally:
        plain.__code__ = kept


def check(one: TakenOut, request: pytest.FixtureRequest) -> None:
    """Run the test of a rule with the rule taken out; raises unless it fails by its own assertion."""
    wanted = inspect.signature(one.test).parameters
    cases = [dict(one.given)] if one.given else list(_cases(one.test))
    named = {name for name in wanted if name not in cases[0]}
    # A test of both databases is tried on one: whether the rule is missed does not depend on it.
    given = {name: request.getfixturevalue(_ON_SQLITE.get(name, name)) for name in named}
    with taken_out(one.function, one.rule, one.instead):
        assert any(_misses(one.test, case | given) for case in cases), f"without its rule it passes: {one}"


_ON_SQLITE = {"database": "sqlite_database"}


def _misses(test: Callable[..., Any], given: dict[str, Any]) -> bool:
    try:
        test(**given)
    except MISSED:
        return True
    return False


def _cases(test: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    """Yield the arguments of each case of a test, as its marks say."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    ways = []
    for mark in marks:
        names = mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0]
        values = [value if len(names) > 1 else (value,) for value in mark.args[1]]
        ways.append([dict(zip(map(str.strip, names), value, strict=True)) for value in values])
    for way in itertools.product(*ways):
        yield {name: value for part in way for name, value in part.items()}


def _without(function: FunctionType, rule: str, instead: str) -> CodeType:
    """Compile a function's own source with one expression exchanged."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    change = _Exchange(ast.unparse(ast.parse(rule, mode="eval")), ast.parse(instead, mode="eval").body)
    tree = ast.fix_missing_locations(change.visit(tree))
    assert change.count == 1, f"{function.__qualname__} has {rule} {change.count} times: name the rule anew"
    assert isinstance(tree.body[0], ast.FunctionDef)
    tree.body[0].decorator_list = []
    compiled = compile(tree, inspect.getfile(function), "exec", dont_inherit=True)
    codes = [one for one in compiled.co_consts if isinstance(one, CodeType)]
    [code] = [one for one in codes if one.co_name == function.__name__]
    assert code.co_freevars == function.__code__.co_freevars, "a function within a function has no source"
    return code


class _Exchange(ast.NodeTransformer):
    """Puts another expression in the place of every one that is written like a rule."""

    def __init__(self, rule: str, instead: ast.expr) -> None:
        self.rule, self.instead, self.count = rule, instead, 0

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and ast.unparse(node) == self.rule:
            self.count += 1
            return self.instead
        return self.generic_visit(node)
