"""Verbs that one person may not use alone are called by the kinds of approvals, and by nobody else."""

import ast

from tests.house.source import Module, modules

BEHIND_APPROVALS = {
    "market.set_pin": {"approvals/hand_outs", "approvals/kinds/pin_set"},
    "market.reset_pin": {"approvals/hand_outs", "approvals/kinds/pin_reset"},
    "market.take_proposal": {"approvals/hand_outs", "approvals/pins"},
    "market.give": {"approvals/giving"},
    "market.set_limit": {"approvals/monthly_limits"},
    "market.set_price": {"approvals/pricing"},
    "market.describe_goods": {"approvals/describing"},
    # What it leaves for two people the command line refuses; the sample's goods are all new.
    "market.import_goods": {"approvals/describing", "cli/imports", "sample/village"},
    "households.close": {"approvals/endings"},
    "households.erase": {"approvals/endings"},
    "households.move": {"approvals/splitting"},
    "households.split": {"approvals/splitting"},
    "publicity.correct_score": {"approvals/correcting"},
    "scoring.correct_score": {"publicity/correcting"},
    # The sample's cards are nobody's at all.
    "roster.hand_out": {"approvals/hand_outs", "sample/village"},
}
"""Verbs and the modules that name them, outside the room that has them."""


def test_nobody_goes_round_the_second_person() -> None:
    callers: dict[str, set[str]] = {verb: set() for verb in BEHIND_APPROVALS}
    for module in modules("pointsbank"):
        for verb in callers.keys() & _named(module):
            callers[verb].add(module.place.removeprefix("pointsbank/").removesuffix(".py"))

    assert callers == BEHIND_APPROVALS


def _named(module: Module) -> set[str]:
    """The verbs of other rooms that a module names, as `room.verb`, however it imports them."""
    found = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pointsbank."):
            room = node.module.split(".")[1]
            if not module.name.startswith(f"pointsbank.{room}"):
                found |= {f"{room}.{alias.name}" for alias in node.names}
    return found
