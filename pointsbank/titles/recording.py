"""Writes one step of a title: the state that follows, its row, and its entry for the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.labels.title_step import TITLE_STEP
from pointsbank.law import Use
from pointsbank.ledger import LogRecord
from pointsbank.text import clean, clean_required
from pointsbank.titles.models import TitleCheckRow, TitleStepRow
from pointsbank.titles.reading import Title, title
from pointsbank.titles.rules import check_day
from pointsbank.titles.states import state_after


@dataclass(frozen=True, slots=True)
class NewStep:
    """What a step says; `until` as in the table, `checks` pairs of criterion and whether it is met."""

    kind: str
    on: date | None = None
    met: bool | None = None
    until: date | None = None
    votes: tuple[int, int] | None = None
    place: str = ""
    words: str = ""
    seen_by: str = ""
    checks: Sequence[tuple[int, bool]] = ()


def locked_title(session: Session, village: str, title_id: str) -> Title:
    """Lock the village and return one title; raises VillageUnknown and TitleUnknown."""
    # Places are counted over all of a kind, and two at one moment would each see the last one free.
    villages.lock(session, village=village)
    return title(session, village=village, title_id=title_id)


def add_steps(
    session: Session,
    steps: Sequence[tuple[Title, NewStep]],
    *,
    village: str,
    by: str,
    at: datetime,
) -> None:
    """Write the next step of each of these titles, with an entry for each; the village is locked.

    Raises:
        TitleStands: a step is not done in the state of its title.
        TitleDayInvalid: a day lies before the step that came before, or is yet to come.

    And those of `ledger.record_many`.
    """
    records = []
    for one, step in steps:
        state = state_after(
            one.state,
            step.kind,
            step.met,
            who=one.who,
            title=one.kind.name,
            has_ended=one.participant.status == "closed",
        )
        today = day_of(at)
        row = TitleStepRow(
            village_id=village,
            title_id=one.id,
            number=len(one.steps) + 1,
            kind=step.kind,
            state=state,
            met=step.met,
            day=check_day(step.on or today, earliest=one.since, today=today),
            until_on=step.until,
            votes_for=step.votes[0] if step.votes else None,
            votes_against=step.votes[1] if step.votes else None,
            place=step.place,
            words=step.words,
            seen_by=step.seen_by,
            recorded_at=at,
            recorded_by=by,
        )
        for criterion, met in step.checks:
            checked = TitleCheckRow(
                village_id=village, title_id=one.id, number=row.number, criterion=criterion, met=met
            )
            session.add(checked)
        # What was looked at stands before the step that says what came of it.
        session.flush()
        session.add(row)
        session.flush()
        records.append(_entry(one, row, step))
    ledger.record_many(session, records, village=village, by=by, at=at)


def _entry(one: Title, row: TitleStepRow, step: NewStep) -> LogRecord:
    """Return what the log is told of a step; words of people stay in the row."""
    words: dict[str, Any] = {
        "title": one.id,
        "participant": one.participant.id,
        "name": one.kind.name,
        "number": row.number,
        "step": row.kind,
        "state": row.state,
        "met": row.met,
        "day": row.day.isoformat(),
        "until_on": row.until_on.isoformat() if row.until_on else None,
        "votes_for": row.votes_for,
        "votes_against": row.votes_against,
        "place": row.place,
    }
    if step.checks:
        words["checks"] = [list(pair) for pair in step.checks]
    return LogRecord(f"title_{row.kind}", words)


def lawful(session: Session, village: str, words: str, field: str, at: str, *, maximum: int = 200) -> str:
    """Return words that are said of nobody in particular; raises TextInvalid, Wording, NamesSomebody."""
    written = clean(words, maximum=maximum)
    if written:
        people = governing.named_people(session, village=village)
        law.check(written, Use.FACT, field=field, people=people, at=(at,))
    return written


def lawful_required(session: Session, village: str, words: str, field: str, at: str) -> str:
    """Return words that must be there; raises TextInvalid, Wording, NamesSomebody."""
    return lawful(session, village, clean_required(words, maximum=200), field, at)


def _describe(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清洁户：摘牌，已摘牌，限期整改（到2026年9月30日）."""
    until = words.get("until_on")
    last = f"（到{day_in_words(date.fromisoformat(until))}）" if until else ""
    return f"{words['name']}：{TITLE_STEP.name(words['step'])}，{TITLE_STATE.name(words['state'])}{last}"


for _step in TITLE_STEP.codes:
    ledger.describes(f"title_{_step}")(_describe)
