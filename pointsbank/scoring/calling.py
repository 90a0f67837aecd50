"""Calling a meeting: its day, place, agenda and panel; changed until it begins, or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from pointsbank import ledger, panels
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.scoring.agenda import AgendaLine, agendas, check_agenda, write_agenda
from pointsbank.scoring.call_models import CallRow
from pointsbank.scoring.call_words import CallFacts
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.opening import checked_title
from pointsbank.scoring.proposing import MeetingCancelled, check_call_day
from pointsbank.scoring.values import is_id
from pointsbank.text import clean, clean_required

MAXIMUM_PLACE, MAXIMUM_REASON = 100, 200


class CallUnknown(NotFound):
    """No meeting was called under this id."""

    code = "meeting_call_unknown"
    sentence = "没有找到这次召集，请从评议会列表里选择。"
    fixed_by = "本人"


class MeetingBegun(Refused):
    """The meeting has begun: its call stays as it was announced."""

    code = "meeting_begun"
    sentence = "这次评议会已经开始，召集不能再改；请直接进入评议会。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting as it was called.

    Attributes:
        panel_id, panel: whose meeting it is; None and empty where nobody was named.
        agenda: its lines, in order, with what came of each.
        status: `called`, `begun` or `cancelled`.
    """

    id: str
    day: date
    title: str
    place: str
    panel_id: str | None
    panel: str
    agenda: tuple[AgendaLine, ...]
    called_by: str
    called_at: datetime
    reason: str
    status: str


