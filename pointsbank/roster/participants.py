"""Who holds points: adding them, finding them by code or id, and what state they are in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.database import execute, new_ids, table_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.prepared import write
from pointsbank.roster.models import KINDS, ParticipantRow
from pointsbank.roster.search import search_key, sort_key
from pointsbank.text import clean, clean_code, clean_name, narrow

HOUSEHOLD = "household"
MOST_PEOPLE = 100
LONGEST_NAME = 60
LONGEST_ADDRESS = 100

_table = table_of(ParticipantRow)
_INSERT = insert(_table)
_CHUNK = 500


class ParticipantUnknown(NotFound):
    """No participant of this village has this code or id."""

    code = "participant_unknown"
    sentence = "没有找到户号“{given}”，请核对户号。"
    fixed_by = "村委"


class ParticipantExists(Refused):
    """The code is taken."""

    code = "participant_exists"
    sentence = "户号“{given}”已经有了，请换一个户号，或在花名册里查看原来那一户。"
    fixed_by = "村委"


class ParticipantInvalid(Invalid):
    """What was given cannot be a participant's kind, state or number of people."""

    code = "participant_invalid"
    sentence = "{reason}"


class ParticipantClosed(Refused):
    """The household's account is closed."""

    code = "participant_closed"
    sentence = "这一户已经销户，不能再使用积分，请到村委会核对。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who holds points, as everybody outside the roster sees them; `group` is the group's name or empty."""

    id: str
    code: str
    name: str
    kind: str
    group_id: str | None
    group: str
    people: int
    address: str
    status: str
    search_key: str
    sort_key: str
    erased: bool


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
    by: str,
    at: datetime,
) -> Participant:
    """Add one participant and open its accounts; a group not yet known is made."""
    if kind not in KINDS:
        raise ParticipantInvalid(reason=f"没有“{kind[:20]}”这种积分主体，请从列表中选择。")
    if not 0 <= people <= MOST_PEOPLE:
        raise ParticipantInvalid(reason=f"人口请填0到{MOST_PEOPLE}之间的整数。")
    columns: dict[str, Any] = {
        "code": clean_code(code),
        "name": clean_name(name, maximum=LONGEST_NAME),
        "kind": kind,
    }
    columns |= {"people": people, "address": clean(address, maximum=LONGEST_ADDRESS)}
    columns["group_id"] = None
    villages.lock(session, village=village)
    if group:
        group = clean_name(group, maximum=LONGEST_NAME)
        columns["group_id"] = villages.ensure_groups(session, village=village, names=[group])[group]
    if execute(session, _select(village).where(_table.c.code == columns["code"])).first():
        raise ParticipantExists(given=columns["code"])
    insert_all(session, [columns], village=village, at=at)
    return by_code(session, village=village, code=code)


def insert_all(
    session: Session, people: Sequence[dict[str, Any]], *, village: str, at: datetime
) -> list[str]:
    """Write new participants with their accounts; returns their ids in the same order."""
    rows = [
        {
            "village_id": village,
            "id": id,
            "status": "active",
            "search_key": search_key(columns["name"], columns["code"]),
            "sort_key": sort_key(columns["code"]),
            "added_at": at,
            "erased_at": None,
            **columns,
        }
        for id, columns in zip(new_ids(session, len(people)), people, strict=True)
    ]
    if not rows:
        return []
    # The codes were free when we looked; somebody may have added one since.
    with refusing_duplicates(ParticipantExists(given=people[0]["code"])):
        write(session, _INSERT, *rows)
    ids = [str(row["id"]) for row in rows]
    ledger.open_accounts(session, village=village, participants=ids)
    return ids


def by_code(session: Session, *, village: str, code: str) -> Participant:
    """The participant with this code; raises ParticipantUnknown."""
    plain = narrow(code)
    found = (
        execute(session, _select(village).where(_table.c.code == plain)).first()
        if is_askable(plain)
        else None
    )
    if found is None:
        raise ParticipantUnknown(given=code[:40])
    return views(session, [found], village=village)[0]


def by_id(session: Session, *, village: str, id: str) -> Participant:
    """The participant with this id; raises ParticipantUnknown."""
    found = by_ids(session, village=village, ids=[id])
    if id not in found:
        raise ParticipantUnknown(given=id[:40])
    return found[id]


def by_ids(session: Session, *, village: str, ids: Iterable[str]) -> dict[str, Participant]:
    """Those of these participants that the village has, by id."""
    wanted = sorted({id for id in ids if is_askable(id)})
    chunks = [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
    rows = [
        row for chunk in chunks for row in execute(session, _select(village).where(_table.c.id.in_(chunk)))
    ]
    return {person.id: person for person in views(session, rows, village=village)}


def everyone(session: Session, *, village: str) -> list[Participant]:
    """All participants of the village, in the order of their codes, those closed included."""
    rows = execute(session, _select(village)).all()
    return sorted(views(session, rows, village=village), key=lambda person: person.sort_key)


def set_status(
    session: Session, *, village: str, code: str, status: str, by: str, at: datetime
) -> Participant:
    """Suspend a participant or make it active again; closing one is an act of its own (households)."""
    if status not in ("active", "suspended"):
        raise ParticipantInvalid(reason="状态只能改为正常或暂停；销户请用“销户或并户”。")
    person = by_code(session, village=village, code=code)
    refuse_closed(session, village=village, participants=[person.id])
    change = update(_table).where(_table.c.village_id == village, _table.c.id == person.id)
    execute(session, change.values(status=status))
    return by_id(session, village=village, id=person.id)


def refuse_closed(session: Session, *, village: str, participants: Iterable[str]) -> None:
    """Raise ParticipantClosed if one of these (ids) is; sure only once their accounts are locked."""
    closed = select(_table.c.id).where(_table.c.village_id == village, _table.c.status == "closed")
    if not set(participants).isdisjoint(execute(session, closed).scalars()):
        raise ParticipantClosed()


def views(session: Session, rows: Iterable[Any], *, village: str) -> list[Participant]:
    """Participants as others see them, from their rows."""
    names = {group.id: group.name for group in villages.groups(session, village=village)}
    return [
        Participant(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            group_id=row.group_id,
            group=names.get(row.group_id, ""),
            people=row.people,
            address=row.address,
            status=row.status,
            search_key=row.search_key,
            sort_key=row.sort_key,
            erased=row.erased_at is not None,
        )
        for row in rows
    ]


def is_askable(text: str) -> bool:
    """Whether a text can be put to a database at all: PostgreSQL knows neither NUL nor half characters."""
    return (
        0 < len(text) <= 200
        and "\0" not in text
        and not any("\ud800" <= letter <= "\udfff" for letter in text)
    )


def _select(village: str) -> Any:
    """The participants of a village."""
    return select(_table).where(_table.c.village_id == village)
