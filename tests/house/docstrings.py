"""Prints what the docstrings of a package lack: `python -m tests.house.docstrings pointsbank/market`.

Three rules of docs/writing.md are read from the source. The first line of a public function begins with a
verb. Every exception that a function raises, itself or through functions of its own module, is named in its
docstring. A verb of a front door also names the refusals of the functions it calls in other modules, or those
functions in backquotes, and shows an example. Names use none of the words of `identifiers.INSTEAD`, and no
function has a parameter of its own name.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.house.identifiers import own_names, unfit_words
from tests.house.source import Function, Module, modules

NOT_A_VERB = set(
    """
    What Whether How Who Whom Whose Where When Why Which That This These Those There Here A An The
    One Two Each Every Everybody Everything Everyone Somebody Someone Something Nobody Nothing None
    No Not Any All Some Many Most Both Either As If In On At Of For From By With Without To Is Are
    Was Has Have Had It Its They He She We True False Only Also Once Because Points Days Rows Names
    Words Today Yesterday So Such Same Other Another Anything Anybody Who's Whatever Whoever Like
    Unlike Below Above Beside Before After Until While And Or But First Last Next Previous New Old
    Own
    """.split()  # noqa: SIM905
)
SURELY_A_VERB = {
    "Pass",
    "Process",
    "Address",
    "Press",
    "Compress",
    "Cross",
    "Guess",
    "Access",
    "Discuss",
    "Canvas",
}
OUR_OWN_DEFECT = {"AssertionError", "NotImplementedError", "StopIteration", "SystemExit"}
CAPABILITIES = {"villages", "ledger", "roster", "staff", "scoring"} | {
    "publicity",
    "boards",
    "objections",
    "governing",
    "market",
    "proof",
    "households",
    "approvals",
}


@dataclass(frozen=True)
class Place:
    """A function and the module it stands in; a method carries its class."""

    module: Module
    function: Function
    owner: str = ""

    @property
    def name(self) -> str:
        """The function's name, behind that of its class."""
        return f"{self.owner}.{self.function.name}" if self.owner else self.function.name

    @property
    def doc(self) -> str:
        """The docstring."""
        return ast.get_docstring(self.function) or ""

    def __str__(self) -> str:
        return f"{self.module.place}:{self.function.lineno}: {self.name}"


@dataclass(frozen=True)
class Call:
    """A call of a function of another module, with the exceptions that come out of it."""

    name: str
    raises: frozenset[str]


def missing_verbs(unit: str) -> list[str]:
    """Return the public functions of a package whose first line does not begin with a verb."""
    return [
        f"{place} begins with “{_first_word(place.doc)}”"
        for place in _public(unit)
        if place.doc and not _reads_otherwise(place.function) and not _begins_with_a_verb(place.doc)
    ]


def missing_raises(unit: str) -> list[str]:
    """Return the public functions of a package that do not name what they raise."""
    found = []
    for place in (one for one in _public(unit) if not _is_command(one.function)):
        unnamed = sorted(name for name in raised(place) if not _names(place.doc, name))
        if unnamed:
            found.append(f"{place} raises {', '.join(unnamed)}")
        elif raised(place) and not re.search(r"\b[Rr]aises\b", place.doc):
            found.append(f"{place} has no `Raises:`")
    return found


def missing_at_the_door(unit: str) -> list[str]:
    """Return the verbs of a front door that do not name refusals of the functions they call."""
    found = []
    for place in _verbs(unit):
        for call in calls(place):
            named = re.search(rf"`(\w+\.)*{call.name}`", place.doc)
            unnamed = sorted(name for name in call.raises if not _names(place.doc, name))
            if unnamed and not named:
                found.append(f"{place} calls `{call.name}`, which raises {', '.join(unnamed)}")
    return found


def missing_examples(unit: str) -> list[str]:
    """Return the verbs of a front door without an example."""
    return [str(place) for place in _verbs(unit) if not re.search(r"^\s*Examples?:", place.doc, re.MULTILINE)]


