"""What the log tells of a person's roles: in each village those that count there, before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.labels.role import ROLE
from pointsbank.ledger import LogRecord
from pointsbank.staff import Role, Staff, group_of, township_of, village_of
from pointsbank.villages import Township

Roles = Sequence[tuple[str | None, Role]]


@dataclass(frozen=True)
class Here:
    """A village as roles see it: its groups' names by id, and the township that it lies in."""

    village: str
    groups: Mapping[str, str] = field(default_factory=dict)
    township: Township | None = None


def villages_here(session: Session, codes: Iterable[str]) -> list[Here]:
    """Return these villages, each with its groups, closed ones too, and its township."""
    known = {one.id: one for one in villages.townships(session)}
    lying = {
        village: known[township]
        for township, within in villages.villages_by_township(session).items()
        for village in within
    }
    found = []
    for code in codes:
        groups = villages.groups(session, village=code, also_closed=True)
        found.append(Here(code, {one.id: one.name for one in groups}, lying.get(code)))
    return found


def roles_record(person: Staff, old: Roles, new: Roles, now: Here, before: Here | None = None) -> LogRecord:
    """Return the entry for one village's log; of roles that do not count there it says nothing.

    Args:
        before: the village as it was when the old roles counted, where that differs.
    """
    before = before or now
    led = {group_of(place) for place, _ in [*old, *new] if village_of(place) == now.village}
    groups = {group: name for group, name in now.groups.items() if group in led}
    counting = [counting_in(before, old), counting_in(now, new)]
    seen = {township_of(place) for pairs in counting for place, _ in pairs}
    around = {one.id: one.name for one in (before.township, now.township) if one and one.id in seen}
    words: dict[str, Any] = {
        "staff": person.id,
        "login": person.login,
        "name": person.name,
        "old": counting[0],
        "new": counting[1],
    }
    named = {"groups": groups, "townships": around}
    return LogRecord("roles_changed", words | {name: some for name, some in named.items() if some})


def counting_in(here: Here, roles: Roles) -> list[list[str | None]]:
    """Return the roles that count in a village or a group of it: pairs of place and role, in order.

    None is everywhere; `@` and an id is the township.

    Example:
        >>> counting_in(Here("cy"), [("cy", Role.CLERK), (None, Role.ADMIN), ("zy", Role.CLERK)])
        [[None, 'admin'], ['cy', 'clerk']]
        >>> hekou = Township("k2", "河口镇")
        >>> counting_in(Here("cy", {}, hekou), [("@k2", Role.COUNTY), ("@k3", Role.COUNTY)])
        [['@k2', 'county']]
    """
    around = here.township.id if here.township else None
    pairs = [
        [place, role.value]
        for place, role in roles
        if place is None or village_of(place) == here.village or (around and township_of(place) == around)
    ]
    return sorted(pairs, key=lambda pair: (pair[0] or "", str(pair[1])))


@ledger.describes("roles_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 李会计：超市店员 → 评议小组、小组长（一组）."""
    names = words.get("groups", {}) | words.get("townships", {})
    old, new = (_in_words(words[when], names) for when in ("old", "new"))
    return f"{words['name']}：{old} → {new}"


def _in_words(pairs: Sequence[Sequence[str | None]], names: Mapping[str, str]) -> str:
    """Return roles as people read them."""
    return "、".join(role_in_words(place, str(role), names) for place, role in pairs) or "没有角色"


def role_in_words(place: str | None, role: str, names: Mapping[str, str]) -> str:
    """Return a role as people read it, with its group or township by name, or that it counts everywhere.

    Args:
        names: of groups and townships, by id.

    Example:
        >>> role_in_words("cy/k2", "leader", {"k2": "一组"}), role_in_words("@k3", "county", {"k3": "河口镇"})
        ('小组长（一组）', '县镇（河口镇）')
        >>> role_in_words(None, "admin", {})
        '管理员（全部）'
    """
    where = "全部" if place is None else names.get(group_of(place) or township_of(place) or "", "")
    return ROLE.name(role) + (f"（{where}）" if where else "")
