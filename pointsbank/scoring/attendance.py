"""Who sat in a meeting and who was missing, and whose household each judge must not judge."""

from collections.abc import Sequence
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


def judges_of(session: Session, *, village: str, meeting: str) -> list[SeatedJudge]:
    """Return who judges, each with the participant id of their own household where it is known."""
    return fetch(session, _JUDGES, {"village": village, "meeting": meeting}, into=SeatedJudge).all()
