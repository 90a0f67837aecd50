"""Who sat in a meeting and who was missing, and whose household each judge must not judge."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.errors import Invalid
from pointsbank.prepared import fetch
from pointsbank.scoring.models import AttendanceRow
from pointsbank.scoring.values import Judge
from pointsbank.text import clean_name

MAXIMUM_PEOPLE = 60


class SeatedJudge(NamedTuple):
    """A judge's name and the participant id of their own household, where it is known."""

    name: str
    participant_id: str | None


_JUDGES = (
    select(*AttendanceRow.columns_of(SeatedJudge))
    .where(AttendanceRow.in_village(bindparam("village")), col(AttendanceRow.role) == "judge")
    .where(col(AttendanceRow.meeting_id) == bindparam("meeting"))
    .order_by(col(AttendanceRow.position))
)


class JudgesInvalid(Invalid):
    """The list of those who sat is empty, too long, or names somebody twice."""

    code = "judges_invalid"
    sentence = "{reason}"
    fixed_by = "村委"
    at = ("judges",)


def with_households(session: Session, people: Sequence[str | Judge], *, village: str) -> list[str | Judge]:
    """Return people with the households that are written behind their names, e.g. `龙凤泉 01001`.

    Raises:
        JudgesInvalid: a household stands behind no name.

    Example:
        with_households(session, ["龙凤泉 01001", "郝田发"], village="cy")[0].participant_code  # "01001"
    """
    words = {word for one in people if isinstance(one, str) for word in one.split()}
    known = roster.by_codes(session, village=village, codes=sorted(words))
    return attach(people, frozenset(known))


def attach(people: Sequence[str | Judge], codes: Collection[str]) -> list[str | Judge]:
    """Return people, each word that is a household's code taken for that of the name before it.

    A word of digits alone is nobody's name: it is a code, known or not.

    Args:
        codes: the codes of the roster among the words.

    Raises:
        JudgesInvalid: a household stands behind no name.

    Example:
        >>> attach(["龙凤泉", "01001", "郝田发"], {"01001"})
        [Judge(name='龙凤泉', participant_code='01001'), '郝田发']
    """
    found: list[str | Judge] = []
    for one in people:
        if isinstance(one, Judge):
            found.append(one)
            continue
        named, *rest = one.rsplit(maxsplit=1) or [one]
        if rest and _is_code(rest[0], codes):
            found.append(Judge(named, rest[0]))
        elif not _is_code(one, codes):
            found.append(one)
        elif found and isinstance(found[-1], str):
            found[-1] = Judge(found[-1], one)
        else:
            raise JudgesInvalid(reason=f"“{one[:20]}”是户号，请写在姓名后面，例如：龙凤泉 01001。")
    return found


def _is_code(word: str, codes: Collection[str]) -> bool:
    """Return whether a word is a household's code and no name."""
    return word in codes or bool(re.fullmatch("[0-9-]+", word))


def read_seats(judges: Sequence[str | Judge], absentees: Sequence[str | Judge]) -> list[tuple[str, Judge]]:
    """Return everybody with their role, judge or absentee, in the given order.

    Raises:
        JudgesInvalid: nobody judges, too many people, or one of them named twice.
        TextInvalid: a name cannot be stored.
    """
    seats = [
        (role, Judge(clean_name(given.name), given.participant_code))
        for role, people in (("judge", judges), ("absentee", absentees))
        for given in (Judge(person) if isinstance(person, str) else person for person in people)
    ]
    if not any(role == "judge" for role, _ in seats):
        raise JudgesInvalid(reason="请填写到场的评议员，至少一位。")
    if len(seats) > MAXIMUM_PEOPLE:
        raise JudgesInvalid(reason=f"到场和缺席的人最多填{MAXIMUM_PEOPLE}位，请核对。")
    # Names repeat in a village: two judges of one name are told apart by their households.
    if len({(person.name, person.participant_code) for _, person in seats}) < len(seats):
        raise JudgesInvalid(reason="同一个人填了两次，请删除一个；同名的人请写明各自的户号。")
    return seats


def seat(session: Session, seats: Sequence[tuple[str, Judge]], *, village: str, meeting: str) -> None:
    """Write down those who sat and those who were missing, with the household that each must not judge.

    Raises:
        ParticipantUnknown: a judge's household is not in the roster; and those of `roster.by_code`.
    """
    for position, (role, person) in enumerate(seats, start=1):
        code = person.participant_code
        household = roster.by_code(session, village=village, code=code).id if code else None
        session.add(
            AttendanceRow(
                village_id=village,
                meeting_id=meeting,
                position=position,
                role=role,
                name=person.name,
                participant_id=household,
            )
        )
    session.flush()


def seated(session: Session, *, village: str, meeting: str) -> list[Judge]:
    """Return who sits in a meeting (id), each with the code of the household that they do not judge.

    Example:
        seated(session, village="cy", meeting=meeting.id)  # [Judge("龙凤泉", "01001")]
    """
    judges = judges_of(session, village=village, meeting=meeting)
    ids = {one.participant_id for one in judges if one.participant_id}
    known = roster.by_ids(session, village=village, ids=ids)
    return [Judge(one.name, known[one.participant_id].code if one.participant_id else None) for one in judges]


def judges_of(session: Session, *, village: str, meeting: str) -> list[SeatedJudge]:
    """Return who judges, each with the participant id of their own household where it is known."""
    return fetch(session, _JUDGES, {"village": village, "meeting": meeting}, into=SeatedJudge).all()
