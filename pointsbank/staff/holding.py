"""The roles that one person holds, read behind a lock: for whoever changes them and tells what changed."""

from collections.abc import Collection
from typing import TypeAlias

from sqlmodel import Session, col, select

from pointsbank.staff import directory
from pointsbank.staff.models import StaffRoleRow, StaffRow
from pointsbank.staff.permissions import Role, SignedIn
from pointsbank.staff.places import place_of

Places: TypeAlias = Collection[str | None]
"""Villages and groups of them, as `places` names them; None is the whole installation."""


def lock_person(session: Session, *, person: str) -> SignedIn:
    """Lock a person (id) until this write ends, and return them with their roles.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.lock_person(session, person=li.id).roles == (("cy", Role.COMMITTEE),)
    """
    # Without the key: sessions and tokens that only refer to the person need not wait.
    lock = {"key_share": True}
    row = session.get(StaffRow, person, with_for_update=lock, populate_existing=True)
    if row is None:
        raise directory.StaffUnknown()
    query = select(StaffRoleRow.village_id, StaffRoleRow.group_id, StaffRoleRow.role)
    found = session.exec(query.where(col(StaffRoleRow.staff_id) == person))
    roles = directory.sorted_roles((place_of(village, group), Role(role)) for village, group, role in found)
    return SignedIn(directory.view(row), tuple(roles))
