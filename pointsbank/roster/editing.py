"""Edits what stands in a participant's file; each change is written to the log with what was before, and why.

From these entries the file can be read back as it was when a month closed (`as_of`): paper that hangs keeps
the names of its time. Erasing somebody takes the words away, and so the names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import law, ledger, villages
from pointsbank.errors import Refused
from pointsbank.labels.participant_status import PARTICIPANT_STATUS
from pointsbank.labels.roster_column import ROSTER_COLUMN
from pointsbank.ledger import LogRecord
from pointsbank.roster.lawful_names import check_participant_name, persons
from pointsbank.roster.models import PERSONS
from pointsbank.roster.participants import (
    HOUSEHOLD,
    MAXIMUM_ADDRESS,
    MAXIMUM_NAME,
    MAXIMUM_PEOPLE,
    ParticipantInvalid,
    by_code,
    by_id,
    refuse_closed,
)
from pointsbank.roster.search import search_key
from pointsbank.roster.stored import Participant, change
from pointsbank.text import clean, clean_name, clean_required

EDITED = "修改档案"
IMPORTED = "导入花名册"
FIELDS = ("name", "people", "address", "group", "status", "kind")
"""What an entry may say was changed, in this order."""


class NothingToEdit(Refused):
    """Everything stands as it was sent."""

    code = "nothing_to_edit"
    sentence = "内容和原来一样，没有要改的。请改好再保存。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFacts:
    """What a participant's file is to say; what is None stays.

    Attributes:
        people: 0 to 100.
        group: name of a group; empty for none, which only who is no household can have.
        status: `active`, `away` (常年在外: kept out of averages and places) or `suspended`.
    """

    name: str | None = None
    people: int | None = None
    address: str | None = None
    group: str | None = None
    status: str | None = None


def edit(
    session: Session,
    *,
    village: str,
    code: str,
    facts: NewFacts,
    reason: str,
    item: str = EDITED,
    by: str,
    at: datetime,
) -> Participant:
    """Change what stands in the file of the participant with this code, and write it to the log.

    Locks its accounts, so that nobody closes it meanwhile, then the village.

    Args:
        reason: 1 to 200 characters.
        item: what the log calls it.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it is closed.
        ParticipantInvalid: people or status cannot be, or a household would be without a group.
        NothingToEdit: nothing differs.
        GroupUnknown: there is no such group.
        TextInvalid: name, address or reason cannot be stored.
        Wording, NamesSomebody: the name of who is no person may not hang.
        VillageUnknown: there is no such village.

    Example:
        roster.edit(session, village="cy", code="0101", facts=NewFacts(name="王小军"), reason="户主更换",
                    by=li.id, at=now).name  # "王小军"
    """
    why = clean_required(reason, maximum=200)
    person = by_code(session, village=village, code=code)
    ledger.lock_accounts(session, village=village, participants=[person.id])
    refuse_closed(session, village=village, participants=[person.id])
    villages.lock(session, village=village)
    person = by_id(session, village=village, id=person.id)
    wanted = _settled(session, village, person, facts)
    changes = differences(person, wanted)
    if not changes:
        raise NothingToEdit()
    values = {field: getattr(wanted, field) for field in changes if field != "group"}
    if "group" in changes:
        values["group_id"] = wanted.group_id
    if "name" in changes:
        values["search_key"] = search_key(wanted.name, person.code)
    change(session, village, person.id, **values)
    record_changes(session, [change_record(person, wanted, why, item)], village=village, by=by, at=at)
    return by_id(session, village=village, id=person.id)


def differences(old: Participant, new: Participant) -> dict[str, list[Any]]:
    """Return what differs between two states of one file: old and new value by field.

    Example:
        differences(wang, replace(wang, people=4))  # {"people": [3, 4]}
    """
    pairs = {field: [getattr(old, field), getattr(new, field)] for field in FIELDS}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def change_record(old: Participant, new: Participant, reason: str, item: str) -> LogRecord:
    """Return the entry that tells how a file was changed."""
    words = {
        "participant": old.id,
        "item": item,
        "note": reason,
        "changes": differences(old, new),
        "groups": [old.group_id, new.group_id],
    }
    return LogRecord("household_changed", words)


def import_records(changed: Iterable[tuple[Participant, Mapping[str, Any]]]) -> list[LogRecord]:
    """Return the entries that tell how a roster's file changed others; of each who it was, and its values."""
    columns = ("name", "group", "group_id", "people", "kind", "address")
    return [
        change_record(old, replace(old, **{column: values[column] for column in columns}), IMPORTED, IMPORTED)
        for old, values in changed
    ]


