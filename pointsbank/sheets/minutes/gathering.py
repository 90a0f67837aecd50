"""Reads the minutes of a meeting, names in full."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from pointsbank import score_sheets, scoring, staff, villages
from pointsbank.dates import day_in_words, moment_in_words
from pointsbank.points import Points, show
from pointsbank.scoring import Attendee, Case, Meeting, MeetingNote, MeetingSummary, Minutes
from pointsbank.sheets.minutes.values import MinutesSheet, Recusal, Words


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    meeting: str | None = None,
    official: bool = False,
) -> MinutesSheet:
    """Return the minutes of one meeting, the latest unless one is named; a draft while it is open.

    Raises:
        MeetingUnknown: there is no such meeting, or none at all.
        PanelUnknown: raised by `minutes_of`.
    """
    if meeting is None:
        latest = next(iter(scoring.meetings(session, village=village)), None)
        if latest is None:
            raise scoring.problems.MeetingUnknown()
        meeting = latest.id
    found = scoring.meeting(session, village=village, meeting_id=meeting)
    record = scoring.minutes_of(session, found, village=village)
    summary = scoring.meeting_summary(session, village=village, meeting=meeting)
    whose = [found.opened_by, found.closed_by or "", *(note.added_by for note in found.notes)]
    names = staff.names(session, ids=whose)
    return MinutesSheet(
        village=villages.get(session, village).name,
        title=found.title,
        held_on=found.held_on,
        number=_number(record),
        known=_known(found, record, names),
        present=found.judges,
        recusals=tuple(Recusal(one.name, _households(one)) for one in record.recused),
        agenda=tuple((one.words, one.outcome) for one in record.agenda),
        result=result_in_words(summary) + _from_paper(session, village, meeting),
        text=found.minutes,
        notes=tuple(_note(one, names) for one in found.notes),
        marks=tuple(_marked(one) for one in record.cases),
        meeting=meeting,
        official=official,
    )


def _number(record: Minutes) -> str:
    return Words.NUMBER.format(year=record.year, number=record.number) if record.number else ""


def _known(found: Meeting, record: Minutes, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what is known of the meeting, a label and a value each; what is not known is left out."""
    opened = Words.OPENED.format(moment=moment_in_words(found.opened_at), who=names.get(found.opened_by, ""))
    closed = ""
    if found.closed_at is not None:
        closed = Words.CLOSED.format(
            moment=moment_in_words(found.closed_at),
            who=names.get(found.closed_by or "", ""),
            index=found.index,
        )
    rows = (
        (Words.MEETING, found.title),
        (Words.TIME, "\n".join(filter(None, (day_in_words(found.held_on), opened, closed)))),
        (Words.PLACE, record.place),
        (Words.PANEL, record.panel),
        (Words.AREA, "、".join(record.area)),
        (Words.PRESENT, "、".join(found.judges)),
        (Words.ABSENT, "、".join(found.absentees)),
    )
    return tuple((str(label), words) for label, words in rows if words)


def _households(one: Attendee) -> tuple[str, ...]:
    """Return whom somebody leaves to the others, by name and 户号; how they are related stays unsaid."""
    own = [one.household] if one.household else []
    everybody = [*own, *(each for each, _ in one.relatives)]
    return tuple(f"{each.name} {each.code}" for each in everybody)


def _marked(case: Case) -> str:
    """Return what each judge gave for one score, and what it came to."""
    marked = Words.MARKED.format(
        number=case.score_number,
        whose=f"{case.participant.name} {case.participant.code}",
        item=case.item.title,
        marks="，".join(f"{one.name}{show(one.mark)}" for one in case.marks),
        rule=case.result.words if case.result else "",
        mark=show(case.result.mark) if case.result else "",
    )
    return f"{marked}{Words.WITHDRAWN if case.withdrawn else ''}"


def _note(note: MeetingNote, names: Mapping[str, str]) -> str:
    who = names.get(note.added_by, "")
    return Words.NOTE.format(moment=moment_in_words(note.added_at), who=who, text=note.text)


def _from_paper(session: Session, village: str, meeting: str) -> str:
    """Return how many entries came from how many pages of paper; nothing where none did."""
    pages, scores = score_sheets.count_entered(session, village=village, meeting=meeting)
    return Words.PAPER.format(pages=pages, scores=scores) if pages else ""


def result_in_words(summary: MeetingSummary) -> str:
    """Return what a meeting came to.

    Example:
        >>> result_in_words(MeetingSummary(3, 2, Points(900), Points(-250), 1, 0))
        '共3条，2户；加9分，减2.5分。其中1条按上限或重复少计，0条不计分。'
    """
    words = Words.COUNTS.format(
        entries=summary.entries,
        participants=summary.participants,
        plus=show(summary.plus),
        minus=show(Points(-summary.minus)),
    )
    if summary.cut or summary.nothing:
        words += Words.CUT.format(cut=summary.cut, nothing=summary.nothing)
    return words
