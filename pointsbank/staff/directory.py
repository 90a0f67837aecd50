"""Finds the people who may sign in: by login, by id, all of a village."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Select, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import villages
from pointsbank.database import execute
from pointsbank.errors import NotFound, Refused
from pointsbank.once import once_a_reading
from pointsbank.practising import is_practice
from pointsbank.staff.models import PasswordDueRow, SecondFactorRow, StaffRoleRow, StaffRow
from pointsbank.staff.permissions import Role, SignedIn, Staff, belongs
from pointsbank.staff.places import place_of, township_of

Seat: TypeAlias = tuple[str | None, Role]
"""A role with its place, see `places`."""

OPERATOR = "operator"
"""Who acts at the machine itself, where nobody signs in; a login that was named follows after a colon."""

BY_CARD = "card"
"""Who acts where a household does something itself, by its card and PIN: its id follows after a colon."""

SYSTEM = "system"
"""Who acts where the program does something by itself; nobody can have this login."""


class StaffUnknown(NotFound):
    """There is no person with this id or login."""

    code = "staff_unknown"
    sentence = "没有这个工作人员账号，请核对。"
    fixed_by = "管理员"


class LoginReserved(Refused):
    """The program itself acts under this login."""

    code = "login_reserved"
    sentence = "账号{login}是程序自己用的，请换一个。"
    fixed_by = "管理员"


def by_login(session: Session, *, login: str) -> Staff:
    """Return the person with this login.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.by_login(session, login="li").name == "李会计"
    """
    row = row_by_login(session, login)
    if row is None:
        raise StaffUnknown()
    return view(row)


def everyone(session: Session, *, village: str | None = None) -> list[SignedIn]:
    """Return all who may sign in, or those with a role that counts in a village or a group of it, by login.

    Example:
        [one.staff.login for one in staff.everyone(session, village="cy")] == ["chen", "li", "sun"]
    """
    return [one for one in _all(session) if village is None or belongs(one, village)]


@once_a_reading
def _all(session: Session) -> tuple[SignedIn, ...]:
    """Return all who may sign in, by login."""
    rows = session.exec(select(StaffRow).order_by(col(StaffRow.login))).all()
    due = set(session.exec(select(PasswordDueRow.staff_id)))
    factors = {row.staff_id for row in session.exec(select(SecondFactorRow)) if row.confirmed_at is not None}
    roles: dict[str, list[Seat]] = {}
    for row in session.exec(select(StaffRoleRow)):
        place = place_of(row.village_id, row.group_id, row.township_id)
        roles.setdefault(row.staff_id, []).append((place, Role(row.role)))
    lying = villages.villages_by_township(session)
    only = unless_practice(session, villages.only_village(session))
    return tuple(
        SignedIn(
            view(row),
            tuple(sorted_roles(roles.get(row.id, []))),
            must_change=row.id in due,
            has_factor=row.id in factors,
            within=within(roles.get(row.id, []), lying),
            only_village=only,
        )
        for row in rows
    )


def names(session: Session, *, ids: Iterable[str]) -> dict[str, str]:
    """Return the names behind at most 500 staff ids, for pages that say who did something.

    Example:
        staff.names(session, ids=[li.id]) == {li.id: "李会计"}
    """
    wanted = sorted(set(ids))[:500]
    query = select_columns(col(StaffRow.id), col(StaffRow.name)).where(col(StaffRow.id).in_(wanted))
    return {row.id: row.name for row in execute(session, query)} if wanted else {}


def ids_called(words: str) -> Select[Any]:
    """Return the statement that selects the ids of who is called so: by login, name or id.

    Example:
        execute(session, staff.ids_called("chen")).scalars().all() == [chen.id]
    """
    own = (StaffRow.id, StaffRow.login, StaffRow.name)
    return select_columns(col(StaffRow.id)).where(or_(*(col(column) == words for column in own)))


def actors(session: Session, *, ids: Iterable[str]) -> dict[str, str]:
    """Return what to call at most 500 of those who did something; also whoever sat at the machine itself.

    Example:
        staff.actors(session, ids=[li.id, "operator:li"])
        # {li.id: "李会计", "operator:li": "服务器上的操作员（li）"}; "system" is 程序自动
    """
    wanted = sorted(set(ids))
    found = names(session, ids=wanted)
    for one in wanted:
        who, _, login = one.partition(":")
        if who == OPERATOR:
            found[one] = f"服务器上的操作员{f'（{login}）' if login else ''}"
        elif who == BY_CARD:
            found[one] = "这一户本人（凭卡和密码）"
        elif one == SYSTEM:
            found[one] = "程序自动"
    return found


def by_card(participant: str) -> str:
    """Return who acts where a household (id) does something itself, by its card and PIN.

    Example:
        >>> by_card("k3v7q2n5x4b6m8ja")
        'card:k3v7q2n5x4b6m8ja'
    """
    return f"{BY_CARD}:{participant}"


def common_names(session: Session) -> list[str]:
    """Return what a guesser knows: names and codes of villages, of townships, and of all who sign in.

    Example:
        staff.common_names(session)  # ["茶源村", "chayuan", "李主任", "li", …]
    """
    places = [word for one in villages.everyone(session) for word in (one.name, one.id)]
    places += [one.name for one in villages.townships(session)]
    people = [word for row in session.exec(select(StaffRow)) for word in (row.name, row.login)]
    return [*places, *people]


def within(roles: Iterable[Seat], lying: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return the villages that roles in townships reach, as `SignedIn.within`.

    Args:
        lying: the villages of each township, as `villages.villages_by_township` returns them.

    Example:
        >>> within([("@k2", Role.COUNTY), ("zy", Role.CLERK)], {"k2": ["cy"], "k3": ["zy"]})
        (('cy', 'k2'),)
    """
    named = [one for place, _ in roles if (one := township_of(place)) is not None]
    return tuple((village, one) for one in named for village in lying.get(one, ()))


def unless_practice(session: Session, village: str | None) -> str | None:
    """Return the only village (code) of this database; None in practice, where anybody plays its admin.

    Example:
        directory.unless_practice(session, "cy") == "cy"
    """
    return None if is_practice(session) else village


def sorted_roles(roles: Iterable[Seat]) -> list[Seat]:
    """Return roles in a fixed order, whatever the database."""
    return sorted(roles, key=lambda pair: (pair[0] or "", pair[1].value))


def refuse_reserved(login: str) -> None:
    """Refuse a login under which the program itself acts; raises LoginReserved."""
    if login == SYSTEM:
        raise LoginReserved(login=login)


def view(row: StaffRow) -> Staff:
    """Return a row as other packages see it."""
    return Staff(id=row.id, login=row.login, name=row.name, disabled=row.disabled)


def row_by_login(session: Session, login: str) -> StaffRow | None:
    """Return the row of the person with this login, if there is one."""
    return session.exec(select(StaffRow).where(StaffRow.login == login)).first()
