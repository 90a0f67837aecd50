"""Who sat in a meeting and who was missing, and whose household each judge must not judge."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.errors import Invalid
from pointsbank.prepared import fetch
from pointsbank.roster import Participant
from pointsbank.scoring.call_models import RecusalRow
from pointsbank.scoring.models import AttendanceRow
from pointsbank.scoring.recusal import SeatedJudge
from pointsbank.scoring.values import Judge
from pointsbank.text import clean_name

MAXIMUM_PEOPLE = 60


class _Seat(NamedTuple):
    """A row of those who sat or were missing."""

    position: int
    role: str
    name: str
    participant_id: str | None


class _Recusal(NamedTuple):
    """A household that somebody leaves to the others, by the place where they stand in the minutes."""

    position: int
    participant_id: str
    relation: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in a meeting's minutes.

    Attributes:
        role: `judge` or `absentee`.
        household: their own, where it is known.
        relatives: near relatives' households with the relation, a code of `labels.relation`.
    """

    position: int
    name: str
    role: str
    household: Participant | None
    relatives: tuple[tuple[Participant, str], ...] = ()

    @property
    def households(self) -> frozenset[str]:
        """Ids of the participants whom they do not judge."""
        own = [self.household] if self.household else []
        return frozenset(one.id for one in (*own, *(one for one, _ in self.relatives)))


_SEATS = (
    select(*AttendanceRow.columns_of(_Seat))
    .where(AttendanceRow.in_village(bindparam("village")))
    .where(col(AttendanceRow.meeting_id) == bindparam("meeting"))
    .order_by(col(AttendanceRow.position))
)
_RECUSALS = (
    select(*RecusalRow.columns_of(_Recusal))
    .where(RecusalRow.in_village(bindparam("village")))
    .where(col(RecusalRow.meeting_id) == bindparam("meeting"))
    .order_by(col(RecusalRow.position), col(RecusalRow.participant_id))
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
        [Judge(name='龙凤泉', participant_code='01001', relatives=()), '郝田发']
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
        (role, replace(given, name=clean_name(given.name)))
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


def seat(
    session: Session, seats: Sequence[tuple[str, Judge]], *, village: str, meeting: str, behind: int = 0
) -> None:
    """Write down those who sat and those who were missing, with the households that each must not judge.

    Args:
        behind: so many stand in the minutes already, >= 0.

    Raises:
        ParticipantUnknown: a judge's household is not in the roster; and those of `roster.by_code`.
    """
    key = {"village_id": village, "meeting_id": meeting}
    recusals = []
    for position, (role, person) in enumerate(seats, start=behind + 1):
        code = person.participant_code
        household = roster.by_code(session, village=village, code=code).id if code else None
        session.add(
            AttendanceRow(**key, position=position, role=role, name=person.name, participant_id=household)
        )
        recusals += [
            RecusalRow(**key, position=position, participant_id=theirs, relation=relation)
            for theirs, relation in person.relatives
            if theirs != household
        ]
    session.flush()
    session.add_all(recusals)
    session.flush()


def seated(session: Session, *, village: str, meeting: str) -> list[Judge]:
    """Return who sits in a meeting (id), each with the code of the household that they do not judge.

    Example:
        seated(session, village="cy", meeting=meeting.id)  # [Judge("龙凤泉", "01001")]
    """
    present = [one for one in attendance(session, village=village, meeting=meeting) if one.role == "judge"]
    return [Judge(one.name, one.household.code if one.household else None) for one in present]


def attendance(session: Session, *, village: str, meeting: str) -> list[Attendee]:
    """Return who sat in a meeting (id) and who was missing, in the order of the minutes.

    Example:
        attendance(session, village="cy", meeting=meeting.id)[0].relatives  # ((wang, "child"),)
    """
    seats, recusals = _read(session, village, meeting)
    own = {one.participant_id for one in seats if one.participant_id}
    people = roster.by_ids(session, village=village, ids=own | {one.participant_id for one in recusals})
    return [
        Attendee(
            one.position,
            one.name,
            one.role,
            people[one.participant_id] if one.participant_id else None,
            tuple((people[r.participant_id], r.relation) for r in recusals if r.position == one.position),
        )
        for one in seats
    ]


def judges_of(session: Session, *, village: str, meeting: str) -> list[SeatedJudge]:
    """Return who is present, each with the ids of the participants whom they do not judge."""
    seats, recusals = _read(session, village, meeting)
    theirs: dict[int, set[str]] = defaultdict(set)
    for recusal in recusals:
        theirs[recusal.position].add(recusal.participant_id)
    for one in seats:
        if one.participant_id is not None:
            theirs[one.position].add(one.participant_id)
    return [SeatedJudge(one.name, frozenset(theirs[one.position])) for one in seats if one.role == "judge"]


def _read(session: Session, village: str, meeting: str) -> tuple[list[_Seat], list[_Recusal]]:
    """Return the rows of a meeting's minutes: people, and whom they leave to the others."""
    given = {"village": village, "meeting": meeting}
    seats = fetch(session, _SEATS, given, into=_Seat).all()
    return list(seats), list(fetch(session, _RECUSALS, given, into=_Recusal).all())
