"""Adds participants, and finds them by code or id; `editing` changes what stands in their files.

A participant is whoever holds points: a household, a party member, a team. People know it by its code (户号),
programs by its id. `search_key` holds everything it can be found by, `sort_key` its code made sortable.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from pointsbank import law, ledger, villages
from pointsbank.database import new_ids
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.once import known_here
from pointsbank.prepared import chunks, execute_many
from pointsbank.roster.groups import group_ids, record_groups
from pointsbank.roster.lawful_names import check_group_name, check_participant_name, persons
from pointsbank.roster.models import KINDS, ParticipantRow
from pointsbank.roster.search import search_key, sort_key
from pointsbank.roster.stored import Participant, is_storable, stored
from pointsbank.text import Replaceable, clean, clean_code, clean_name, narrow
from pointsbank.villages import Group

HOUSEHOLD = "household"
MAXIMUM_PEOPLE = 100
MAXIMUM_NAME = 60
MAXIMUM_ADDRESS = 100

_INSERT = insert(ParticipantRow)


class ParticipantUnknown(NotFound):
    """No participant of this village has this code or id."""

    code = "participant_unknown"
    sentence = "没有找到户号“{given}”，请核对户号。"
    fixed_by = "村委"


class ParticipantExists(Refused):
    """Another participant of the village has this code."""

    code = "participant_exists"
    sentence = "户号“{given}”已经有了，请换一个户号，或在花名册里查看原来那一户。"
    fixed_by = "村委"


class ParticipantInvalid(Invalid):
    """Kind, status or number of people is not one that a participant can have."""

    code = "participant_invalid"
    sentence = "{reason}"


class ParticipantClosed(Refused):
    """The participant is closed."""

    code = "participant_closed"
    sentence = "这一户已经销户或并户，积分和评分不再变动，请到村委会核对。"
    fixed_by = "村委"


def add(
    session: Session,
    *,
    village: str,
    code: str,
    name: str,
    kind: str = HOUSEHOLD,
    group: str | None = None,
    people: int = 0,
    address: str = "",
    id: str | None = None,
    by: str,
    at: datetime,
) -> Participant:
    """Add one participant and open its accounts; a group that the village does not have yet is added.

    Args:
        kind: one of `KINDS`.
        people: 0 to 100.
        id: made beforehand by `database.new_id`; None makes one.

    Raises:
        ParticipantExists: the code is taken.
        ParticipantInvalid: there is no such kind, or the number of people is out of bounds.
        TextInvalid: code, name, group or address is empty, too long or unprintable.
        Wording: the name of a new group, or of who is no person, holds what the law keeps private.
        NamesSomebody: it names one of the village's people.
        VillageUnknown, ParticipantUnknown: there is no such village.

    Example:
        wang = roster.add(session, village="cy", code="0101", name="王秀英", group="一组", by="li", at=now)
    """
    if kind not in KINDS:
        raise ParticipantInvalid(reason=f"没有“{kind[:20]}”这种积分主体，请从列表中选择。", at=("kind",))
    if not 0 <= people <= MAXIMUM_PEOPLE:
        raise ParticipantInvalid(reason=f"人口请填0至{MAXIMUM_PEOPLE}之间的整数。", at=("people",))
    columns: dict[str, Any] = {
        "code": clean_code(code),
        "name": clean_name(name, maximum=MAXIMUM_NAME),
        "kind": kind,
        "people": people,
        "address": clean(address, maximum=MAXIMUM_ADDRESS),
        "group_id": None,
    }
    if id is not None:
        columns["id"] = id
    named = law.people_of(persons(session, village=village))
    check_participant_name(columns["name"], kind, named)
    villages.lock(session, village=village)
    made: list[Group] = []
    if group:
        group = clean_name(group, maximum=MAXIMUM_NAME)
        if group not in group_ids(session, village=village):
            check_group_name(group, named)
        made = villages.add_groups(session, village=village, names=[group])
        columns["group_id"] = group_ids(session, village=village)[group]
    refuse_taken(session, village=village, code=columns["code"])
    insert_all(session, [columns], village=village, at=at)
    record_groups(session, made, village=village, by=by, at=at)
    return by_code(session, village=village, code=code)


def refuse_taken(session: Session, *, village: str, code: str) -> None:
    """Raise if the village has a participant with this code.

    Raises:
        ParticipantExists: it has.

    Example:
        roster.refuse_taken(session, village="cy", code="0104")
    """
    if stored(session, village, col(ParticipantRow.code) == code):
        raise ParticipantExists(given=code)


def insert_all(session: Session, people: Sequence[dict[str, Any]], *, village: str, at: datetime) -> None:
    """Insert new participants with their accounts.

    Raises:
        ParticipantExists: one of the codes has just been taken.
    """
    rows = [
        {
            "village_id": village,
            "id": made,
            "status": "active",
            "search_key": search_key(columns["name"], columns["code"]),
            "sort_key": sort_key(columns["code"]),
            "added_at": at,
            "erased_at": None,
            **columns,
        }
        for made, columns in zip(new_ids(session, len(people)), people, strict=True)
    ]
    if not rows:
        return
    # The codes were free when we looked; somebody may have added one since.
    with refusing_duplicates(ParticipantExists(given=people[0]["code"])):
        execute_many(session, _INSERT, *rows)
    ledger.open_accounts(session, village=village, participants=[str(row["id"]) for row in rows])


def by_code(
    session: Session, *, village: str, code: str, groups: Collection[str] | None = None
) -> Participant:
    """Return the participant with this code.

    Args:
        groups: only of these groups (ids), for whoever may see no other; None for the whole village.

    Raises:
        ParticipantUnknown: the village, or these groups of it, have none.

    Example:
        roster.by_code(session, village="cy", code="0101").name == "王秀英"
    """
    plain = narrow(code)
    found = stored(session, village, col(ParticipantRow.code) == plain) if is_storable(plain) else []
    if not found or not is_within(found[0], groups):
        raise ParticipantUnknown(given=code[:40])
    return found[0]


def is_within(person: Participant, groups: Collection[str] | None) -> bool:
    """Return whether a participant is in one of these groups (ids), or in the village for None.

    Example:
        roster.is_within(wang, {first.id})  # True
    """
    return groups is None or person.group_id in groups


def by_id(session: Session, *, village: str, id: str) -> Participant:
    """Return the participant with this id.

    Raises:
        ParticipantUnknown: the village has none.

    Example:
        roster.by_id(session, village="cy", id=wang.id).code == "0101"
    """
    found = by_ids(session, village=village, ids=[id])
    if id not in found:
        raise ParticipantUnknown(given=id[:40])
    return found[id]


def by_ids(session: Session, *, village: str, ids: Iterable[str]) -> dict[str, Participant]:
    """Return those of these participants that the village has, by id.

    Example:
        roster.by_ids(session, village="cy", ids=[wang.id, "gone"]) == {wang.id: wang}
    """
    known, wanted = known_here(session, by_ids, village), set(ids)
    lacking = wanted - known.keys()
    known |= {one.id: one for one in _where(session, col(ParticipantRow.id), lacking, village=village)}
    return {id: known[id] for id in sorted(wanted & known.keys())}


def by_codes(session: Session, *, village: str, codes: Iterable[str]) -> dict[str, Participant]:
    """Return those of these participants that the village has, by their codes as given.

    Example:
        roster.by_codes(session, village="cy", codes=["0101", "gone"]) == {"0101": wang}
    """
    plain = {code: narrow(code) for code in codes}
    found = _where(session, col(ParticipantRow.code), plain.values(), village=village)
    known = {person.code: person for person in found}
    return {code: known[same] for code, same in plain.items() if same in known}


def _where(
    session: Session, column: Mapped[str], values: Iterable[str], *, village: str
) -> list[Participant]:
    """Return the participants that have one of these values in a column."""
    wanted = sorted({value for value in values if is_storable(value)})
    return [one for some in chunks(wanted) for one in stored(session, village, column.in_(some))]


def everyone(session: Session, *, village: str) -> list[Participant]:
    """Return all participants of the village, closed ones included, ordered by code.

    Example:
        [one.code for one in roster.everyone(session, village="cy")] == ["0101", "0102"]
    """
    return sorted(stored(session, village), key=lambda person: person.sort_key)


def printed_names(session: Session, *, village: str) -> list[Replaceable]:
    """Return the names of who is not closed, by code, each with the 户号 that stands for it on paper.

    Example:
        roster.printed_names(session, village="cy")[0].instead == "户号0101"
    """
    people = (person for person in everyone(session, village=village) if person.status != "closed")
    return [Replaceable(person.name, f"户号{person.code}") for person in people]


def refuse_closed(session: Session, *, village: str, participants: Iterable[str]) -> None:
    """Raise if one of these participants (ids) is closed; sure only once their accounts are locked.

    Raises:
        ParticipantClosed: one of them is.

    Example:
        roster.refuse_closed(session, village="cy", participants=[wang.id])
    """
    query = select(ParticipantRow.id).where(
        ParticipantRow.in_village(village), ParticipantRow.status == "closed"
    )
    closed = session.exec(query).all()
    if not set(participants).isdisjoint(closed):
        raise ParticipantClosed()