def call_meeting(
    session: Session,
    *,
    village: str,
    day: date,
    title: str,
    by: str,
    at: datetime,
    place: str = "",
    agenda: Sequence[AgendaLine] = (),
    panel: str | None = None,
) -> Call:
    """Call a meeting for today or a later day; nothing is entered before it begins.

    Args:
        day: in Shanghai, today to 60 days ahead.
        panel: id of the panel whose meeting it is.

    Raises:
        CallDayInvalid: the day is not within these bounds.
        PanelUnknown, PanelEnded: there is no such panel, or no longer.
        AgendaInvalid: the agenda or a line of it is too long.
        TextInvalid: title, place or agenda cannot be stored.
        Wording, NamesSomebody: as `checked_title`.
        CallUnknown: raised by `call`.
        VillageUnknown: raised by `ledger.record`.

    Example:
        call_meeting(session, village="cy", day=day, title="九月评议会", panel=id, by="li", at=now).status
    """
    check_call_day(day, today=day_of(at))
    return write_call(
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


def write_call(
    session: Session,
    *,
    village: str,
    day: date,
    title: str,
    place: str,
    agenda: Sequence[AgendaLine],
    panel: str | None,
    by: str,
    at: datetime,
) -> Call:
    """Write down for what a meeting is called, on whatever day; else as `call_meeting`.

    Raises:
        PanelUnknown, PanelEnded, AgendaInvalid, TextInvalid, Wording, NamesSomebody: as `call_meeting`.
        CallUnknown: raised by `call`.
        VillageUnknown: raised by `ledger.record`.
    """
    facts = _facts(session, village, title=title, place=place, agenda=agenda, panel=panel)
    row = CallRow(
        village_id=village,
        id=new_id(session),
        day=day,
        title=facts.title,
        place=facts.place,
        panel_id=facts.panel,
        called_by=by,
        called_at=at,
    )
    session.add(row)
    session.flush()
    write_agenda(session, facts.agenda, village=village, call=row.id)
    ledger.record(
        session, village=village, kind="meeting_called", by=by, at=at, words=facts.words(row.id, day)
    )
    return call(session, village=village, call_id=row.id)


def change_call(
    session: Session,
    *,
    village: str,
    call_id: str,
    day: date,
    title: str,
    by: str,
    at: datetime,
    place: str = "",
    agenda: Sequence[AgendaLine] = (),
    panel: str | None = None,
) -> Call:
    """Change what a meeting was called for, until it begins; locks the call.

    Args:
        day, panel: as `call_meeting`.

    Raises:
        CallUnknown, MeetingBegun, MeetingCancelled: there is no such call, or it stands.
        CallDayInvalid, PanelUnknown, PanelEnded, AgendaInvalid, TextInvalid, Wording: as `call_meeting`.
        NamesSomebody: as `checked_title`.
        VillageUnknown: raised by `ledger.record`.

    Example:
        change_call(session, village="cy", call_id=id, day=later, title="九月评议会", by="li", at=now).day
    """
    check_call_day(day, today=day_of(at))
    facts = _facts(session, village, title=title, place=place, agenda=agenda, panel=panel)
    lock_call(session, village=village, call_id=call_id)
    mine = update(CallRow).where(CallRow.in_village(village), col(CallRow.id) == call_id)
    session.exec(mine.values(day=day, title=facts.title, place=facts.place, panel_id=facts.panel))
    write_agenda(session, facts.agenda, village=village, call=call_id)
    words = facts.words(call_id, day)
    ledger.record(session, village=village, kind="meeting_call_changed", by=by, at=at, words=words)
    return call(session, village=village, call_id=call_id)


def cancel_call(session: Session, *, village: str, call_id: str, reason: str, by: str, at: datetime) -> Call:
    """Cancel a called meeting; locks the call.

    Raises:
        CallUnknown, MeetingBegun, MeetingCancelled: there is no such call, or it stands.
        TextInvalid: the reason is empty, longer than 200 characters, or has hidden ones.
        VillageUnknown: raised by `ledger.record`.

    Example:
        cancel_call(session, village="cy", call_id=id, reason="大雨", by="li", at=now).status  # "cancelled"
    """
    why = clean_required(reason, maximum=MAXIMUM_REASON)
    locked = lock_call(session, village=village, call_id=call_id)
    mine = update(CallRow).where(CallRow.in_village(village), col(CallRow.id) == call_id)
    session.exec(mine.values(cancelled_by=by, cancelled_at=at, reason=why))
    words = {"meeting": call_id, "title": locked.title, "day": locked.day.isoformat(), "reason": why}
    ledger.record(session, village=village, kind="meeting_cancelled", by=by, at=at, words=words)
    return call(session, village=village, call_id=call_id)


def lock_call(session: Session, *, village: str, call_id: str) -> CallRow:
    """Lock a call that was neither followed nor cancelled, and return its row.

    Raises:
        CallUnknown: there is none.
        MeetingBegun: the meeting has begun.
        MeetingCancelled: it was cancelled.
    """
    query = select(CallRow).where(CallRow.in_village(village), col(CallRow.id) == call_id).with_for_update()
    fresh = query.execution_options(populate_existing=True)
    row = session.exec(fresh).one_or_none() if is_id(call_id) else None
    if row is None:
        raise CallUnknown()
    if session.get(MeetingRow, (village, call_id), populate_existing=True) is not None:
        raise MeetingBegun()
    if row.cancelled_at is not None:
        raise MeetingCancelled()
    return row


def call(session: Session, *, village: str, call_id: str) -> Call:
    """Return one call.

    Raises:
        CallUnknown: there is none with this id.

    Example:
        call(session, village="cy", call_id=id).agenda[0].words  # "评分"
    """
    row = session.get(CallRow, (village, call_id), populate_existing=True) if is_id(call_id) else None
    if row is None:
        raise CallUnknown()
    return _views(session, [row], village=village)[0]


def calls(session: Session, *, village: str, waiting: bool = False, limit: int = 200) -> list[Call]:
    """Return the meetings that were called, the latest day first.

    Args:
        waiting: only those that have neither begun nor been cancelled, the earliest day first.
        limit: how many, >= 1.

    Example:
        [one.title for one in calls(session, village="cy", waiting=True)]  # ["九月评议会"]
    """
    query = select(CallRow).where(CallRow.in_village(village))
    if waiting:
        begun = select(MeetingRow.id).where(MeetingRow.in_village(village))
        query = query.where(col(CallRow.cancelled_at).is_(None), col(CallRow.id).not_in(begun))
    order = col(CallRow.day) if waiting else col(CallRow.day).desc()
    ordered = query.order_by(order, col(CallRow.id)).limit(limit)
    return _views(session, session.exec(ordered).all(), village=village)


def _facts(
    session: Session, village: str, *, title: str, place: str, agenda: Sequence[AgendaLine], panel: str | None
) -> CallFacts:
    """Return what a meeting is to be called for, checked."""
    titled = checked_title(session, village, title)
    where, lines = clean(place, maximum=MAXIMUM_PLACE), check_agenda(agenda)
    found = panels.panel(session, village=village, panel_id=panel) if panel else None
    if found is not None and found.ended_at is not None:
        raise panels.problems.PanelEnded(name=found.name)
    return CallFacts(titled, where, found.id if found else None, found.name if found else "", lines)


def _views(session: Session, rows: Sequence[CallRow], *, village: str) -> list[Call]:
    """Return calls with their agendas, the names of their panels, and where they stand."""
    ids = [row.id for row in rows]
    begun = set(
        session.exec(select(MeetingRow.id).where(MeetingRow.in_village(village), col(MeetingRow.id).in_(ids)))
    )
    written = agendas(session, village=village, calls=ids)
    # Of a panel the name alone: its members and their relatives are many, and nobody asked for them.
    named = {row.panel_id for row in rows if row.panel_id}
    names = panels.names(session, village=village, ids=named)
    return [
        row.into(
            Call,
            panel=names.get(row.panel_id or "", ""),
            agenda=tuple(written[row.id]),
            status="cancelled" if row.cancelled_at else "begun" if row.id in begun else "called",
        )
        for row in rows
    ]
