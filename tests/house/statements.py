"""Finds the statements of a module (select, update, delete, raw_rows) and the villages they name.

A condition counts only where every row must meet it: not one side of an OR, nor what is negated.

A statement is the whole chain behind its first call, what is later added to the same name in the same
function, and what the names in it stand for: a condition kept in a variable, a constant of the module, the
answer of a function of the module. A private constant or function that only begins a
statement is judged wherever it is used; a statement inside another one by itself; a table that it
correlates with is bound by the statement around it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.house.source import Function

_VERBS = {"select", "update", "delete", "raw_rows"}
_PACKAGES = ("sqlalchemy", "sqlmodel")
_JOINS = {"select_from", "join", "outerjoin"}

Values = dict[str, list[ast.expr]]


@dataclass
class Statement:
    """A statement: its place, the tables it is about, those bound to a village, those bound to each other."""

    verb: str
    line: int
    place: str
    tables: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)

    def unbound(self, without_village: set[str]) -> set[str]:
        """Return the tables whose village is not named, directly or by a join; `?` if no table is seen."""
        bound = set(self.bound)
        while more := {one for pair in self.links for one in pair if bound & set(pair)} - bound:
            bound |= more
        return (self.tables or bound or {"?"}) - bound - without_village


def statements(tree: ast.Module, rows: set[str]) -> list[Statement]:
    """Return a module's statements, top to bottom; `rows` are the names of the classes that are tables."""
    return sorted(_Reader(tree, rows).statements(), key=lambda statement: statement.line)


