"""Rounds: beginning a walk through a group, how far it is, ending it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import ledger, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.inspections.models import InspectionRoundRow, InspectionRow
from pointsbank.inspections.order import walking_order


class RoundUnknown(NotFound):
    """There is no such round, or it is none of this person's business."""

    code = "inspection_round_unknown"
    sentence = "没有找到这一轮巡查，请从“巡查”页重新选择。"
    fixed_by = "本人"


class RoundEnded(Refused):
    """The round has ended."""

    code = "inspection_round_ended"
    sentence = "这一轮巡查已经结束，请在“巡查”页开始新的一轮。"
    fixed_by = "本人"


class RoundEmpty(Refused):
    """Nobody lives in the group who could be looked at."""

    code = "inspection_round_empty"
    sentence = "{group}还没有住户，不用巡查：请先在花名册里登记。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Round:
    """A walk through a group: `done` of `size` households were looked at; `size` as the group is now."""

    id: str
    group_id: str
    group: str
    begun_on: date
    begun_by: str
    ended_at: datetime | None
    done: int
    size: int


def begin_round(
    session: Session,
    *,
    village: str,
    group: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Round:
    """Begin a walk through a group (id), or return the one that is under way. Locks the village.

    Args:
        groups: only these groups (ids) are there for who begins; None for the whole village.

    Raises:
        GroupUnknown, VillageUnknown: there is no such group or village.
        RoundEmpty: nobody lives there.
        RoundUnknown: raised by `the_round`, of one that is there.

    And those of `ledger.record`.

    Example:
        inspections.begin_round(session, village="cy", group=first.id, by="qian", at=now).size  # 58
    """
    # Two who begin at once walk in one round.
    villages.lock(session, village=village)
    found = villages.group(session, village=village, group_id=group)
    if groups is not None and group not in groups:
        raise villages.problems.GroupUnknown()
    row = InspectionRoundRow
    mine = (row.in_village(village), col(row.group_id) == group, col(row.ended_at).is_(None))
    if (there := session.exec(select(row).where(*mine)).first()) is not None:
        return the_round(session, village=village, round_id=there.id)
    if not walking_order(session, village=village, group=group):
        raise RoundEmpty(group=found.name)
    begun = row(
        village_id=village,
        id=new_id(session),
        group_id=group,
        begun_on=day_of(at),
        begun_at=at,
        begun_by=by,
    )
    session.add(begun)
    session.flush()
    words = {"round": begun.id, "group": group, "name": found.name}
    ledger.record(session, village=village, kind="inspection_begun", by=by, at=at, words=words)
    return the_round(session, village=village, round_id=begun.id)


def end_round(
    session: Session,
    *,
    village: str,
    round_id: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Round:
    """End a walk; who was not looked at is looked at in the next one.

    Args:
        groups: as `begin_round`.

    Raises:
        RoundUnknown: there is no such round.
        RoundEnded: it has ended.

    And those of `ledger.record`.

    Example:
        inspections.end_round(session, village="cy", round_id=id, by="qian", at=now).ended_at
    """
    row = lock_round(session, village, round_id, groups=groups)
    row.ended_at, row.ended_by = at, by
    session.flush()
    ended = the_round(session, village=village, round_id=round_id)
    words = {
        "round": row.id,
        "group": row.group_id,
        "name": ended.group,
        "done": ended.done,
        "size": ended.size,
    }
    ledger.record(session, village=village, kind="inspection_ended", by=by, at=at, words=words)
    return ended


def lock_round(
    session: Session, village: str, round_id: str, *, groups: Collection[str] | None
) -> InspectionRoundRow:
    """Return the row of a round that is under way, locked.

    Raises:
        RoundUnknown, RoundEnded: there is none, or it has ended.
    """
    row = round_row(session, village, round_id, groups=groups, lock=True)
    if row.ended_at is not None:
        raise RoundEnded()
    return row


def the_round(
    session: Session, *, village: str, round_id: str, groups: Collection[str] | None = None
) -> Round:
    """Return one round; raises RoundUnknown. `groups` as `begin_round`.

    Example:
        inspections.the_round(session, village="cy", round_id=id).done  # 12
    """
    row = round_row(session, village, round_id, groups=groups)
    return _view(session, row, {one.id: one.name for one in _groups(session, village)})


def under_way(session: Session, *, village: str, groups: Collection[str] | None = None) -> list[Round]:
    """Return the rounds under way, by group. `groups` as `begin_round`.

    Example:
        [one.group for one in inspections.under_way(session, village="cy")]  # ["一组"]
    """
    row = InspectionRoundRow
    rows = session.exec(select(row).where(row.in_village(village), col(row.ended_at).is_(None))).all()
    places = {one.id: (one.position, one.name) for one in _groups(session, village)}
    names = {group: name for group, (_, name) in places.items()}
    mine = [one for one in rows if groups is None or one.group_id in groups]
    return [_view(session, one, names) for one in sorted(mine, key=lambda each: places[each.group_id])]


def round_row(
    session: Session,
    village: str,
    round_id: str,
    *,
    groups: Collection[str] | None = None,
    lock: bool = False,
) -> InspectionRoundRow:
    """Return the row of a round; raises RoundUnknown."""
    key = (village, round_id)
    # PostgreSQL compares no text that holds a NUL.
    if "\x00" in round_id:
        raise RoundUnknown()
    row = session.get(InspectionRoundRow, key, with_for_update=lock, populate_existing=lock)
    if row is None or (groups is not None and row.group_id not in groups):
        raise RoundUnknown()
    return row


def _groups(session: Session, village: str) -> list[villages.Group]:
    return villages.groups(session, village=village, also_closed=True)


def _view(session: Session, row: InspectionRoundRow, names: Mapping[str, str]) -> Round:
    one = InspectionRow
    mine = (one.in_village(row.village_id), col(one.round_id) == row.id)
    done = session.exec(select(func.count()).select_from(one).where(*mine)).one()
    size = len(walking_order(session, village=row.village_id, group=row.group_id))
    return row.into(Round, group=names.get(row.group_id, ""), done=done, size=max(size, done))


@ledger.describes("inspection_begun")
def _begun(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 一组."""
    return str(words["name"])


@ledger.describes("inspection_ended")
def _ended(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 一组，看了56户，共58户."""
    return f"{words['name']}，看了{words['done']}户，共{words['size']}户"
