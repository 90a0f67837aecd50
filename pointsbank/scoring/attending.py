"""Coming and going while a meeting is open: who is present, and who was not expected."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank.errors import NotFound
from pointsbank.scoring.attendance import (
    MAXIMUM_PEOPLE,
    Attendee,
    JudgesInvalid,
    attendance,
    read_seats,
    seat,
    with_households,
)
from pointsbank.scoring.meetings import lock_open
from pointsbank.scoring.models import AttendanceRow
from pointsbank.scoring.voiding import void_code


class AttendeeUnknown(NotFound):
    """Nobody stands at this place of the minutes."""

    code = "attendee_unknown"
    sentence = "这次评议会的名单里没有这个人，请刷新页面再选。"
    fixed_by = "本人"


def set_presence(
    session: Session, *, village: str, meeting: str, position: int, present: bool, by: str, at: datetime
) -> list[Attendee]:
    """Mark somebody of an open meeting as present or absent; return everybody.

    What was entered before keeps who was recused then, and marks that were given stay; the code of who goes
    is void. Locks the meeting: two people who each mark one of the last two judges absent would else leave
    nobody.

    Args:
        position: their place in the minutes, >= 1.

    Raises:
        MeetingUnknown, MeetingClosed, NotYetOpen: as `lock_open`.
        AttendeeUnknown: nobody stands there.
        JudgesInvalid: nobody would be left to judge.

    Example:
        set_presence(session, village="cy", meeting=id, position=2, present=False, by="li", at=now)
    """
    lock_open(session, village=village, meeting=meeting)
    people = attendance(session, village=village, meeting=meeting)
    if position not in (one.position for one in people):
        raise AttendeeUnknown()
    role = "judge" if present else "absentee"
    left = [one for one in people if one.position != position and one.role == "judge"]
    if not present and not left:
        raise JudgesInvalid(reason="至少要有一位评议员到场：请先登记别人到场，再登记这一位缺席。")
    mine = update(AttendanceRow).where(
        AttendanceRow.in_village(village),
        col(AttendanceRow.meeting_id) == meeting,
        col(AttendanceRow.position) == position,
    )
    session.exec(mine.values(role=role))
    if not present:
        void_code(session, village=village, meeting=meeting, position=position)
    return attendance(session, village=village, meeting=meeting)


def add_attendee(
    session: Session, *, village: str, meeting: str, name: str, by: str, at: datetime
) -> list[Attendee]:
    """Let somebody who was not expected sit in an open meeting; return everybody.

    Args:
        name: the code of their own household may stand behind it, e.g. `郝田发 01002`.

    Raises:
        MeetingUnknown, MeetingClosed, NotYetOpen: as `lock_open`.
        JudgesInvalid: they sit there already, or too many do; or a code stands behind no name.
        ParticipantUnknown: there is no such household.
        TextInvalid: the name cannot be stored.

    Example:
        add_attendee(session, village="cy", meeting=id, name="郝田发 01002", by="li", at=now)[-1].name
    """
    seats = read_seats(with_households(session, [name], village=village), [])
    lock_open(session, village=village, meeting=meeting)
    people = attendance(session, village=village, meeting=meeting)
    if len(people) >= MAXIMUM_PEOPLE:
        raise JudgesInvalid(reason=f"到场和缺席的人最多填{MAXIMUM_PEOPLE}位，请核对。")
    for _, new in seats:
        known = [(one.name, one.household.code if one.household else None) for one in people]
        if (new.name, new.participant_code) in known:
            raise JudgesInvalid(reason=f"{new.name}已经登记过，请在这个人旁边点到场；同名的人请写明户号。")
    seat(
        session,
        seats,
        village=village,
        meeting=meeting,
        behind=max((one.position for one in people), default=0),
    )
    return attendance(session, village=village, meeting=meeting)
