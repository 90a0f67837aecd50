"""Reads the templates: the names, filters, macros and addresses that each one asks for."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flask import Flask
from jinja2 import nodes

from pointsbank.staff import Permission, SignedIn
from pointsbank.villages import Village
from pointsbank.web.bound import BoundForm
from tests.house.source import ROOT, modules

TEMPLATES = ROOT / "templates"

OBJECTS = {"visitor": SignedIn, "village": Village, "form": BoundForm, "P": Permission}
"""What some names are on every page."""

_JINJA = {"super", "caller", "loop", "self"}


@dataclass(frozen=True)
class Render:
    """One call of `render_template`: where, which template, and the names that it gives."""

    place: str
    template: str
    given: frozenset[str]


@cache
def renders() -> list[Render]:
    """Return every call of `render_template` in the program.

    Raises:
        AssertionError: names are given by `**`, or the template's name is made up: nobody can check it.
    """
    found = []
    for module in modules("pointsbank"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template":
                place = f"{module.place}:{node.lineno}"
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{place}: the template's name is not written out"
                given = [keyword.arg for keyword in node.keywords]
                assert None not in given, f"{place}: names are given by **"
                found.append(Render(place, str(name.value), frozenset(map(str, given))))
    return found


@cache
def sources() -> dict[str, str]:
    """Return every template by its name."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


class Reader:
    """Reads templates as an application compiles them."""

    def __init__(self, app: Flask, sources: dict[str, str]) -> None:
        """Take the application, for its filters, addresses and what it gives to every template."""
        self.env, self.sources = app.jinja_env, sources
        self._trees = dict[str, nodes.Template]()
        self._used = dict[str, set[str]]()
        self.rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
        with app.test_request_context():
            processors = app.template_context_processors[None]
            self.everywhere = {name for each in processors for name in each()} | set(self.env.globals)

    def tree(self, template: str) -> nodes.Template:
        """Return a template's syntax, read once: whatever includes it asks again."""
        if template not in self._trees:
            self._trees[template] = self.env.parse(self.sources[template])
        return self._trees[template]

    def whole(self, template: str) -> list[str]:
        """Return a template, what it extends and what it includes."""
        found = [template]
        for each in self.tree(template).find_all((nodes.Extends, nodes.Include)):
            for one in self._included(template, each.template):
                found += self.whole(one)
        return found

    def _included(self, template: str, name: nodes.Expr) -> list[str]:
        """Return the templates that one includes; of a register's sections, by their folder, all of them."""
        if isinstance(name, nodes.Concat):
            folder = name.nodes[0]
            assert isinstance(folder, nodes.Const), f"{template} includes what is not written out"
            return [one for one in self.sources if one.startswith(str(folder.value))]
        if isinstance(name, nodes.CondExpr):
            either = (name.expr1, name.expr2)
            return [one for part in either if part for one in self._included(template, part)]
        assert isinstance(name, nodes.Const), f"{template} includes what is not written out"
        return [name.value]

    def asked(self, template: str) -> set[str]:
        """Return the names that a template needs from its page; one that it only asks about may be absent."""
        return self.used(template) - self.everywhere

    def used(self, template: str) -> set[str]:
        """Return the names that a template needs, also those that every page has unless it gives its own."""
        if template not in self._used:
            self._used[template] = self._names(template)
        return self._used[template]

    def _names(self, template: str) -> set[str]:
        needed, asked_about = set[str](), set[str]()
        for one in self.whole(template):
            tree = self.tree(one)
            names = list(tree.find_all(nodes.Name))
            # Jinja's own find_undeclared_variables knows nothing set or imported outside a block.
            own = {name.name for name in names if name.ctx != "load"}
            own |= {macro.name for macro in tree.find_all(nodes.Macro)}
            own |= {name for each in self._imports(one) for name in each.names}
            # What stands in a `with` around it is given to a section.
            if "/sections/" in one:
                own |= {"section", "found"}
            needed |= {name.name for name in names if name.ctx == "load"} - own
            for test in tree.find_all(nodes.Test):
                if test.name == "defined" and isinstance(test.node, nodes.Name):
                    asked_about.add(test.node.name)
        return needed - asked_about - _JINJA

    def imported(self) -> set[str]:
        """Return the templates that others import macros from."""
        return {each.template.value for one in self.sources for each in self._imports(one)}

    def astray(self, template: str) -> Iterator[str]:
        """Yield what a template names that is not there."""
        tree = self.tree(template)
        yield from (one.name for one in tree.find_all(nodes.Filter) if one.name not in self.env.filters)
        yield from (one.name for one in tree.find_all(nodes.Test) if one.name not in self.env.tests)
        for each in self._imports(template):
            macros = {macro.name for macro in self.tree(each.template.value).find_all(nodes.Macro)}
            names = [str(name) for name in each.names]
            used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
            yield from (name for name in names if name not in macros)
            yield from (f"{name} is imported and not used" for name in names if name not in used)
        for got in tree.find_all(nodes.Getattr):
            kind = OBJECTS.get(got.node.name) if isinstance(got.node, nodes.Name) else None
            if kind is not None and got.attr not in _attributes(kind):
                yield f"{got.node.name}.{got.attr}"  # type: ignore[attr-defined]
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and call.args:
                yield from self._address(call)

    def _imports(self, template: str) -> Iterator[nodes.FromImport]:
        for each in self.tree(template).find_all(nodes.FromImport):
            assert isinstance(each.template, nodes.Const)
            yield each

    def _address(self, call: nodes.Call) -> Iterator[str]:
        """Yield an endpoint that there is not, and the parts of its address that are not given."""
        choices = (
            call.args[0].find_all(nodes.Const)
            if not isinstance(call.args[0], nodes.Const)
            else [call.args[0]]
        )
        endpoints = [
            one.value for one in choices if "." in str(one.value).rstrip(".") or one.value == "static"
        ]
        given = {keyword.key for keyword in call.kwargs}
        for endpoint in endpoints:
            rule = self.rules.get(endpoint)
            if rule is None:
                yield endpoint
            elif call.dyn_kwargs is None and not rule.arguments <= given:
                yield f"{endpoint} without {sorted(rule.arguments - given)}"


def _attributes(kind: type) -> set[str]:
    return {*dir(kind), *getattr(kind, "__dataclass_fields__", {}), *getattr(kind, "model_fields", {})}
