"""Finds the people who may sign in: by login, by id, all of a village."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from pointsbank import villages
from pointsbank.errors import NotFound
from pointsbank.staff.models import PasswordDueRow, SecondFactorRow, StaffRoleRow, StaffRow
from pointsbank.staff.permissions import Role, SignedIn, Staff, belongs
from pointsbank.staff.places import place_of

OPERATOR = "operator"
"""Who acts at the machine itself, where nobody signs in; a login that was named follows after a colon."""


class StaffUnknown(NotFound):
    """There is no person with this id or login."""

    code = "staff_unknown"
    sentence = "没有这个工作人员账号，请核对。"
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
    """Return all who may sign in, or those with a role in one village or a group of it, ordered by login.

    Example:
        [one.staff.login for one in staff.everyone(session, village="cy")] == ["chen", "li", "sun"]
    """
    rows = session.exec(select(StaffRow).order_by(col(StaffRow.login))).all()
    due = set(session.exec(select(PasswordDueRow.staff_id)))
    factors = {row.staff_id for row in session.exec(select(SecondFactorRow)) if row.confirmed_at is not None}
    roles: dict[str, list[tuple[str | None, Role]]] = {}
    for row in session.exec(select(StaffRoleRow)):
        place = place_of(row.village_id, row.group_id)
        roles.setdefault(row.staff_id, []).append((place, Role(row.role)))
    found = [
        SignedIn(
            view(row),
            tuple(sorted_roles(roles.get(row.id, []))),
            must_change=row.id in due,
            has_factor=row.id in factors,
        )
        for row in rows
    ]
    return [one for one in found if village is None or belongs(one, village)]


def names(session: Session, *, ids: Iterable[str]) -> dict[str, str]:
    """Return the names behind at most 500 staff ids, for pages that say who did something.

    Example:
        staff.names(session, ids=[li.id]) == {li.id: "李会计"}
    """
    wanted = sorted(set(ids))[:500]
    rows = session.exec(select(StaffRow).where(col(StaffRow.id).in_(wanted)))
    return {row.id: row.name for row in rows}


def actors(session: Session, *, ids: Iterable[str]) -> dict[str, str]:
    """Return what to call at most 500 of those who did something; also whoever sat at the machine itself.

    Example:
        staff.actors(session, ids=[li.id, "operator:li"])
        # {li.id: "李会计", "operator:li": "服务器上的操作员（li）"}
    """
    wanted = sorted(set(ids))
    found = names(session, ids=wanted)
    for one in wanted:
        who, _, login = one.partition(":")
        if who == OPERATOR:
            found[one] = f"服务器上的操作员{f'（{login}）' if login else ''}"
    return found


def common_names(session: Session) -> list[str]:
    """Return what a guesser knows: names and codes of villages, names and logins of all who sign in.

    Example:
        staff.common_names(session)  # ["茶源村", "chayuan", "李主任", "li", …]
    """
    places = [word for one in villages.everyone(session) for word in (one.name, one.id)]
    people = [word for row in session.exec(select(StaffRow)) for word in (row.name, row.login)]
    return [*places, *people]


def sorted_roles(roles: Iterable[tuple[str | None, Role]]) -> list[tuple[str | None, Role]]:
    """Return roles in a fixed order, whatever the database."""
    return sorted(roles, key=lambda pair: (pair[0] or "", pair[1].value))


def view(row: StaffRow) -> Staff:
    """Return a row as other packages see it."""
    return Staff(id=row.id, login=row.login, name=row.name, disabled=row.disabled)


def row_by_login(session: Session, login: str) -> StaffRow | None:
    """Return the row of the person with this login, if there is one."""
    return session.exec(select(StaffRow).where(StaffRow.login == login)).first()
