"""The roles that one person holds, read behind a lock: for whoever changes them and tells what changed."""

from collections.abc import Collection
from typing import TypeAlias

from sqlmodel import Session, col, select

from pointsbank import villages
from pointsbank.staff import directory
from pointsbank.staff.models import StaffRoleRow, StaffRow
from pointsbank.staff.permissions import Role, SignedIn
from pointsbank.staff.places import place_of

Places: TypeAlias = Collection[str | None]
"""Townships, villages and groups of them, as `places` names them; None is the whole installation."""


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
    found = session.exec(select(StaffRoleRow).where(col(StaffRoleRow.staff_id) == person))
    roles = directory.sorted_roles(
        (place_of(one.village_id, one.group_id, one.township_id), Role(one.role)) for one in found
    )
    within = directory.within(roles, villages.villages_by_township(session))
    only = directory.unless_practice(session, villages.only_village(session))
    return SignedIn(directory.view(row), tuple(roles), within=within, only_village=only)
