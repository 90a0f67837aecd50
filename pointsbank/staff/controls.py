"""Who controls whom: each act declares, beside its rule, who could do harm by it and who keeps it honest.

`docs/permissions.md` prints what is declared, and a house test finds a permission that nobody controls. What
an act needs of people is part of it: from that `acts_shut` says which acts stay shut until they exist.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlmodel import Session

from pointsbank.labels.role import ROLE
from pointsbank.staff import directory
from pointsbank.staff.account_acts import acts_upon
from pointsbank.staff.independence import holds, joining
from pointsbank.staff.permissions import Permission, Role

MINIMUM_STAFF = (Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR)
"""A village works with three people, one of each: with fewer somebody would control himself."""

_DECLARED: dict[str, "Control"] = {}


@dataclass(frozen=True, slots=True)
class Control:
    """One act, and what stands between it and whoever would do it alone.

    Args:
        act: the Chinese name of the act, as pages say it.
        controlled: who could do harm by it.
        controls: who or what keeps it honest.
        where: the module in which the rule stands, `__name__`.
        permissions: what of the table of permissions it is about.
        people: for each person whom the act needs, the roles of which one is enough. They are different
            people, no login in another's hands; who acts alone by a role is in nobody's hands at all.
    """

    act: str
    controlled: str
    controls: str
    where: str
    permissions: tuple[Permission, ...] = ()
    people: tuple[frozenset[Role], ...] = ()


@dataclass(frozen=True, slots=True)
class ShutAct:
    """An act that cannot be done now, and who is missing for it, in words."""

    act: str
    missing: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in: the roles that count in one village."""

    id: str
    name: str
    roles: frozenset[Role]


Same = Callable[[str, str], bool]
"""Whether two logins (ids) may be in one person's hands; of one and itself, in another's than its owner's."""


def declare(control: Control) -> Control:
    """Enter a control into the list, which holds each act once, and return it.

    Raises:
        ValueError: another module declares the same act.

    Example:
        CONTROL = staff.declare(staff.Control("月结", "the committee", "the poster's code", __name__))
    """
    if _DECLARED.setdefault(control.act, control).where != control.where:
        raise ValueError(f"{control.act}: declared in {_DECLARED[control.act].where} too")
    return control


def declared() -> list[Control]:
    """Return what is declared in the modules that are imported, ordered by module and act."""
    return sorted(_DECLARED.values(), key=lambda one: (one.where, one.act))


def acts_shut(
    session: Session, *, village: str, at: datetime, supposing: Mapping[str, Collection[Role]] | None = None
) -> list[ShutAct]:
    """Return the acts that stay shut in a village until somebody exists who may do them, and who that is.

    Args:
        supposing: roles that people (ids) are to have in the village, as if they had them already.

    Example:
        staff.acts_shut(session, village="cy", at=now)[0].missing  # "还没有村务监督"
    """
    return _acts_shut(session, _people(session, village, supposing or {}), at)


def standing(session: Session, *, village: str, at: datetime) -> tuple[list[Role], list[ShutAct]]:
    """Return `staff_missing` and `acts_shut` of a village, its people read once.

    Example:
        staff.standing(session, village="cy", at=now)  # ([], [])
    """
    people = _people(session, village, {})
    return roles_missing(people), _acts_shut(session, people, at)


def _acts_shut(session: Session, people: Sequence[Person], at: datetime) -> list[ShutAct]:
    history = acts_upon(session, [one.id for one in people])

    def same(first: str, second: str) -> bool:
        if first == second:
            return any(holds(history, first, at))
        return joining(history, first, second, at) is not None

    return shut(declared(), people, same)


def staff_missing(session: Session, *, village: str) -> list[Role]:
    """Return the roles of the least staff that nobody of this village fills, as three different people.

    Example:
        staff.staff_missing(session, village="cy") == [Role.SUPERVISOR]
    """
    return roles_missing(_people(session, village, {}))


