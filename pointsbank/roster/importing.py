"""Imports a roster from a table: adds new households, changes those that differ, leaves the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from pointsbank import law, villages
from pointsbank.collecting import collecting_later
from pointsbank.database import execute
from pointsbank.labels.roster_column import ROSTER_COLUMN
from pointsbank.roster.another_village import of_another_village
from pointsbank.roster.cells import ROSTER_COLUMNS
from pointsbank.roster.comparing import (
    code_problems,
    doubts,
    relations,
    short_codes,
    uneven_codes,
)
from pointsbank.roster.editing import import_records, record_changes
from pointsbank.roster.group_names import group_problems, near_groups, one_spelling
from pointsbank.roster.groups import group_ids, record_groups
from pointsbank.roster.invented import refuse_real
from pointsbank.roster.lawful_names import name_problems, persons
from pointsbank.roster.models import PERSONS, ParticipantRow
from pointsbank.roster.participants import (
    HOUSEHOLD,
    everyone,
    insert_all,
)
from pointsbank.roster.search import search_key
from pointsbank.roster.slips import slips
from pointsbank.roster.stored import Participant
from pointsbank.spreadsheets import (
    Imported,
    RowProblem,
    Table,
    ended,
    parse_rows,
)
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from pointsbank.villages import Group

MAXIMUM_CHANGES_LISTED = 50

_COMPARED = ("name", "group", "people", "kind", "address")


@collecting_later()
def import_roster(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    dry_run: bool = False,
    confirmed: bool = False,
) -> Imported:
    """Add the households of a table and correct those that differ, all or none; nobody is ever removed.

    Args:
        dry_run: count and compare only, write nothing.
        confirmed: somebody has looked at what `RowsInDoubt` asks about.

    Raises:
        BadRows: a cell cannot be read, a code occurs twice or differs from another by noughts alone, a
            household has no group or people, or a new name of a group or of who is no person holds what the
            law keeps private.
        RowsInDoubt: nearly everybody is new and nearly everybody missing, somebody is known by another code,
            a new group is called nearly as another, or a sum is not that of its rows; not if `confirmed`.
        PracticeIsInvented: many are new, in the practice village.
        VillageUnknown: there is no such village.

    Example:
        done = roster.import_roster(session, village="cy", table=read_table(file), by="li", at=now)
        done.added, done.changed == (300, 2)
    """
    parsed = parse_rows(table, ROSTER_COLUMNS, collect=True)
    villages.lock(session, village=village)
    known = {person.code: person for person in everyone(session, village=village)}
    groups = group_ids(session, village=village)
    spelling = one_spelling(parsed.rows, groups)
    people = law.people_of(_people(parsed.rows, persons(session, village=village)))
    problems = name_problems(parsed.rows, groups=groups, known=known, people=people)
    lacking = [
        *_households_without(("group", "people"), parsed.rows),
        *ended(parsed.rows, known),
        *group_problems(parsed.rows, groups),
    ]
    if problems := [*parsed.problems, *lacking, *problems, *code_problems(parsed.rows, known)]:
        raise BadRows(problems)
    refuse_real(session, new=sum(row["code"] not in known for row in parsed.rows), known=len(known))
    asked = [*doubts(parsed.rows, known), *near_groups(parsed.rows, groups), *slips(parsed.rows, groups)]
    asked += [*short_codes(parsed.rows, known), *relations(parsed.rows, known), *parsed.asked]
    asked += of_another_village(session, parsed, village=village)
    if asked and not confirmed:
        raise RowsInDoubt(asked)
    new, differing, changes = [], [], []
    for row in parsed.rows:
        person = known.get(row["code"])
        values = _values(row, person)
        if person is None:
            new.append(values)
        elif not person.erased and (differences := _differences(person, values)):
            differing.append((person, values))
            changes += differences
    if not dry_run:
        made = _write(session, new, differing, village=village, at=at)
        record_groups(session, made, village=village, by=by, at=at)
        record_changes(session, import_records(differing), village=village, by=by, at=at)
    return Imported(
        added=len(new),
        changed=len(differing),
        unchanged=len(parsed.rows) - len(new) - len(differing),
        ignored_columns=parsed.ignored_columns,
        warnings=[*_summary(changes), *_warnings(parsed.rows, known), *uneven_codes(parsed.rows)],
        found=[*parsed.found, *spelling],
    )


def _people(rows: Sequence[dict[str, Any]], persons: tuple[law.Person, ...]) -> tuple[law.Person, ...]:
    """Return the people of the roster and of these rows."""
    new = {row["name"] for row in rows if (row["kind"] or HOUSEHOLD) in PERSONS}
    return (*persons, *map(law.Person, sorted(new - {one.name for one in persons})))


def _households_without(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> Iterator[RowProblem]:
    """Yield households of which one of these columns is blank."""
    for row in rows:
        for column in columns:
            if (row["kind"] or HOUSEHOLD) == HOUSEHOLD and row[column] is None:
                yield RowProblem(row["row"], ROSTER_COLUMN.name(column), "不能为空，请填写。")


def _values(row: dict[str, Any], person: Participant | None) -> dict[str, Any]:
    """Return the values of a participant after this row; an optional blank cell changes nothing."""
    blank = {"code": "", "name": "", "group": "", "people": 0, "kind": HOUSEHOLD, "address": ""}
    if person is not None:
        blank |= {"kind": person.kind, "address": person.address}
    return {column: row[column] or value for column, value in blank.items()}


def _differences(person: Participant, values: dict[str, Any]) -> list[str]:
    """Return the values that a row changes, a line each."""
    return [
        f"户号{person.code}的{ROSTER_COLUMN.name(column)}：{old or '（空）'} → {values[column] or '（空）'}。"
        for column in _COMPARED
        if (old := getattr(person, column)) != values[column]
    ]


def _write(
    session: Session,
    new: Sequence[dict[str, Any]],
    differing: Sequence[tuple[Participant, dict[str, Any]]],
    *,
    village: str,
    at: datetime,
) -> list[Group]:
    """Write what is new and what differs, with the groups they need; return the groups that were made."""
    everybody = [*new, *(values for _, values in differing)]
    names = dict.fromkeys(values["group"] for values in everybody if values["group"])
    made = villages.add_groups(session, village=village, names=names)
    ids = group_ids(session, village=village)
    for values in everybody:
        values["group_id"] = ids.get(values["group"])
    insert_all(session, [_stored(values) for values in new], village=village, at=at)
    if differing:
        here = (ParticipantRow.in_village(village), col(ParticipantRow.id) == bindparam("key"))
        changed = [
            {**_stored(values), "search_key": search_key(values["name"], person.code), "key": person.id}
            for person, values in differing
        ]
        execute(session, update(ParticipantRow).where(*here), changed)
    return made


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of these values: a group stands there by its id alone."""
    return {column: value for column, value in values.items() if column != "group"}


def _summary(changes: Sequence[str]) -> list[str]:
    """Return the changes; of very many only the first."""
    if len(changes) <= MAXIMUM_CHANGES_LISTED:
        return list(changes)
    return [*changes[:MAXIMUM_CHANGES_LISTED], f"……一共改了{len(changes)}处。"]


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
