"""Opening the minutes of a meeting: when it was held, its title, and who sits in it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import governing, law
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid
from pointsbank.law import Use
from pointsbank.scoring.attendance import read_seats, seat, with_households
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.meetings import MAXIMUM_MINUTES, meeting
from pointsbank.scoring.values import Judge, Meeting
from pointsbank.text import clean, clean_required


class MeetingDateInvalid(Invalid):
    """A meeting is recorded on the day it is held or later, never ahead."""

    code = "meeting_date_invalid"
    sentence = "评议会日期{held_on}不对，开始的评议会不能晚于今天：以后的请先召集，到那天再开始。"
    at = ("held_on",)


def open_meeting(
    session: Session,
    *,
    village: str,
    held_on: date,
    title: str,
    judges: Sequence[str | Judge],
    absentees: Sequence[str | Judge] = (),
    minutes: str = "",
    by: str,
    at: datetime,
) -> Meeting:
    """Begin the minutes of a meeting that nobody called.

    Args:
        held_on: the day in Shanghai, not after today and not before 1990.
        judges: names, or `Judge` with the code of their own household, which they do not judge; a code
            behind a name is that household.

    Raises:
        MeetingDateInvalid: the day is not within these bounds.
        JudgesInvalid: nobody judges, too many people, or one of them named twice.
        TextInvalid: title, minutes or a name cannot be stored.
        ParticipantUnknown, MeetingUnknown: a judge's household is not in the roster; and those of `seat`.
        Wording, NamesSomebody: as `checked_title`.
        IsDayBook: raised by `meeting`; not of what is new.

    Example:
        open_meeting(session, village="cy", held_on=today, title="八月", judges=["李"], by="li", at=now)
    """
    check_held_on(held_on, today=day_of(at))
    seats = read_seats(*(with_households(session, some, village=village) for some in (judges, absentees)))
    begun = {"new": new_id(session), "title": checked_title(session, village, title), "minutes": minutes}
    return begin_minutes(session, seats, village=village, held_on=held_on, by=by, at=at, **begun)


def check_held_on(held_on: date, *, today: date) -> None:
    """Refuse a day on which no meeting was held.

    Raises:
        MeetingDateInvalid: it lies after today or before 1990.

    Example:
        >>> check_held_on(date(2026, 8, 31), today=date(2026, 9, 1))
    """
    if held_on > today or held_on.year < 1990:
        raise MeetingDateInvalid(held_on=held_on)


def begin_minutes(
    session: Session,
    seats: Sequence[tuple[str, Judge]],
    *,
    village: str,
    new: str,
    held_on: date,
    title: str,
    minutes: str,
    by: str,
    at: datetime,
) -> Meeting:
    """Write the open minutes of a meeting with who sits in it.

    Args:
        new: the meeting's id.
        title: as `checked_title` returned it.

    Raises:
        TextInvalid: the minutes cannot be stored.
        ParticipantUnknown, MeetingUnknown: a judge's household is not in the roster; and those of `seat`.
        IsDayBook: raised by `meeting`; not of what is new.
    """
    row = MeetingRow(
        village_id=village,
        id=new,
        held_on=held_on,
        title=title,
        minutes=clean(minutes, maximum=MAXIMUM_MINUTES, lines=True),
        opened_by=by,
        opened_at=at,
    )
    session.add(row)
    session.flush()
    seat(session, seats, village=village, meeting=row.id)
    return meeting(session, village=village, meeting_id=row.id)


def checked_title(session: Session, village: str, title: str) -> str:
    """Return a meeting's title tidied; the notice takes it, and hangs.

    Raises:
        TextInvalid: it is empty, longer than 100 characters, or has hidden ones.
        Wording: it holds what the law keeps private.
        NamesSomebody: it names somebody of the village.
    """
    titled = clean_required(title, maximum=100)
    people = governing.named_people(session, village=village)
    law.check(titled, Use.HEADING, field="会议名称", people=people, at=("title",))
    return titled