def shut(acts: Sequence[Control], people: Sequence[Person], same: Same) -> list[ShutAct]:
    """Return the acts of these that these people cannot do, with who is missing; decided on values alone.

    >>> large = Control("大额兑换", "", "", "", people=(frozenset({Role.CLERK}), frozenset({Role.COMMITTEE})))
    >>> chen = Person("1", "陈店员", frozenset({Role.CLERK}))
    >>> shut([large], [chen], lambda first, second: False)
    [ShutAct(act='大额兑换', missing='还没有评议小组')]
    """
    found = [(one.act, _missing(one.people, people, same)) for one in acts if one.people]
    return [ShutAct(act, missing) for act, missing in found if missing]


def by_reason(acts: Sequence[ShutAct]) -> dict[str, list[str]]:
    """Return who is missing with the acts that wait for them, in the order of the first of each.

    Example:
        >>> by_reason([ShutAct("销户", "没有监督"), ShutAct("降价", "没有监督"), ShutAct("改价", "一人")])
        {'没有监督': ['销户', '降价'], '一人': ['改价']}
    """
    found: dict[str, list[str]] = {}
    for one in acts:
        found.setdefault(one.missing, []).append(one.act)
    return found


def roles_missing(people: Sequence[Person]) -> list[Role]:
    """Return the roles of the least staff that these people cannot fill as three different persons.

    >>> both = Person("1", "李主任", frozenset({Role.COMMITTEE, Role.CLERK}))
    >>> roles_missing([both])
    [<Role.CLERK: 'clerk'>, <Role.SUPERVISOR: 'supervisor'>]
    >>> roles_missing([both, Person("2", "周文书", frozenset({Role.COMMITTEE}))])
    [<Role.SUPERVISOR: 'supervisor'>]
    """
    seen: Counter[frozenset[Role]] = Counter()
    useful = []
    for one in people:
        roles = one.roles.intersection(MINIMUM_STAFF)
        seen[roles] += 1
        # A fourth with the same roles fills nothing that three do not.
        if roles and seen[roles] <= len(MINIMUM_STAFF):
            useful.append(Person(one.id, one.name, roles))
    fewest: tuple[Role, ...] = min(_unfilled(MINIMUM_STAFF, useful), key=len)
    return list(fewest)


def _people(session: Session, village: str, supposing: Mapping[str, Collection[Role]]) -> list[Person]:
    """Return who may sign in and has a role that counts in this village, or would have one."""
    return [
        Person(one.staff.id, one.staff.name, frozenset(supposing.get(one.staff.id, one.roles_in(village))))
        for one in directory.everyone(session, village=village)
        if not one.staff.disabled
    ]


def _unfilled(roles: tuple[Role, ...], people: Sequence[Person]) -> Iterator[tuple[Role, ...]]:
    """Yield what is left of the roles for each way to fill them with different people, fullest ways first."""
    if not roles:
        yield ()
        return
    role, rest = roles[0], roles[1:]
    for one in people:
        if role in one.roles:
            yield from _unfilled(rest, [other for other in people if other is not one])
    yield from ((role, *left) for left in _unfilled(rest, people))


def _missing(needs: Sequence[frozenset[Role]], people: Sequence[Person], same: Same) -> str:
    """Return who is missing for an act that needs these roles, in words; nothing if it can be done."""
    able = [[one for one in people if one.roles & roles] for roles in needs]
    for roles, who in zip(needs, able, strict=True):
        if not who:
            return f"还没有{_in_words(roles)}"
    seats = [seated for seated in product(*able) if len({one.id for one in seated}) == len(needs)]
    if not seats:
        return f"只有{able[0][0].name}一个人，还要另一位{_in_words(needs[-1])}"
    if any(not same(seated[0].id, seated[-1].id) for seated in seats):
        return ""
    seated_ids = {one.id for seated in seats for one in seated}
    # In one order, so that acts that wait for the same people are told together.
    names = [one.name for one in people if one.id in seated_ids]
    return f"{'、'.join(names[:4])}的账号要由本人改过密码、满24小时"


def _in_words(roles: frozenset[Role]) -> str:
    """Return roles in the order of the list; an admin is named only where nobody else is."""
    named = [role for role in Role if role in roles and (role is not Role.ADMIN or len(roles) == 1)]
    return "或".join(ROLE.name(role) for role in named)
