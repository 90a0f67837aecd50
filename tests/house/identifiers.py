"""Words that are not used as names, with what to write instead."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Function, Module, modules

INSTEAD = {
    "ask": "fetch, request, query",
    "bench": "context",
    "desk": "context",
    "does": "the HTTP method",
    "gives": "response",
    "hangs": "is_published",
    "heard": "entries, received",
    "held": "locked, kept, run_catching_refusals",
    "hopeless": "too_many_findings",
    "insist": "check",
    "late": "LazyModule for a module; `late` is a score entered after its month closed",
    "least": "minimum",
    "look": "access",
    "looks": "accesses",
    "most": "maximum",
    "past": "prior, earlier",
    "room": "space, remaining, allowance",
    "said": "private, quoted",
    "takes": "arguments",
    "tell": "echo, notify",
    "tells": "describes",
    "told": "notified, verified",
    "understand": "resolve, parse",
    "worth": "points_for, value",
}
PHRASES = re.compile(r"at_(most|least)|held_on|look(ing)?_up|_late\b|^late$", re.IGNORECASE)
"""Where these words are the field's own: `at_most` beside a bound, `look_up`, a late score,
the day on which a meeting was held."""


def unfit_words(unit: str) -> list[str]:
    """Return the names of a package that hold a word of the list."""
    found = []
    for module, node, name in _names(unit):
        parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", PHRASES.sub("", name))
        for word in sorted({part.lower() for part in parts} & INSTEAD.keys()):
            found.append(f"{module.place}:{node.lineno}: {name}: instead of “{word}”: {INSTEAD[word]}")
    return list(dict.fromkeys(found))


def own_names(unit: str) -> list[str]:
    """Return the functions of a package with a parameter of their own name."""
    return [
        f"{module.place}:{node.lineno}: {node.name}"
        for module in _of(unit)
        for node in ast.walk(module.tree)
        if isinstance(node, Function)
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if argument.arg == node.name
    ]


def _of(unit: str) -> list[Module]:
    return [
        module
        for module in modules("pointsbank")
        if module.place == unit or module.place.startswith(f"{unit}/")
    ]


def _names(unit: str) -> Iterator[tuple[Module, ast.stmt | ast.expr | ast.arg, str]]:
    """Walk every name that is defined: functions, classes, parameters, variables."""
    for module in _of(unit):
        for node in ast.walk(module.tree):
            if isinstance(node, Function | ast.ClassDef):
                yield module, node, node.name
            elif isinstance(node, ast.arg):
                yield module, node, node.arg
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield module, node, node.id
