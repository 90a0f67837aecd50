"""Reads what rows of a meeting are judged by: its rules, its panel, who is present."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.dates import day_of
from pointsbank.roster import Participant
from pointsbank.scoring.attendance import judges_of
from pointsbank.scoring.deeds_on_record import deeds_on_record
from pointsbank.scoring.judging import JudgingContext
from pointsbank.scoring.meetings import is_day_book
from pointsbank.scoring.minutes import area_of
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.values import ScoreRow


def judging_context(
    session: Session,
    known: Mapping[str, Participant],
    rows: Sequence[ScoreRow] = (),
    *,
    village: str,
    meeting: str,
    at: datetime,
) -> JudgingContext:
    """Return the inputs of judging rows of a meeting (id).

    Args:
        known: whom the rows name, by code.
        rows: those that may say that they are the same deed as others.

    Raises:
        PanelUnknown: raised by `area_of`.

    Example:
        context = judging_context(session, known, rows, village="cy", meeting=meeting, at=now)
        resolved, wrong = resolve_rows(rows, context)
    """
    rules = rulebook(session, village=village)
    area, words = area_of(session, village=village, meeting=meeting) or (None, "")
    judges = judges_of(session, village=village, meeting=meeting)
    deeds = deeds_on_record(session, rows, village=village, meeting=meeting)
    merged = merged_into(session, known.values(), village=village)
    at_counter = is_day_book(session, village=village, meeting=meeting)
    return JudgingContext(day_of(at), known, rules, judges, area, words, merged, deeds, at_counter)


def merged_into(session: Session, people: Iterable[Participant], *, village: str) -> dict[str, str]:
    """Return of those that have ended (by id) whom they became part of, as “0101王建国”; none else."""
    ended = [one.id for one in people if one.status == "closed"]
    heirs = ledger.heirs(session, village=village) if ended else {}
    last = {one: _last_heir(one, heirs) for one in ended if one in heirs}
    found = roster.by_ids(session, village=village, ids=set(last.values()))
    return {one: f"{found[heir].code}{found[heir].name}" for one, heir in last.items()}


def _last_heir(participant: str, heirs: Mapping[str, str]) -> str:
    """Return whom a participant became part of in the end."""
    while participant in heirs:
        participant = heirs[participant]
    return participant
