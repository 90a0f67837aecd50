"""The kinds of things that stay private, one module each: adding a kind is adding a file to `kinds`."""

from pointsbank.law.rules import Kind
from pointsbank.registers import discover


def _declared() -> tuple[Kind, ...]:
    """Collect the kinds in the order of their modules; raise ValueError where a code is used twice."""
    kinds: tuple[Kind, ...] = tuple(module.KIND for module in discover("pointsbank.law.kinds"))
    codes = [rule.code for kind in kinds for rule in kind.rules]
    if len(codes) != len(set(codes)):
        raise ValueError("two rules have one code")
    return kinds


KINDS = _declared()
