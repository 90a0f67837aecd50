"""Every verb of a capability is reached by a page, the API, a command or a duty, or waits for its issue."""

import ast
from collections import defaultdict
from functools import cache

from tests.house.calls import functions, used_names
from tests.house.source import Function, Module, modules
from tests.house.test_doors import CAPABILITIES

EDGES = ("web", "cli", "duties", "due", "lists", "sheets", "pictures")
"""What people and programs touch, and what is shown there."""

WAITING = {
    "pointsbank.score_sheets.reading.count_between": 11,
    "pointsbank.market.attempts.attempts_made": 10,
}
"""Verbs that no door leads to yet, each with the issue that brings its door; ten at most."""
FOR_THE_HOUSE = {
    "pointsbank.ledger.describing.described_kinds",
    # What titles declare to walls asks it, and is called by nobody by name.
    "pointsbank.publicity.consent.consents_taken_back",
    # The rule that the search's statement follows: a table of examples holds both to it.
    "pointsbank.roster.ranking.fit",
    "pointsbank.roster.ranking.is_group",
}
"""What the rules of the house ask, no verb of a village."""
DONE = range(1, 10)
"""Issues that are done: what they promised is reached."""


def test_every_verb_has_a_door_or_waits_for_its_issue() -> None:
    reached = _reached()
    shut = {name for name in _verbs() if name not in reached}

    assert shut == set(WAITING)
    assert len(WAITING) <= 10
    assert not [name for name, issue in WAITING.items() if issue in DONE]


def test_a_verb_that_nobody_calls_would_be_found() -> None:
    reached = _reached()

    assert {"pointsbank.market.hours.set_opening_hours", "pointsbank.market.gifts.give"} <= reached
    # Not because its name is used somewhere: it is told by where a name comes from.
    assert "pointsbank.market.attempts.attempts_made" not in reached
    assert "pointsbank.market.attempts.attempts_made" in _verbs()


def _verbs() -> set[str]:
    """The public functions of the capabilities that are not parts of their registers and verifiers."""
    return {
        name
        for name, place in functions().items()
        if _capability(place.module) in CAPABILITIES
        and "." not in place.name
        and not place.name.startswith("_")
        and not _is_called_by_register(place.module)
        and name not in FOR_THE_HOUSE
    }


def _is_called_by_register(module: Module) -> bool:
    """Whether a register calls what is in here: shapes of items, and what `ledger verify` looks through."""
    return module.name.startswith("pointsbank.scoring.shapes") or module.name.rpartition(".")[2] in {
        "item_shape",
        "verifier",
        "verifier_pins",
        "verifier_scans",
    }


def _is_edge(module: Module) -> bool:
    """Whether people, programs, or a register touch what is in here."""
    return _capability(module) in EDGES or _is_called_by_register(module)


def _capability(module: Module) -> str:
    parts = module.name.split(".")
    return parts[1] if len(parts) > 1 else ""


@cache
def _reached() -> frozenset[str]:
    """The dotted names that the edges use, themselves or through others."""
    uses: dict[str, set[str]] = defaultdict(set)
    waiting: list[str] = []
    for module in modules("pointsbank"):
        for node in module.tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                continue
            names = used_names(module, node)
            if _is_edge(module) or not isinstance(node, Function | ast.ClassDef):
                # What a module does when it is loaded enters registers, which call by what was handed in.
                waiting += names
            if isinstance(node, Function):
                uses[f"{module.name}.{node.name}"] |= names
                waiting += {name for one in node.decorator_list for name in used_names(module, one)}
            elif isinstance(node, ast.ClassDef):
                uses[f"{module.name}.{node.name}"] |= names
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += uses[name] - found
    return frozenset(found)