RULES = {
    "verb": missing_verbs,
    "raises": missing_raises,
    "door": missing_at_the_door,
    "example": missing_examples,
    "word": unfit_words,
    "name": own_names,
}


def units() -> list[str]:
    """Return the packages and single modules directly inside pointsbank."""
    return sorted({"/".join(module.place.split("/")[:2]) for module in modules("pointsbank")})


@cache
def raised(place: Place) -> frozenset[str]:
    """Return the exceptions that a function raises itself or through functions of its own module."""
    return frozenset(_walk(place, set())[0])


@cache
def calls(place: Place) -> tuple[Call, ...]:
    """Return the calls into other modules of ours that raise, also through functions of its own module."""
    return tuple(dict.fromkeys(_walk(place, set())[1]))


def _walk(place: Place, seen: set[str]) -> tuple[set[str], list[Call]]:
    """Collect exceptions and foreign calls of a function; `seen` stops circles."""
    seen.add(place.name)
    own, foreign = set[str](), list[Call]()
    for node, caught in _reachable(place.function.body, frozenset()):
        if isinstance(node, ast.Raise):
            name = _class_named(node.exc)
            if name and name not in OUR_OWN_DEFECT and not _is_caught(name, caught):
                own.add(name)
        elif isinstance(node, ast.Call):
            inner = _same_module(place, node.func)
            if inner is not None and inner.name not in seen:
                more, further = _walk(inner, seen)
                own |= {name for name in more if not _is_caught(name, caught)}
                foreign += [_without(call, caught) for call in further]
            elif inner is None:
                foreign += [_without(call, caught) for call in _elsewhere(place.module, node.func)]
    return own, [call for call in foreign if call.raises]


