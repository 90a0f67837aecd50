"""Beginning a meeting that was called: its panel takes its seats, with whom each leaves to the others."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import panels
from pointsbank.dates import day_of
from pointsbank.panels import Panel
from pointsbank.scoring.agenda import AgendaLine
from pointsbank.scoring.attendance import JudgesInvalid, read_seats, with_households
from pointsbank.scoring.call_models import CallRow
from pointsbank.scoring.calling import lock_call, write_call
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.opening import begin_minutes, check_held_on, open_meeting
from pointsbank.scoring.proposing import check_may_begin
from pointsbank.scoring.values import Judge, Meeting


def begin_called(
    session: Session,
    *,
    village: str,
    call_id: str,
    by: str,
    at: datetime,
    guests: Sequence[str | Judge] = (),
    absentees: Sequence[str | Judge] = (),
    minutes: str = "",
) -> Meeting:
    """Begin a meeting that was called, on its day or later; at first its whole panel counts as present.

    Whom each member leaves to the others is written down as it is now, and stays so for this meeting.
    Locks the call.

    Args:
        guests, absentees: others who judge, or are missing: names, with the code of their household behind.

    Raises:
        CallUnknown, MeetingBegun, MeetingCancelled: there is no such call, or it stands.
        DayNotCome: its day lies ahead.
        JudgesInvalid: nobody judges, too many people, or one of them twice.
        ParticipantUnknown: a guest's household is not in the roster.
        TextInvalid: a name or the minutes cannot be stored.
        PanelUnknown: raised by `panel`.
        MeetingUnknown: raised by `begin_minutes`.

    Example:
        begin_called(session, village="cy", call_id=id, by="li", at=now).judges  # ("龙凤泉", "郝田发")
    """
    row = lock_call(session, village=village, call_id=call_id)
    check_may_begin(row.day, today=day_of(at))
    panel = panels.panel(session, village=village, panel_id=row.panel_id) if row.panel_id else None
    named = [with_households(session, some, village=village) for some in (guests, absentees)]
    sitting = _members(panel, day_of(at))
    members = [one for one in sitting if not _among(one, named[1])]
    kept = [one for one in named[0] if not _among(one, members)]
    # An absentee as the panel knows him: he may come later, and is recused then.
    absent = [next((one for one in sitting if _is_same(one, each)), each) for each in named[1]]
    if panel is not None and not members and not kept:
        raise JudgesInvalid(reason=f"{panel.name}现在没有到场的成员，请先登记成员，或者填写到场的评议员。")
    return begin_minutes(
        session,
        read_seats([*members, *kept], absent),
        village=village,
        new=call_id,
        held_on=row.day,
        title=row.title,
        minutes=minutes,
        by=by,
        at=at,
    )


def convene(
    session: Session,
    *,
    village: str,
    title: str,
    by: str,
    at: datetime,
    held_on: date | None = None,
    place: str = "",
    agenda: Sequence[AgendaLine] = (),
    panel: str | None = None,
    judges: Sequence[str | Judge] = (),
    absentees: Sequence[str | Judge] = (),
    minutes: str = "",
) -> Meeting:
    """Call a meeting and begin it at once; one without panel, place and agenda begins as nobody called it.

    Args:
        held_on: the day in Shanghai, not after today and not before 1990; None for today.
        judges: who judges beside the panel, as `guests` of `begin_called`.

    Raises:
        MeetingDateInvalid: the day is not within these bounds.
        AgendaInvalid, PanelUnknown, PanelEnded, Wording, NamesSomebody, VillageUnknown: as `write_call`.
        JudgesInvalid, ParticipantUnknown, TextInvalid: as `begin_called`.
        CallUnknown, MeetingUnknown, MeetingBegun, MeetingCancelled, DayNotCome: as `begin_called`; not of
            what was called this very moment.
        IsDayBook: raised by `open_meeting` and `begin_minutes`; not of what is new.

    Example:
        convene(session, village="cy", title="九月评议会", panel=id, by="li", at=now).status  # "open"
    """
    day = held_on or day_of(at)
    who: dict[str, Any] = {"absentees": absentees, "minutes": minutes, "by": by, "at": at}
    if not (panel or place or agenda):
        return open_meeting(session, village=village, held_on=day, title=title, judges=judges, **who)
    check_held_on(day, today=day_of(at))
    called = write_call(
        session,
        village=village,
        day=day,
        title=title,
        place=place,
        agenda=agenda,
        panel=panel,
        by=by,
        at=at,
    )
    return begin_called(session, village=village, call_id=called.id, guests=judges, **who)


def last_panel(session: Session, *, village: str) -> str | None:
    """Return the panel (id) of the last meeting that began and had one.

    Example:
        last_panel(session, village="cy")  # "k3v7q2n5…"
    """
    query = (
        select(CallRow.panel_id)
        .join(MeetingRow, (col(MeetingRow.id) == col(CallRow.id)) & MeetingRow.in_village_of(CallRow))
        .where(CallRow.in_village(village), col(CallRow.panel_id).is_not(None))
        .order_by(col(MeetingRow.opened_at).desc(), col(MeetingRow.id))
    )
    return session.exec(query.limit(1)).first()


def _members(panel: Panel | None, day: date) -> list[Judge]:
    """Return who of a panel sits on this day, with whom each leaves to the others."""
    return [
        Judge(
            one.name, one.code or None, tuple((each.participant_id, each.relation) for each in one.relatives)
        )
        for one in (panel.sitting_on(day) if panel else ())
    ]


def _among(person: str | Judge, people: Sequence[str | Judge]) -> bool:
    """Return whether a person is one of these."""
    return any(_is_same(person, one) for one in people)


def _is_same(one: str | Judge, other: str | Judge) -> bool:
    """Return whether two entries mean one person: the same name, and no other household."""
    first, second = (Judge(each) if isinstance(each, str) else each for each in (one, other))
    codes = {first.participant_code, second.participant_code} - {None}
    return first.name == second.name and len(codes) <= 1
