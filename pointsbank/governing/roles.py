"""What the log tells of a person's roles: in each village those that count there, before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from pointsbank import labels, ledger
from pointsbank.ledger import LogRecord
from pointsbank.staff import Role, Staff

Roles = Sequence[tuple[str | None, Role]]


def roles_record(person: Staff, village: str, old: Roles, new: Roles) -> LogRecord:
    """Return the entry for one village's log; of roles that do not count there it says nothing."""
    words = {
        "staff": person.id,
        "login": person.login,
        "name": person.name,
        "old": counting_in(village, old),
        "new": counting_in(village, new),
    }
    return LogRecord("roles_changed", words)


def counting_in(village: str, roles: Roles) -> list[list[str | None]]:
    """Return the roles that count in a village as pairs of place and role, in order; None is everywhere.

    Example:
        >>> counting_in("cy", [("cy", Role.CLERK), (None, Role.ADMIN), ("zy", Role.CLERK)])
        [[None, 'admin'], ['cy', 'clerk']]
    """
    pairs = [[place, role.value] for place, role in roles if place in (None, village)]
    return sorted(pairs, key=lambda pair: (pair[0] or "", str(pair[1])))


@ledger.describes("roles_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 李会计：超市店员 → 评议小组、超市店员."""
    return f"{words['name']}：{_in_words(words['old'])} → {_in_words(words['new'])}"


def _in_words(pairs: Sequence[Sequence[str | None]]) -> str:
    """Return roles as people read them."""
    named = [labels.name("role", str(role)) + ("（全部）" if place is None else "") for place, role in pairs]
    return "、".join(named) or "没有角色"
