"""The minutes as they are sealed: number, agenda, attendance, recusals, who opened and closed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import ledger, panels
from pointsbank.scoring.agenda import AgendaLine, agenda_of
from pointsbank.scoring.attendance import Attendee, attendance
from pointsbank.scoring.call_models import CallRow, MinutesNumberRow
from pointsbank.scoring.case_reading import DRAWN, Case, cases
from pointsbank.scoring.proposing import MeetingCancelled, NotYetOpen
from pointsbank.scoring.values import Meeting


@dataclass(frozen=True, slots=True)
class Minutes:
    """What stands in a meeting's minutes beside its scores.

    Attributes:
        year, number: 2026年第3号; None until the minutes are sealed, and for those sealed before numbers.
        place, panel: empty where nobody called the meeting.
        area: names of the groups that it judges; empty for the whole village.
        cases: what its judges marked and became a score, with each judge's mark.
    """

    meeting: str
    year: int | None
    number: int | None
    place: str
    panel: str
    rule: str
    area: tuple[str, ...]
    agenda: tuple[AgendaLine, ...]
    people: tuple[Attendee, ...]
    cases: tuple[Case, ...]
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None

    @property
    def recused(self) -> tuple[Attendee, ...]:
        """Who is present and leaves some household to the others."""
        return tuple(one for one in self.people if one.role == "judge" and one.households)


def minutes_of(session: Session, found: Meeting, *, village: str) -> Minutes:
    """Return what stands in a meeting's minutes beside its scores.

    Raises:
        PanelUnknown: raised by `panel`.

    Example:
        minutes_of(session, meeting, village="cy").number  # 3
    """
    called = session.get(CallRow, (village, found.id), populate_existing=True)
    whose = called.panel_id if called is not None else None
    panel = panels.panel(session, village=village, panel_id=whose) if whose else None
    numbered = session.get(MinutesNumberRow, (village, found.id), populate_existing=True)
    return Minutes(
        meeting=found.id,
        year=numbered.year if numbered else None,
        number=numbered.number if numbered else None,
        place=called.place if called else "",
        panel=panel.name if panel else "",
        rule=panel.rule if panel else "",
        area=panel.area if panel else (),
        agenda=tuple(agenda_of(session, village=village, call=found.id)),
        people=tuple(attendance(session, village=village, meeting=found.id)),
        cases=tuple(one for one in cases(session, village=village, meeting=found.id) if one.status == DRAWN),
        opened_by=found.opened_by,
        opened_at=found.opened_at,
        closed_by=found.closed_by,
        closed_at=found.closed_at,
    )


def sealed_words(session: Session, found: Meeting, *, village: str) -> dict[str, Any]:
    """Return the words of the entry that seals a meeting's minutes, with the next number of its year.

    Locks the head of the log, the last lock of the order: nobody else takes the same number.

    Raises:
        VillageUnknown: there is no such village.
    """
    ledger.lock_head(session, village=village)
    whole = minutes_of(session, found, village=village)
    year = found.held_on.year
    return {
        "meeting": found.id,
        "title": found.title,
        "held_on": found.held_on.isoformat(),
        "judges": list(found.judges),
        "absentees": list(found.absentees),
        "minutes": found.minutes,
        "scores": found.scores,
        "year": year,
        "number": _next_number(session, village, year),
        "place": whole.place,
        "panel": whole.panel,
        "area": list(whole.area),
        "agenda": [[one.kind, one.subject, one.outcome] for one in whole.agenda],
        # By id and without the relation: these words stay when such a household is forgotten.
        "recusals": [[one.name, sorted(one.households)] for one in whole.recused],
        # By the score's number: which household it was, its own entry says while it may be known.
        "marks": [
            [one.score_number, [[mark.name, int(mark.mark), mark.way] for mark in one.marks]]
            for one in whole.cases
        ],
        "opened_by": found.opened_by,
        "opened_at": found.opened_at.astimezone(UTC).isoformat(),
        # Of meetings nothing more is said than before there were day books.
        **({"kind": found.kind} if found.kind else {}),
    }


def write_number(session: Session, *, village: str, meeting: str, year: int, number: int) -> None:
    """Write which number of its year a meeting's minutes have."""
    session.add(MinutesNumberRow(village_id=village, meeting_id=meeting, year=year, number=number))
    session.flush()


def refuse_called(session: Session, *, village: str, call: str) -> None:
    """Say of a meeting that was called and has not begun when it will, or that it was cancelled.

    Raises:
        NotYetOpen, MeetingCancelled: it is so.
    """
    row = session.get(CallRow, (village, call))
    if row is None:
        return
    if row.cancelled_at is not None:
        raise MeetingCancelled()
    raise NotYetOpen(day=row.day)


def area_of(session: Session, *, village: str, meeting: str) -> tuple[frozenset[str], str] | None:
    """Return which groups (ids) a meeting's panel judges, and how it is said; None for the whole village.

    Example:
        area_of(session, village="cy", meeting=id)  # (frozenset({"k2"}), "一组评议小组的会，只评一组")
    """
    query = select(CallRow.panel_id).where(CallRow.in_village(village), col(CallRow.id) == meeting)
    whose = session.exec(query).first()
    panel = panels.panel(session, village=village, panel_id=whose) if whose else None
    if panel is None or panel.kind != panels.GROUP:
        return None
    return frozenset(panel.groups), f"{panel.name}的会，只评{'、'.join(panel.area)}"


def _next_number(session: Session, village: str, year: int) -> int:
    """Return the next number of a year."""
    query = select(func.max(MinutesNumberRow.number)).where(
        MinutesNumberRow.in_village(village), col(MinutesNumberRow.year) == year
    )
    return 1 + (session.exec(query).one() or 0)


@ledger.describes("minutes_closed")
def _closed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会（2026-09-28），评分12条，2026年第3号记录."""
    number = f"，{words['year']}年第{words['number']}号记录" if "number" in words else ""
    return f"{words['title']}（{words['held_on']}），评分{words['scores']}条{number}"
