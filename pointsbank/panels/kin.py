"""Whose households are close to somebody who signs in: noted at the account, beside what panels know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from pointsbank import ledger, roster, staff, villages
from pointsbank.errors import NotFound
from pointsbank.labels.kinship import KINSHIP
from pointsbank.panels.members import standing_household
from pointsbank.panels.models import StaffKinRow
from pointsbank.roster import Participant


class KinUnknown(NotFound):
    """Nothing of the kind is noted at this account, or no household was named."""

    code = "staff_kin_unknown"
    sentence = "没有登记过这一户，请核对户号。"
    fixed_by = "本人"


class Kin(NamedTuple):
    """A household close to somebody who signs in, and how (a code of `labels.kinship`)."""

    household: Participant
    relation: str


def kin_noted(session: Session, *, village: str, login: str) -> list[Kin]:
    """Return the households noted at an account, by their codes.

    Raises:
        StaffUnknown: nobody of the village signs in so.

    Example:
        panels.kin_noted(session, village="cy", login="chen")[0].relation  # "own"
    """
    person = _person(session, village, login)
    mine = (StaffKinRow.in_village(village), col(StaffKinRow.staff_id) == person.id)
    rows = session.exec(select(StaffKinRow).where(*mine)).all()
    known = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    found = [Kin(known[row.participant_id], row.relation) for row in rows]
    return sorted(found, key=lambda one: one.household.sort_key)


def note_kin(
    session: Session, *, village: str, login: str, household: str, relation: str, by: str, at: datetime
) -> list[Kin]:
    """Note that a household is somebody's own, or a near relative's; naming it again says another relation.

    From then on they enter nothing for it at the counter. Locks the village.

    Args:
        household: its code.
        relation: a code of `labels.kinship`.

    Raises:
        VillageUnknown: there is no such village.
        StaffUnknown: nobody of the village signs in so.
        ParticipantUnknown, ParticipantClosed: there is no such household, or no longer.
        KinUnknown: no household is named; and those of `ledger.record`.

    Example:
        panels.note_kin(session, village="cy", login="chen", household="0203", relation="own", **common)
    """
    # The village before all else, as whoever forgets a household does: a relation is not written behind it.
    villages.lock(session, village=village)
    person = _person(session, village, login)
    theirs = standing_household(session, village, household)
    if theirs is None:
        raise KinUnknown()
    known = session.get(StaffKinRow, (village, person.id, theirs.id), populate_existing=True)
    if known is not None:
        # A relation that was wrong goes and another comes: none is rewritten.
        session.delete(known)
        session.flush()
    session.add(
        StaffKinRow(
            village_id=village,
            staff_id=person.id,
            participant_id=theirs.id,
            relation=KINSHIP.code(relation) or relation,
        )
    )
    session.flush()
    _record(session, person, theirs, "noted", village=village, by=by, at=at)
    return kin_noted(session, village=village, login=login)


def drop_kin(
    session: Session, *, village: str, login: str, household: str, by: str, at: datetime
) -> list[Kin]:
    """Take back that a household (code) is close to somebody; locks the village.

    Raises:
        VillageUnknown: there is no such village.
        StaffUnknown: nobody of the village signs in so.
        KinUnknown: nothing of the kind is noted; and those of `ledger.record`.

    Example:
        panels.drop_kin(session, village="cy", login="chen", household="0203", by=zhang, at=now)  # []
    """
    villages.lock(session, village=village)
    person = _person(session, village, login)
    noted = {one.household.code: one.household for one in kin_noted(session, village=village, login=login)}
    theirs = noted.get(household)
    row = theirs and session.get(StaffKinRow, (village, person.id, theirs.id), populate_existing=True)
    if not row or theirs is None:
        raise KinUnknown()
    session.delete(row)
    session.flush()
    _record(session, person, theirs, "dropped", village=village, by=by, at=at)
    return kin_noted(session, village=village, login=login)


def _person(session: Session, village: str, login: str) -> staff.Staff:
    """Return who signs in so in this village; raise StaffUnknown."""
    for one in staff.everyone(session, village=village):
        if one.staff.login == login:
            return one.staff
    raise staff.problems.StaffUnknown()


def _record(
    session: Session, person: staff.Staff, theirs: Participant, act: str, *, village: str, **how: Any
) -> None:
    """Write the entry of a change; the relation is a private matter, and the row's digest vouches for it."""
    words = {"staff": person.id, "person": person.name, "act": act, "participant": theirs.id}
    ledger.record(session, village=village, kind="staff_kin_changed", words=words, **how)


@ledger.describes("staff_kin_changed")
def _changed(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 陈店员：登记本户或亲属户 王建国."""
    act = "登记本户或亲属户" if words["act"] == "noted" else "去掉本户或亲属户"
    return f"{words['person']}：{act} {names(words['participant'])}"
