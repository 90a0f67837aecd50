"""In which order one walks through a group: kept by household, changed by saying at which place one comes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import ledger, roster, villages
from pointsbank.inspections.models import WalkingPlaceRow
from pointsbank.prepared import chunks
from pointsbank.roster import Participant

HOUSEHOLD = "household"


def walking_order(session: Session, *, village: str, group: str) -> list[Participant]:
    """Return the households that stay in a group (id), as one walks; who has no place yet, last, by code.

    Example:
        [one.code for one in inspections.walking_order(session, village="cy", group=first.id)]
    """
    people = roster.staying_in(session, village=village, kind=HOUSEHOLD, group=group)
    places = _places(session, village, [one.id for one in people])
    return sorted(people, key=lambda one: (places.get(one.id, len(places) + len(people) + 1), one.sort_key))


def moved(order: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """Return an order in which some come at other places than before; all others keep theirs among them.

    Args:
        order: every one, each once.
        places: for some of them the place wanted, 1 the first; beyond the end means the end.

    Example:
        >>> moved(["a", "b", "c", "d"], {"d": 1}), moved(["a", "b", "c", "d"], {"a": 9, "b": 1})
        (['d', 'a', 'b', 'c'], ['b', 'c', 'd', 'a'])
    """
    now = {one: place for place, one in enumerate(order, start=1)}
    wanted = {one: place for one, place in places.items() if one in now and place != now[one]}
    result = [one for one in order if one not in wanted]
    for one in sorted(wanted, key=lambda each: (wanted[each], now[each])):
        result.insert(max(wanted[one] - 1, 0), one)
    return result


def set_walking_order(
    session: Session, *, village: str, group: str, places: Mapping[str, int], by: str, at: datetime
) -> list[Participant]:
    """Keep at which place households of a group (id) come; return the order. Locks the village.

    Args:
        places: by code; others keep their place among themselves, codes that are not there say nothing.

    Raises:
        GroupUnknown, VillageUnknown: there is no such group or village.

    And those of `ledger.record`.

    Example:
        inspections.set_walking_order(session, village="cy", group=id, places={"0102": 1}, by="li", at=now)
    """
    # Two who move households at once would else each write half of an order.
    villages.lock(session, village=village)
    found = villages.group(session, village=village, group_id=group)
    before = walking_order(session, village=village, group=group)
    ids = {one.code: one.id for one in before}
    order = moved([one.id for one in before], {ids[code]: to for code, to in places.items() if code in ids})
    if order == [one.id for one in before]:
        return before
    for some in chunks(order):
        mine = (WalkingPlaceRow.in_village(village), col(WalkingPlaceRow.participant_id).in_(some))
        session.exec(delete(WalkingPlaceRow).where(*mine))
    session.expire_all()
    rows = enumerate(order, start=1)
    session.add_all(
        WalkingPlaceRow(village_id=village, participant_id=one, place=place) for place, one in rows
    )
    session.flush()
    words = {"group": group, "name": found.name, "households": len(order)}
    ledger.record(session, village=village, kind="walking_order_set", by=by, at=at, words=words)
    return walking_order(session, village=village, group=group)


def _places(session: Session, village: str, ids: Sequence[str]) -> dict[str, int]:
    """Return the places of these households (ids), as far as they have one."""
    found: dict[str, int] = {}
    row = WalkingPlaceRow
    for some in chunks(list(ids)):
        mine = select(row).where(row.in_village(village), col(row.participant_id).in_(some))
        found |= {one.participant_id: one.place for one in session.exec(mine)}
    return found


@ledger.describes("walking_order_set")
def _set(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 一组，58户."""
    return f"{words['name']}，{words['households']}户"
