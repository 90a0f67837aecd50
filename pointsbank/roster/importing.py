"""Imports a roster from a table: adds new households, changes those that differ, leaves the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.prepared import execute_many
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.participants import (
    HOUSEHOLD,
    MAXIMUM_ADDRESS,
    MAXIMUM_PEOPLE,
    Participant,
    everyone,
    insert_all,
)
from pointsbank.roster.search import search_key
from pointsbank.spreadsheets import (
    Column,
    RowProblem,
    Table,
    choice,
    code,
    name,
    parse_rows,
    text,
    whole_number_between,
)
from pointsbank.spreadsheets.problems import BadRows

COLUMNS = (
    Column(("户号", "code"), "code", True, code),
    Column(("户主", "head"), "name", True, name),
    Column(("小组", "group"), "group", True, name, may_be_blank=True),
    Column(("人口", "people"), "people", True, whole_number_between(0, MAXIMUM_PEOPLE), may_be_blank=True),
    Column(("类别", "kind"), "kind", False, choice(PARTICIPANT_KIND.choices())),
    Column(("地址", "address"), "address", False, text(MAXIMUM_ADDRESS)),
)

MAXIMUM_CHANGES_LISTED = 50

_COMPARED = {"name": "户主", "group": "小组", "people": "人口", "kind": "类别", "address": "地址"}

_UPDATE = (
    update(ParticipantRow)
    .where(ParticipantRow.in_village(bindparam("key_village")), col(ParticipantRow.id) == bindparam("key_id"))
    .values(
        name=bindparam("new_name"),
        group_id=bindparam("new_group_id"),
        people=bindparam("new_people"),
        kind=bindparam("new_kind"),
        address=bindparam("new_address"),
        search_key=bindparam("new_search_key"),
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one participant that an import changes."""

    code: str
    column: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return the change as one line of a report."""
        return f"户号{self.code}的{self.column}：{self.old or '（空）'} → {self.new or '（空）'}。"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or with dry_run would do.

    Attributes:
        before: how many the village had of it.
        after: how many it has now.
    """

    added: int
    changed: int
    unchanged: int
    ignored_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    before: int = 0
    after: int = 0


def import_roster(
    session: Session, *, village: str, table: Table, by: str, at: datetime, dry_run: bool = False
) -> ImportResult:
    """Add the households of a table and correct those that differ, all or none; nobody is ever removed.

    Args:
        dry_run: count and compare only, write nothing.

    Raises:
        BadRows: a cell cannot be read, a code occurs twice, or a household has no group or people.
        VillageUnknown: there is no such village.

    Example:
        done = roster.import_roster(session, village="cy", table=read_table(file), by="li", at=now)
        done.added, done.changed == (300, 2)
    """
    parsed = parse_rows(table, COLUMNS)
    _check_rows(parsed.rows)
    villages.lock(session, village=village)
    known = {person.code: person for person in everyone(session, village=village)}
    new = [_new_one(row) for row in parsed.rows if row["code"] not in known]
    differing = [
        (person, _merged(row, person))
        for row in parsed.rows
        if (person := known.get(row["code"])) and not person.erased and _changes(person, _merged(row, person))
    ]
    if not dry_run:
        _write(session, new, differing, village=village, at=at)
    changes = [change for person, values in differing for change in _changes(person, values)]
    return ImportResult(
        added=len(new),
        changed=len(differing),
        unchanged=len(parsed.rows) - len(new) - len(differing),
        ignored_columns=parsed.ignored_columns,
        warnings=[*_summary(changes), *_warnings(parsed.rows, known)],
        changes=changes,
        before=len(known),
        after=len(known) + len(new),
    )


