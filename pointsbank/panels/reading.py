"""Reading panels: each with its area, and who sits on it with which relatives."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from pointsbank import roster, villages
from pointsbank.errors import NotFound, Refused
from pointsbank.panels.models import PanelGroupRow, PanelMemberRow, PanelRelativeRow, PanelRow, StaffKinRow
from pointsbank.panels.values import Member, Panel, Relative
from pointsbank.roster import Participant

Beside = TypeVar("Beside", PanelGroupRow, PanelMemberRow, PanelRelativeRow)


class PanelUnknown(NotFound):
    """There is no such panel in this village."""

    code = "panel_unknown"
    sentence = "没有找到这个评议小组，请从评议小组列表里选择。"
    fixed_by = "本人"


class PanelEnded(Refused):
    """The panel has ended: nothing about it changes any more."""

    code = "panel_ended"
    sentence = "{name}已经撤销，不能再改；请另外设立一个。"
    fixed_by = "村委"


class MemberUnknown(NotFound):
    """Nobody sits on the panel under this number, or no longer does."""

    code = "panel_member_unknown"
    sentence = "这个评议小组里没有这位成员，或者已经退出，请从评议小组里选择。"
    fixed_by = "本人"


def panels(session: Session, *, village: str, also_ended: bool = False) -> list[Panel]:
    """Return the village's panels, the village's own first, then by name.

    Args:
        also_ended: those too that have ended, last.

    Example:
        [one.name for one in panels.panels(session, village="cy")]  # ["村评议小组", "一组评议小组"]
    """
    query = select(PanelRow).where(PanelRow.in_village(village))
    if not also_ended:
        query = query.where(col(PanelRow.ended_at).is_(None))
    found = _views(session, session.exec(query).all(), village=village)
    return sorted(found, key=lambda one: (one.ended_at is not None, one.kind != "village", one.name, one.id))


def names(session: Session, *, village: str, ids: Collection[str]) -> dict[str, str]:
    """Return what panels (ids) are called, those that have ended too.

    Example:
        panels.names(session, village="cy", ids={id})  # {"k3v7q2n5…": "村评议小组"}
    """
    if not ids:
        return {}
    query = select(PanelRow.id, PanelRow.name).where(PanelRow.in_village(village), col(PanelRow.id).in_(ids))
    return dict(session.exec(query).all())


def panel(session: Session, *, village: str, panel_id: str) -> Panel:
    """Return one panel.

    Raises:
        PanelUnknown: there is none.

    Example:
        panels.panel(session, village="cy", panel_id=id).rule  # "mean"
    """
    # PostgreSQL compares no text that holds a NUL.
    storable = "\x00" not in panel_id
    row = session.get(PanelRow, (village, panel_id), populate_existing=True) if storable else None
    if row is None:
        raise PanelUnknown()
    return _views(session, [row], village=village)[0]


def kin_of(session: Session, *, village: str, staff: str) -> frozenset[str]:
    """Return the households (ids) of somebody with an account (id), and of near relatives.

    As the panels know them on which they sit now, and as it is noted at the account.

    Example:
        panels.kin_of(session, village="cy", staff=qian.id)  # frozenset({"k2…"})
    """
    relative = PanelRelativeRow
    seats = _seats_of(session, village, staff)
    own = {one.participant_id for one in seats if one.participant_id}
    for one in seats:
        theirs = (col(relative.panel_id) == one.panel_id, col(relative.number) == one.number)
        related = select(relative.participant_id).where(relative.in_village(village), *theirs)
        own |= set(session.exec(related))
    noted = (StaffKinRow.in_village(village), col(StaffKinRow.staff_id) == staff)
    return frozenset(own | set(session.exec(select(StaffKinRow.participant_id).where(*noted))))


def households_of(session: Session, *, village: str, staff: str) -> frozenset[str]:
    """Return the households (ids) in which somebody with an account (id) lives: `kin_of` without relatives.

    Example:
        panels.households_of(session, village="cy", staff=qian.id)  # frozenset({"k2…"})
    """
    noted = (StaffKinRow.in_village(village), col(StaffKinRow.staff_id) == staff)
    own = session.exec(
        select(StaffKinRow.participant_id).where(*noted, col(StaffKinRow.relation) == "own")
    ).all()
    seats = _seats_of(session, village, staff)
    return frozenset({*own, *(one.participant_id for one in seats if one.participant_id)})


def _seats_of(session: Session, village: str, staff: str) -> Sequence[PanelMemberRow]:
    """Return where somebody with an account sits now."""
    member = PanelMemberRow
    mine = (member.in_village(village), col(member.staff_id) == staff, col(member.until).is_(None))
    return session.exec(select(member).where(*mine)).all()


def kin_of_household(session: Session, *, village: str, participant: str) -> frozenset[str]:
    """Return the households (ids) of near relatives of people of a household (id), from either side.

    As the panels know those who sit on them now, and as it is noted at accounts.

    Example:
        panels.kin_of_household(session, village="cy", participant=wang.id)  # frozenset({"k2…"})
    """
    member, relative, noted = PanelMemberRow, PanelRelativeRow, StaffKinRow
    seats = session.exec(select(member).where(member.in_village(village), col(member.until).is_(None))).all()
    whose = {(one.panel_id, one.number): one.staff_id or f"{one.panel_id} {one.number}" for one in seats}
    ties = [(whose[one.panel_id, one.number], one.participant_id, True) for one in seats]
    for kin in session.exec(select(relative).where(relative.in_village(village))):
        if (seat := (kin.panel_id, kin.number)) in whose:
            ties.append((whose[seat], kin.participant_id, False))
    for one in session.exec(select(noted).where(noted.in_village(village))):
        ties.append((one.staff_id, one.participant_id, one.relation == "own"))
    lives = {person for person, household, is_own in ties if is_own and household == participant}
    related = {person for person, household, _own in ties if household == participant}
    near = {
        household
        for person, household, is_own in ties
        if household and (person in lives or (is_own and person in related))
    }
    return frozenset(near - {participant})


def lock_standing(session: Session, *, village: str, panel_id: str) -> Panel:
    """Lock the village and return one of its panels (id), to be changed.

    Raises:
        VillageUnknown: there is no such village.
        PanelUnknown: there is no such panel.
        PanelEnded: it has ended.
    """
    # The village before all else, as whoever forgets a household does: a relation is not written behind it.
    villages.lock(session, village=village)
    found = panel(session, village=village, panel_id=panel_id)
    if found.ended_at is not None:
        raise PanelEnded(name=found.name)
    return found


def member_of(of: Panel, number: int) -> Member:
    """Return who sits on a panel under this number.

    Raises:
        MemberUnknown: nobody, or no longer.
    """
    for one in of.members:
        if one.number == number and one.until is None:
            return one
    raise MemberUnknown()


def _views(session: Session, rows: Sequence[PanelRow], *, village: str) -> list[Panel]:
    """Return panels with their areas, members and relatives."""
    ids = [row.id for row in rows]
    areas = _beside(session, PanelGroupRow, ids, village=village)
    sitting = _beside(session, PanelMemberRow, ids, village=village)
    related = _beside(session, PanelRelativeRow, ids, village=village)
    own = {one.participant_id for some in sitting.values() for one in some if one.participant_id}
    theirs = {one.participant_id for some in related.values() for one in some}
    people = roster.by_ids(session, village=village, ids=own | theirs)
    groups = villages.groups(session, village=village, also_closed=True)
    found = []
    for row in rows:
        here = {one.group_id for one in areas[row.id]}
        area = [group for group in groups if group.id in here]
        found.append(
            row.into(
                Panel,
                groups=tuple(group.id for group in area),
                area=tuple(group.name for group in area),
                members=tuple(_member(one, related[row.id], people) for one in sitting[row.id]),
            )
        )
    return found


def _member(
    row: PanelMemberRow, related: Sequence[PanelRelativeRow], people: dict[str, Participant]
) -> Member:
    """Return a member with their relatives, by their codes."""
    mine = [one for one in related if one.number == row.number]
    relatives = [
        Relative(
            one.participant_id, people[one.participant_id].code, people[one.participant_id].name, one.relation
        )
        for one in mine
    ]
    code = people[row.participant_id].code if row.participant_id else ""
    return row.into(Member, code=code, relatives=tuple(sorted(relatives, key=lambda one: one.code)))


def _beside(
    session: Session, table: type[Beside], ids: Sequence[str], *, village: str
) -> defaultdict[str, list[Beside]]:
    """Return the rows that belong to these panels."""
    found: defaultdict[str, list[Beside]] = defaultdict(list)
    query = select(table).where(table.in_village(village), col(table.panel_id).in_(ids))
    # Written beside the session, perhaps, in this very transaction.
    for row in session.exec(query.execution_options(populate_existing=True)):
        found[row.panel_id].append(row)
    for some in found.values():
        some.sort(key=lambda one: getattr(one, "number", 0))
    return found