def _reachable(body: list[ast.stmt], caught: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """Walk statements; with each node, the exceptions that an enclosing `try` catches."""
    for node in body:
        yield from _nodes(node, caught)


def _nodes(node: ast.AST, caught: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """Walk one node as `_reachable` does."""
    if isinstance(node, ast.ClassDef | Function):
        return  # what an inner function raises, its caller meets
    if isinstance(node, ast.Try):
        handled = caught | {name for handler in node.handlers for name in _handled(handler)}
        yield from _reachable(node.body, handled)
        for handler in node.handlers:
            yield from _reachable(handler.body, caught)
        yield from _reachable([*node.orelse, *node.finalbody], caught)
        return
    yield node, caught
    for child in ast.iter_child_nodes(node):
        yield from _nodes(child, caught)


def _handled(handler: ast.ExceptHandler) -> list[str]:
    """Name the exceptions of one `except`."""
    if handler.type is None:
        return ["Exception"]
    each = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [ast.unparse(one).rpartition(".")[2] for one in each]


def _is_caught(name: str, caught: frozenset[str]) -> bool:
    """Tell whether an enclosing `try` catches this exception."""
    return name in caught or bool(caught & {"Exception", "BaseException", "Problem"})


def _without(call: Call, caught: frozenset[str]) -> Call:
    """Leave out what an enclosing `try` catches."""
    return Call(call.name, frozenset(name for name in call.raises if not _is_caught(name, caught)))


def _class_named(raised: ast.expr | None) -> str:
    """Name the class that a `raise` names; empty for a variable or a bare `raise`."""
    target = raised.func if isinstance(raised, ast.Call) else raised
    name = ast.unparse(target).rpartition(".")[2] if isinstance(target, ast.Name | ast.Attribute) else ""
    return name if name[:1].isupper() else ""


def _same_module(place: Place, called: ast.expr) -> Place | None:
    """Find the function or method of the same module that is called."""
    if isinstance(called, ast.Name):
        return _functions(place.module).get(called.id)
    if isinstance(called, ast.Attribute) and ast.unparse(called.value) in ("self", "cls"):
        return _functions(place.module).get(f"{place.owner}.{called.attr}")
    return None


def _elsewhere(module: Module, called: ast.expr) -> Iterator[Call]:
    """Find the function of another module that is called, with all that comes out of it."""
    target = _imported(module).get(ast.unparse(called).split(".")[0])
    if target is None or not isinstance(called, ast.Name | ast.Attribute):
        return
    path = [target, *ast.unparse(called).split(".")[1:]]
    found = _find(".".join(path))
    if found is not None and not found.function.name.startswith("_"):
        whole = raised(found).union(*(call.raises for call in calls(found)))
        yield Call(found.function.name, whole & _refusals())


@cache
def _find(dotted: str) -> Place | None:
    """Find a function by its dotted name, through front doors too."""
    home, _, name = dotted.rpartition(".")
    module = _by_name().get(home)
    if module is None:
        return None
    here = _functions(module).get(name)
    if here is not None:
        return here
    further = _imported(module).get(name)
    return _find(further) if further and further != dotted else None


@cache
def _refusals() -> frozenset[str]:
    """Name every class that comes from `errors.Problem`, read from the source."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for module in modules("pointsbank")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    found = {"Problem"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


@cache
def _by_name() -> dict[str, Module]:
    return {module.name: module for module in modules("pointsbank")}


@cache
def _imported(module: Module) -> dict[str, str]:
    """Map the names a module imports from ours to their dotted names."""
    found = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pointsbank"):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def _functions(module: Module) -> dict[str, Place]:
    """Map the names of a module's functions, and `Class.method`, to their places."""
    found = {}
    for node in module.tree.body:
        if isinstance(node, Function):
            found[node.name] = Place(module, node)
        elif isinstance(node, ast.ClassDef):
            methods = [inner for inner in node.body if isinstance(inner, Function)]
            found |= {f"{node.name}.{inner.name}": Place(module, inner, node.name) for inner in methods}
    return found


@cache
def _public(unit: str) -> list[Place]:
    """List the public functions and methods of a package."""
    return [
        place
        for module in modules("pointsbank")
        if module.place == unit or module.place.startswith(f"{unit}/")
        for place in _functions(module).values()
        if not any(part.startswith("_") for part in place.name.split("."))
    ]


def _verbs(unit: str) -> list[Place]:
    """List the functions that a capability's front door exports."""
    name = unit.rpartition("/")[2]
    door = _by_name().get(f"pointsbank.{name}")
    if name not in CAPABILITIES or door is None:
        return []
    found = [_find(f"{door.name}.{exported}") for exported in _imported(door) if exported[:1].islower()]
    return [place for place in found if place is not None]


def _begins_with_a_verb(doc: str) -> bool:
    """Tell whether the first word can be a verb in the imperative."""
    word = _first_word(doc)
    if word in SURELY_A_VERB:
        return True
    other_form = word.endswith(("ing", "ed")) and word not in {
        "Bring",
        "String",
        "Feed",
        "Need",
        "Embed",
        "Seed",
    }
    return word[:1].isupper() and word not in NOT_A_VERB and not word.endswith("s") and not other_form


def _first_word(doc: str) -> str:
    """Return the first word of a docstring."""
    return re.split(r"[\s,.;:]", doc.strip(), maxsplit=1)[0]


def _names(doc: str, name: str) -> bool:
    """Tell whether a docstring names an exception."""
    return re.search(rf"\b{name}\b", doc) is not None


def _reads_otherwise(function: Function) -> bool:
    """Tell whether this is a property (a noun will do) or a command."""
    return _is_command(function) or any("property" in ast.unparse(mark) for mark in function.decorator_list)


def _is_command(function: Function) -> bool:
    """Tell whether this is a command: its docstring is its help text."""
    return any(re.search(r"\.command|\.group", ast.unparse(mark)) for mark in function.decorator_list)


if __name__ == "__main__":
    for asked in sys.argv[1:] or units():
        for rule, missing in RULES.items():
            for line in missing(asked.rstrip("/")):
                sys.stdout.write(f"{rule:8}{line}\n")