def _check_rows(rows: Sequence[dict[str, Any]]) -> None:
    """Raise BadRows for a code that occurs twice, or a household without group or people."""
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        seen = first.setdefault(row["code"], row["row"])
        if seen != row["row"]:
            sentence = f"户号{row['code']}在第{seen}行已经有了，请删除重复的一行或改正户号。"
            problems.append(RowProblem(row["row"], "户号", sentence))
        if (row["kind"] or HOUSEHOLD) == HOUSEHOLD:
            blanks = [column for column in ("group", "people") if row[column] is None]
            problems += [RowProblem(row["row"], _COMPARED[column], "不能为空，请填写。") for column in blanks]
    if problems:
        raise BadRows(problems)


def _new_one(row: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a participant that is not known yet."""
    return {
        "code": row["code"],
        "name": row["name"],
        "group": row["group"] or "",
        "people": row["people"] or 0,
        "kind": row["kind"] or HOUSEHOLD,
        "address": row["address"] or "",
    }


def _merged(row: dict[str, Any], person: Participant) -> dict[str, Any]:
    """Return the values of a known participant after this row; an optional blank cell changes nothing."""
    values = _new_one(row)
    return values | {
        "kind": row["kind"] or person.kind,
        "address": person.address if row["address"] is None else row["address"],
    }


def _changes(person: Participant, values: dict[str, Any]) -> list[Change]:
    """Return the values that differ."""
    pairs = [(column, title, getattr(person, column), values[column]) for column, title in _COMPARED.items()]
    return [Change(person.code, title, str(old), str(new)) for _, title, old, new in pairs if old != new]


def _write(
    session: Session,
    new: Sequence[dict[str, Any]],
    differing: Sequence[tuple[Participant, dict[str, Any]]],
    *,
    village: str,
    at: datetime,
) -> None:
    """Write what is new and what differs, with the groups they need."""
    everybody = [*new, *(values for _, values in differing)]
    names = dict.fromkeys(values["group"] for values in everybody if values["group"])
    group_ids = villages.ensure_groups(session, village=village, names=names)
    insert_all(session, [_columns(values, group_ids) for values in new], village=village, at=at)
    if differing:
        changed = [_changed_row(person, _columns(values, group_ids), village) for person, values in differing]
        execute_many(session, _UPDATE, *changed)


def _columns(values: dict[str, Any], group_ids: dict[str, str]) -> dict[str, Any]:
    """Return the values with the group's id in place of its name."""
    columns = {column: value for column, value in values.items() if column != "group"}
    return columns | {"group_id": group_ids.get(values["group"])}


def _changed_row(person: Participant, values: dict[str, Any], village: str) -> dict[str, Any]:
    """Return the statement's parameters for one changed participant."""
    row = {f"new_{column}": values[column] for column in ("name", "group_id", "people", "kind", "address")}
    row |= {"key_village": village, "key_id": person.id}
    return row | {"new_search_key": search_key(values["name"], person.code)}


def _summary(changes: Sequence[Change]) -> list[str]:
    """Return the changes as lines; of very many only the first."""
    lines = [str(change) for change in changes[:MAXIMUM_CHANGES_LISTED]]
    return lines if len(changes) == len(lines) else [*lines, f"……一共改了{len(changes)}处。"]


def _warnings(rows: Sequence[dict[str, Any]], known: dict[str, Participant]) -> list[str]:
    """Return what is right but should be checked: equal names in a group, households not in the file."""
    names = Counter((row["group"], row["name"]) for row in rows)
    warnings = [
        f"{group or '无小组'}有{count}个“{called}”，请认准户号。"
        for (group, called), count in names.items()
        if count > 1
    ]
    erased = [row["code"] for row in rows if row["code"] in known and known[row["code"]].erased]
    warnings += [f"户号{code}的资料已经删除，文件里的这一行没有采用，请从文件里删去。" for code in erased]
    missing = len(known.keys() - {row["code"] for row in rows})
    if missing:
        warnings.append(f"花名册里还有{missing}户不在这个文件里，保持不变；不再参加积分的请改为销户。")
    return warnings
