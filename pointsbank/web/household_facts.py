"""What a household's file shows of it besides who opened it, kept while nothing but others' sales is written.

Every opening of a file is written down; that alone lets nothing be read anew (`Witnessed.by_reading`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import (
    boards,
    ceremonies,
    claims,
    dates,
    grades,
    inspections,
    ledger,
    market,
    publicity,
    questions,
    roster,
    scoring,
    titles,
)


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """The parts of a file; nobody may change them."""

    balance: ledger.Balance
    page: Any
    has_pin: bool
    cards: Sequence[roster.Card]
    used: dict[str, datetime]
    pin_events: Sequence[Any]
    listed: Sequence[Any]
    consent: publicity.Consent | None
    under_way: Sequence[Any]
    corrections: Sequence[Any]
    months: list[tuple[str, scoring.MonthTotal]]
    claimed: Sequence[claims.Claim]
    occasions: Sequence[ceremonies.Ceremony]
    inspected: Sequence[inspections.Inspection]
    asked: Sequence[tuple[questions.Question, questions.Answer | None]]
    honoured: Sequence[titles.Title]
    barred: Sequence[titles.TitleBar]
    restrictions: Sequence[roster.Restriction]
    base: Sequence[scoring.BaseStanding]
    graded: Sequence[grades.OwnGrade]


def facts_of(
    session: Session, *, village: str, who: roster.Participant, unit: str, before: str | None, day: date
) -> HouseholdFacts:
    """Return what a participant's file shows on a day.

    Args:
        unit: of the statement: points or honour.
        before: the `next` of the page of the statement before; None begins with the newest.

    Raises:
        CursorInvalid: `before` is no place of the statement (raised by `ledger.statement`).
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of the village's own tables of grades.
    """
    return ledger.kept(
        session,
        village=village,
        about=("file", who.id, unit, before, day),
        make=lambda: _read(session, village, who, unit, before, day),
        size=lambda found: len(found.page.lines) + len(found.cards) + len(found.listed) + 1,
        # Of sales only its own change a file, and each takes points: more come in by other entries alone.
        but_sales=True,
        beside=ledger.balance(session, village=village, participant=who.id),
    )


def _read(
    session: Session, village: str, who: roster.Participant, unit: str, before: str | None, day: date
) -> HouseholdFacts:
    """Return what a participant's file shows as it is read now."""
    here: Any = {"village": village, "participant": who.id}
    return HouseholdFacts(
        balance=ledger.balance(session, **here),
        page=ledger.statement(session, **here, unit=unit, before=before),
        has_pin=market.has_pin(session, **here),
        cards=roster.known_cards(session, village=village, participant=who.code, limit=200),
        used=market.last_sales(session, **here),
        pin_events=market.pin_events(session, **here, limit=10),
        listed=boards.listings(session, **here),
        consent=publicity.consents(session, village=village).get(who.id),
        under_way=publicity.under_way(session, **here),
        corrections=publicity.corrections_under_way(session, **here),
        months=scoring.months_of(session, **here),
        claimed=claims.of_participant(session, **here),
        occasions=ceremonies.of_participant(session, **here),
        inspected=inspections.of_participant(session, **here),
        asked=questions.of_participant(session, **here),
        honoured=titles.titles(session, **here),
        barred=titles.bars_of(session, **here, today=day),
        restrictions=roster.restrictions_of(session, **here),
        base=scoring.base_of(session, **here, day=day),
        graded=grades.settled_grades(
            session,
            **here,
            left=boards.who_left(session, village=village),
            at=dates.start_of_day(day),
        ),
    )
