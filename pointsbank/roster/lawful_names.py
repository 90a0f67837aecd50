"""Names that hang beside people: of groups, and of participants that are no persons.

A name from before its rule stays until somebody changes it; on the wall another one stands in its place.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import law
from pointsbank.law import Use
from pointsbank.roster.models import PERSONS, ParticipantRow
from pointsbank.roster.stored import Participant, stored
from pointsbank.spreadsheets import RowProblem

GROUP_NAME, TEAM_NAME = "小组名称", "名称"


def persons(session: Session, *, village: str) -> tuple[law.Person, ...]:
    """Return the persons of the roster whose names were not erased, with how each is read, by name.

    Example:
        roster.persons(session, village="cy") == (law.Person("王芳", ("wangfang", "yufang")),)
    """
    kept = (col(ParticipantRow.kind).in_(PERSONS), col(ParticipantRow.erased_at).is_(None))
    line = col(ParticipantRow.name) + _BESIDE + col(ParticipantRow.search_key)
    # The database puts all names into one text, which says itself whether anything has changed, whatever
    # process changed it and by whatever way.
    query = select(func.aggregate_strings(line, _BELOW)).where(ParticipantRow.in_village(village), *kept)
    return _persons(session.exec(query).one() or "")


_BESIDE, _BELOW = "\x1f", "\x1e"
"""Between a name and what it is found by, and between two people: in no name there is a control character."""


# Whoever opens the home page has everybody's name read.
@lru_cache(maxsize=16)
def _persons(joined: str) -> tuple[law.Person, ...]:
    """Return people from their names and what they are found by, as the database puts them together."""
    found = (line.partition(_BESIDE) for line in sorted(joined.split(_BELOW)) if line)
    return tuple(law.Person(name, _readings(name, search_key)) for name, _, search_key in found)


def _readings(name: str, search_key: str) -> tuple[str, ...]:
    """Return how a name is read, of everything that it is found by; its initials are as long as itself."""
    return tuple(
        word for word in search_key.split() if word.isascii() and word.isalpha() and len(word) > len(name)
    )


def check_group_name(name: str, people: law.People) -> None:
    """Refuse a name that tells of the people of a group what the law keeps private, or names one.

    Raises:
        Wording: it tells something; the sentence says what a group may be called.
        NamesSomebody: it names one of these people.

    Example:
        roster.check_group_name("河东组", law.NOBODY)
    """
    law.check(name, Use.GROUP, field=GROUP_NAME, people=people, at=("name", "group"))


def check_participant_name(name: str, kind: str, people: law.People) -> None:
    """Refuse a name of a team, a branch or an organisation that may not hang; people's are masked instead.

    Raises:
        Wording: it holds what the law keeps private.
        NamesSomebody: it names one of these people.
    """
    if kind not in PERSONS:
        law.check(name, Use.TEAM, field=TEAM_NAME, people=people, at=("name",))


def not_persons(session: Session, *, village: str) -> list[Participant]:
    """Return the participants that are no persons and not closed, by code.

    Example:
        [one.name for one in roster.not_persons(session, village="cy")] == ["志愿服务队"]
    """
    kind, status = col(ParticipantRow.kind), col(ParticipantRow.status)
    found = stored(session, village, kind.not_in(PERSONS), status != "closed")
    return sorted(found, key=lambda one: one.sort_key)


def name_problems(
    rows: Sequence[Mapping[str, Any]],
    *,
    groups: Collection[str],
    known: Mapping[str, Participant],
    people: law.People,
) -> list[RowProblem]:
    """Return a problem for each row of a roster that brings a new name which may not hang.

    Args:
        rows: as they were read, each with `row`, its number.
        groups: the names of groups that the village has.
        known: the participants that it has, by code.
        people: its people, and those of the rows.
    """
    problems = []
    for row in rows:
        person = known.get(row["code"])
        kind = row["kind"] or (person.kind if person else "household")
        if (person is None or (person.name, person.kind) != (row["name"], kind)) and kind not in PERSONS:
            problems += _problem(row, "户主", row["name"], Use.TEAM, people)
        if row["group"] and row["group"] not in groups:
            problems += _problem(row, "小组", row["group"], Use.GROUP, people)
    return problems


def _problem(
    row: Mapping[str, Any], column: str, name: str, use: Use, people: law.People
) -> list[RowProblem]:
    """Return what stands against one name, or nothing."""
    try:
        law.check(name, use, field=f"“{name}”", people=people)
    except (law.problems.Wording, law.problems.NamesSomebody) as refused:
        return [RowProblem(row["row"], column, refused.detail)]
    return []