@dataclass(frozen=True)
class _Names:
    """The values of the names around an expression; the tables a function is given, by parameter."""

    values: Values
    loops: dict[str, list[str]]
    given: dict[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()


class _Reader:
    """A module's syntax with what its names stand for."""

    def __init__(self, tree: ast.Module, rows: set[str]) -> None:
        """Find the statements' first calls."""
        nodes = list(ast.walk(tree))
        self.rows = rows
        self.parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
        self.functions = {node.name: node for node in nodes if isinstance(node, Function)}
        self.constants = _values(tree, into_functions=False)
        verbs = _verbs(nodes)
        calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in verbs]
        self.verbs = verbs
        self.tops = {self._chain(call): call for call in calls}
        self.uses = {top: list(self._used(top, nodes)) for top in self.tops}
        self.judged = {*self.tops, *(use for uses in self.uses.values() for use in uses)}

    def statements(self) -> Iterator[Statement]:
        """Yield every statement of the module."""
        for top, call in self.tops.items():
            verb = self.verbs[ast.unparse(call.func)]
            itself = self._statement(verb, [top])
            uses = self.uses[top] if itself.tables and not itself.bound else []
            yield from [self._statement(verb, [use, top]) for use in uses] or [itself]

    def _statement(self, verb: str, parts: list[ast.expr]) -> Statement:
        """Return the statement that is made of these chains, each in its own function; it is at the first."""
        statement = Statement(verb, parts[0].lineno, self._place(parts[0]))
        for part in parts:
            function = self._function(part)
            names = _Names(_values(function), _loops(function)) if function else _Names({}, {})
            for chain in [part, *self._added(part, function or part)]:
                for node in self._inside(chain):
                    self._note_table(node, statement, names)
                self._gather(chain, statement, names)
        return statement

    def _used(self, top: ast.expr, nodes: list[ast.AST]) -> Iterator[ast.expr]:
        """Yield what becomes of a private constant that is a statement, or of a private function's answer."""
        given, function = self.parents.get(top), self._function(top)
        for node in nodes:
            match given, node:
                case ast.Assign(targets=[ast.Name(id=name)]), ast.Name(id=used, ctx=ast.Load()):
                    if used == name and name.startswith("_") and function is None:
                        yield self._chain(node)
                case ast.Return(), ast.Call(func=ast.Name(id=used)):
                    if function and used == function.name and used.startswith("_"):
                        yield self._chain(node)

    def _place(self, node: ast.AST) -> str:
        """Return the function around a node, or the constant that it is given to."""
        if function := self._function(node):
            return function.name
        given = [_name(around.targets[0]) for around in self._around(node) if isinstance(around, ast.Assign)]
        return next(iter(given), "")

    def _function(self, node: ast.AST) -> Function | None:
        """Return the outermost function around a node."""
        functions = [around for around in self._around(node) if isinstance(around, Function)]
        return functions[-1] if functions else None

    def _chain(self, node: ast.expr) -> ast.expr:
        """Return the whole chain of method calls that begins with this node."""
        while isinstance(above := self.parents.get(node), ast.Attribute) and isinstance(
            call := self.parents.get(above), ast.Call
        ):
            node = call
        return node

    def _around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the nodes around a node, inmost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def _added(self, top: ast.AST, within: ast.AST) -> Iterator[ast.AST]:
        """Yield the chains that go on from the name a statement is assigned to."""
        match self.parents.get(top):
            case ast.Assign(targets=[ast.Name(id=name)]):
                for node in ast.walk(within):
                    if _name(node) == name and (chain := self._chain(node)) is not node:
                        yield chain

    def _inside(
        self, part: ast.AST, leave_out: Callable[[ast.AST], bool] = lambda node: False
    ) -> Iterator[ast.AST]:
        """Yield an expression's nodes, without the statements inside it and what is to be left out."""
        waiting = [part]
        while waiting:
            node = waiting.pop()
            if not leave_out(node):
                yield node
                waiting.extend(child for child in ast.iter_child_nodes(node) if child not in self.judged)

    def _note_table(self, node: ast.AST, statement: Statement, names: _Names) -> None:
        """Add the tables that a node of the statement itself speaks of."""
        if isinstance(node, ast.Name):
            keys = self._keys(node, names)
            statement.tables |= {key for key in keys if key in self.rows or self._is_alias(key, names)}
        elif isinstance(node, ast.Call):
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            verb = self.verbs.get(ast.unparse(node.func), method)
            tables = {"raw_rows": node.args[1:2], "select": node.args}.get(verb, node.args[:1])
            if verb in _VERBS | _JOINS:
                for one in tables:
                    if _name(one) and not self._is_subquery(_name(one), names):
                        statement.tables |= set(self._keys(one, names))

    def _gather(self, part: ast.AST, statement: Statement, names: _Names) -> None:
        """Add the villages that an expression, and what its names and calls stand for, is bound to."""
        for node in self._inside(part, _is_optional):
            self._note_village(node, statement, names)
            name = _name(node)
            if name and name not in names.seen:
                inner = _Names(names.values, names.loops, names.given, names.seen | {name})
                for value in self._values_of(name, names):
                    if value not in self.tops:
                        self._gather(value, statement, inner)
            called = self.functions.get(_name(node.func)) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and called and called.name not in names.seen:
                parameters = [parameter.arg for parameter in called.args.args]
                given = {
                    parameter: key
                    for parameter, argument in zip(parameters, node.args, strict=False)
                    for key in self._keys(argument, names)
                }
                inner = _Names(_values(called), _loops(called), given, names.seen | {called.name})
                for answer in ast.walk(called):
                    if isinstance(answer, ast.Return) and answer.value and answer.value not in self.tops:
                        self._gather(answer.value, statement, inner)

    def _note_village(self, node: ast.AST, statement: Statement, names: _Names) -> None:
        """Add what one node says: a condition on a village, a join within one, a correlation."""
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="in_village")):
                statement.bound |= set(self._keys(owner, names))
            case ast.Call(func=ast.Attribute(value=one, attr="in_village_of" | "in_entry_of"), args=[other]):
                statement.links += self._pairs(one, other, names)
            case ast.Call(func=ast.Attribute(attr="correlate"), args=tables):
                statement.bound |= {key for table in tables for key in self._keys(table, names)}
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                owners = [owner for owner in (_owner(left), _owner(right)) if owner]
                if len(owners) == 2:
                    statement.links += self._pairs(*owners, names)
                elif owners:
                    statement.bound |= set(self._keys(owners[0], names))

    def _pairs(self, one: ast.expr, other: ast.expr, names: _Names) -> list[tuple[str, str]]:
        """Return the pairs of tables bound to each other."""
        return [(key, its) for key in self._keys(one, names) for its in self._keys(other, names)]

    def _keys(self, node: ast.expr, names: _Names) -> list[str]:
        """Return what a table is called: its class, its alias, or each class that a loop goes through."""
        text = ast.unparse(node)
        text = names.given.get(text, text)
        for value in self._values_of(text, names):
            if isinstance(value, ast.Call) and _name(value.func) == "table_of":
                return [ast.unparse(value.args[0])]
        return names.loops.get(text, [text])

    def _is_alias(self, name: str, names: _Names) -> bool:
        """Return whether a name is an alias of a table."""
        texts = map(ast.unparse, self._values_of(name, names))
        return any("aliased(" in text or ".alias(" in text for text in texts)

    def _is_subquery(self, name: str, names: _Names) -> bool:
        """Return whether a name is a statement, of which another one reads."""
        return any(ast.unparse(value).endswith("query()") for value in self._values_of(name, names))

    def _values_of(self, name: str, names: _Names) -> list[ast.expr]:
        """Return the values given to a name, in the function or else in the module."""
        return names.values.get(name) or self.constants.get(name, [])