def record_changes(
    session: Session, records: Sequence[LogRecord], *, village: str, by: str, at: datetime
) -> None:
    """Write how files were changed; locks the log's head, the last lock.

    Raises VillageUnknown.
    """
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)


def _settled(session: Session, village: str, person: Participant, facts: NewFacts) -> Participant:
    """Return the participant as it is to be; raises as `edit`."""
    wanted = person
    if facts.name is not None:
        name = clean_name(facts.name, maximum=MAXIMUM_NAME)
        if name != person.name:
            named = law.people_of(persons(session, village=village))
            check_participant_name(name, person.kind, named)
        wanted = replace(wanted, name=name)
    if facts.people is not None:
        if not 0 <= facts.people <= MAXIMUM_PEOPLE:
            raise ParticipantInvalid(reason=f"人口请填0至{MAXIMUM_PEOPLE}之间的整数。", at=("people",))
        wanted = replace(wanted, people=facts.people)
    if facts.address is not None:
        wanted = replace(wanted, address=clean(facts.address, maximum=MAXIMUM_ADDRESS))
    if facts.status is not None:
        check_status(person.kind, facts.status)
        wanted = replace(wanted, status=facts.status)
    if facts.group is not None and facts.group != person.group:
        if not facts.group:
            if person.kind == HOUSEHOLD:
                raise ParticipantInvalid(reason="每户都要属于一个小组，请选一个小组。", at=("group",))
            return replace(wanted, group="", group_id=None)
        group = villages.group_by_name(session, village=village, name=facts.group)
        wanted = replace(wanted, group=group.name, group_id=group.id)
    return wanted


def check_status(kind: str, status: str) -> None:
    """Refuse a status that a participant of this kind cannot be given here.

    Raises:
        ParticipantInvalid: the status is none of `active`, `away` and `suspended`, or who is no person
            would be away.

    Example:
        >>> check_status("household", "away")
        >>> check_status("party_branch", "away")
        Traceback (most recent call last):
        pointsbank.roster.participants.ParticipantInvalid: 只有户、党员和管护员可以是常年在外。
    """
    if status not in ("active", "away", "suspended"):
        raise ParticipantInvalid(
            reason="状态只能改为正常、常年在外或暂停；销户请用“销户或并户”。", at=("status",)
        )
    if status == "away" and kind not in PERSONS:
        raise ParticipantInvalid(reason="只有户、党员和管护员可以是常年在外。", at=("status",))


def as_of(
    session: Session, *, village: str, people: Mapping[str, Participant], index: int
) -> dict[str, Participant]:
    """Return participants, by id, with name, group, people and address as they were at an entry of the log.

    What was changed before changes were written down, or was erased since, is as it stands now.

    Args:
        index: number of the last entry that counts, >= 0.

    Example:
        roster.as_of(session, village="cy", people={wang.id: wang}, index=41)[wang.id].name  # "王建国"
    """
    then = dict(people)
    now = {group.id: group.name for group in villages.groups(session, village=village, also_closed=True)}
    words = ledger.words_of_kind(session, village=village, kind="household_changed", after=index)
    for one in reversed(words):
        person = then.get(one["participant"])
        if person is None or person.erased:
            continue
        changes = one["changes"]
        old = {field: changes[field][0] for field in ("name", "people", "address") if field in changes}
        if "group" in changes:
            group = one["groups"][0]
            old |= {"group_id": group, "group": now.get(group, "")}
        then[person.id] = replace(person, **old)
    return then


@ledger.describes("household_changed")
def _changed(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王小军：户主由王建国改为王小军（户主更换）."""
    # The words of an entry are sorted by their keys.
    pairs = [(field, *words["changes"][field]) for field in FIELDS if field in words["changes"]]
    changes = "，".join(
        f"{_FIELD_NAMES[field]}由{_shown(field, old)}改为{_shown(field, new)}" for field, old, new in pairs
    )
    return f"{names(words['participant'])}：{changes}（{words['note']}）"


_FIELD_NAMES = {**ROSTER_COLUMN.names, "status": "状态"}


def _shown(field: str, value: Any) -> str:
    """Return a value of a file as people read it."""
    if field == "status":
        return PARTICIPANT_STATUS.name(value)
    return str(value) if value not in ("", None) else "（空）"
