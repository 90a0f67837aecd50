"""What came of each line of a meeting's agenda, written while the meeting is open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank.scoring.agenda import AgendaInvalid, AgendaLine, agenda_of
from pointsbank.scoring.call_models import AgendaRow
from pointsbank.scoring.meetings import lock_open
from pointsbank.text import clean

MAXIMUM_OUTCOME = 500


def set_outcomes(
    session: Session, *, village: str, meeting: str, outcomes: Sequence[str], by: str, at: datetime
) -> list[AgendaLine]:
    """Write what came of each line of an open meeting's agenda, in their order; locks the meeting.

    Raises:
        MeetingUnknown, MeetingClosed, NotYetOpen: as `lock_open`.
        AgendaInvalid: there are not as many lines.
        TextInvalid: one is longer than 500 characters, or holds hidden ones.

    Example:
        set_outcomes(session, village="cy", meeting=id, outcomes=["全部通过"], by="li", at=now)
    """
    tidy = [clean(one, maximum=MAXIMUM_OUTCOME, lines=True) for one in outcomes]
    lock_open(session, village=village, meeting=meeting)
    lines = agenda_of(session, village=village, call=meeting)
    if len(tidy) != len(lines):
        raise AgendaInvalid(reason=f"议程现在有{len(lines)}行，和您填写时不一样，请重新打开这一页再填。")
    for line, outcome in zip(lines, tidy, strict=True):
        if outcome != line.outcome:
            mine = update(AgendaRow).where(
                AgendaRow.in_village(village),
                col(AgendaRow.call_id) == meeting,
                col(AgendaRow.position) == line.position,
            )
            session.exec(mine.values(outcome=outcome))
    return agenda_of(session, village=village, call=meeting)
