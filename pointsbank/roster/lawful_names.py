"""Names that hang beside people: of groups, and of participants that are no persons.

A name from before its rule stays until somebody changes it; on the wall another one stands in its place.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col

from pointsbank import law
from pointsbank.law import Use
from pointsbank.roster.models import PERSONS, ParticipantRow
from pointsbank.roster.stored import Participant, stored
from pointsbank.spreadsheets import RowProblem

GROUP_NAME, TEAM_NAME = "小组名称", "名称"


def check_group_name(name: str) -> None:
    """Refuse a name that tells of the people of a group what the law keeps private.

    Raises:
        Wording: it does; the sentence says what a group may be called.

    Example:
        roster.check_group_name("河东组")
    """
    law.check(name, Use.GROUP, field=GROUP_NAME)


def check_participant_name(name: str, kind: str) -> None:
    """Refuse a name of a team, a branch or an organisation that may not hang; people's are masked instead.

    Raises:
        Wording: it holds what the law keeps private.
    """
    if kind not in PERSONS:
        law.check(name, Use.TEAM, field=TEAM_NAME)


def not_persons(session: Session, *, village: str) -> list[Participant]:
    """Return the participants that are no persons and not closed, by code.

    Example:
        [one.name for one in roster.not_persons(session, village="cy")] == ["志愿服务队"]
    """
    kind, status = col(ParticipantRow.kind), col(ParticipantRow.status)
    found = stored(session, village, kind.not_in(PERSONS), status != "closed")
    return sorted(found, key=lambda one: one.sort_key)


def name_problems(
    rows: Sequence[Mapping[str, Any]], *, groups: Collection[str], known: Mapping[str, Participant]
) -> list[RowProblem]:
    """Return a problem for each row of a roster that brings a new name which may not hang.

    Args:
        rows: as they were read, each with `row`, its number.
        groups: the names of groups that the village has.
        known: the participants that it has, by code.
    """
    problems = []
    for row in rows:
        person = known.get(row["code"])
        kind = row["kind"] or (person.kind if person else "household")
        if (person is None or (person.name, person.kind) != (row["name"], kind)) and kind not in PERSONS:
            problems += _problem(row, "户主", row["name"], Use.TEAM)
        if row["group"] and row["group"] not in groups:
            problems += _problem(row, "小组", row["group"], Use.GROUP)
    return problems


def _problem(row: Mapping[str, Any], column: str, name: str, use: Use) -> list[RowProblem]:
    """Return what stands against one name, or nothing."""
    found = law.findings(name, use)
    if not found:
        return []
    sentence = f"“{name}”不能上墙：{law.reasons(found)}。{law.advice(found, use)}"
    return [RowProblem(row["row"], column, sentence)]
