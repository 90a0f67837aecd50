"""What the log tells of a person's roles: in each village those that count there, before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from pointsbank import labels, ledger
from pointsbank.ledger import LogRecord
from pointsbank.staff import Role, Staff, group_of, village_of

Roles = Sequence[tuple[str | None, Role]]


def roles_record(
    person: Staff, village: str, old: Roles, new: Roles, groups: Mapping[str, str] | None = None
) -> LogRecord:
    """Return the entry for one village's log; of roles that do not count there it says nothing.

    Args:
        groups: names of the village's groups by id; those are told that somebody leads or led.
    """
    led = {group_of(place) for place, _ in [*old, *new] if village_of(place) == village}
    named = {group: name for group, name in (groups or {}).items() if group in led}
    words: dict[str, Any] = {
        "staff": person.id,
        "login": person.login,
        "name": person.name,
        "old": counting_in(village, old),
        "new": counting_in(village, new),
    }
    return LogRecord("roles_changed", words | ({"groups": named} if named else {}))


def counting_in(village: str, roles: Roles) -> list[list[str | None]]:
    """Return the roles that count in a village or a group of it: pairs of place and role, in order.

    None is everywhere.

    Example:
        >>> counting_in("cy", [("cy", Role.CLERK), (None, Role.ADMIN), ("zy", Role.CLERK)])
        [[None, 'admin'], ['cy', 'clerk']]
    """
    pairs = [[place, role.value] for place, role in roles if village_of(place) in (None, village)]
    return sorted(pairs, key=lambda pair: (pair[0] or "", str(pair[1])))


@ledger.describes("roles_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 李会计：超市店员 → 评议小组、小组长（一组）."""
    old, new = (_in_words(words[when], words.get("groups", {})) for when in ("old", "new"))
    return f"{words['name']}：{old} → {new}"


def _in_words(pairs: Sequence[Sequence[str | None]], groups: Mapping[str, str]) -> str:
    """Return roles as people read them."""
    return "、".join(role_in_words(place, str(role), groups) for place, role in pairs) or "没有角色"


def role_in_words(place: str | None, role: str, groups: Mapping[str, str]) -> str:
    """Return a role as people read it, with its group by name, or that it counts everywhere.

    Example:
        >>> role_in_words("cy/k2", "leader", {"k2": "一组"}), role_in_words(None, "admin", {})
        ('小组长（一组）', '管理员（全部）')
    """
    where = "全部" if place is None else groups.get(group_of(place) or "", "")
    return labels.name("role", role) + (f"（{where}）" if where else "")