def _verbs(nodes: list[ast.AST]) -> dict[str, str]:
    """Return the names under which a module imports what begins a statement, with what they mean."""
    imported = [name for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names]
    renamed = {name.asname or name.name: name.name for name in imported if name.name in _VERBS}
    return renamed | {f"{package}.{verb}": verb for package in _PACKAGES for verb in _VERBS}


def _is_optional(node: ast.AST) -> bool:
    """Return whether a row need not meet what stands here: sides of an OR, what is negated."""
    match node:
        case ast.BinOp(op=ast.BitOr()) | ast.UnaryOp(op=ast.Invert()):
            return True
        case ast.Call(func=ast.Name(id=called)) | ast.Call(func=ast.Attribute(attr=called)):
            return called in ("or_", "not_")
    return False


def out_of_sight(tree: ast.Module) -> list[tuple[str, str]]:
    """Return where a module speaks to the database in a way that `statements` cannot judge: place and way.

    The ways are `text`, `query`, `filter_by`, `exec_driver_sql`, and `get` of a row by a key that is not seen
    to be a tuple: where rows belong to a village, the key begins with it.
    """
    nodes = list(ast.walk(tree))
    imported = [
        name
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if node.module in _PACKAGES
    ]
    texts = {name.asname or name.name for name in imported if name.name == "text"}
    found = []
    for place in [tree, *(node for node in nodes if isinstance(node, Function))]:
        values = _values(place)
        for node in _own_nodes(place):
            if way := _way(node, texts, values):
                found.append(("" if isinstance(place, ast.Module) else place.name, way))
    return found


def _own_nodes(place: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a module or function without those of the functions inside it."""
    waiting = list(ast.iter_child_nodes(place))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting.extend(ast.iter_child_nodes(node))


def _way(node: ast.AST, texts: set[str], values: Values) -> str:
    """Return how a call goes out of sight, or nothing."""
    match node:
        case ast.Call(func=ast.Name(id=called)) if called in texts:
            return "text"
        case ast.Call(func=ast.Attribute(attr="query" | "filter_by" | "exec_driver_sql" as way)):
            return way
        case ast.Call(func=ast.Attribute(value=ast.Name(id="session"), attr="get"), args=[row, key, *_]) if (
            ast.unparse(row).endswith("Row")
        ):
            keys = values.get(ast.unparse(key), [key])
            return "" if all(isinstance(one, ast.Tuple) for one in keys) else "get"
    return ""


def _name(node: ast.AST) -> str:
    """Return the name that a node is, or nothing."""
    return node.id if isinstance(node, ast.Name) else ""


def _owner(side: ast.expr) -> ast.expr | None:
    """Return the table of which one side of a comparison is the `village_id`."""
    match side:
        case ast.Call(args=[inner]):
            return _owner(inner)
        case ast.Attribute(value=ast.Attribute(value=owner, attr="c"), attr="village_id"):
            return owner
        case ast.Attribute(value=owner, attr="village_id"):
            return owner
    return None


def _values(body: ast.AST, *, into_functions: bool = True) -> Values:
    """Return the values given to each name."""
    found: Values = {}
    waiting = list(ast.iter_child_nodes(body))
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = list(zip(targets, values, strict=False))
            case ast.Assign(targets=[target], value=value):
                pairs = [(target, value)]
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.NamedExpr(target=target, value=value)
            ):
                pairs = [(target, value)]
            case _:
                pairs = []
        for target, value in pairs:
            found.setdefault(ast.unparse(target), []).append(value)
        if into_functions or not isinstance(node, Function):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _loops(body: ast.AST) -> dict[str, list[str]]:
    """Return the classes that each loop over a tuple of them goes through, by the name it gives them."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(body):
        match node:
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=items)):
                for place, target in enumerate(targets):
                    elements = [item.elts[place] for item in items if isinstance(item, ast.Tuple)]
                    found[ast.unparse(target)] = [ast.unparse(one) for one in elements]
            case ast.For(target=target, iter=ast.Tuple(elts=items)):
                found[ast.unparse(target)] = [ast.unparse(one) for one in items]
    return found
