"""Reads the indices: what counts from when on, and what each month came to."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import inspections, roster, scoring, villages
from pointsbank.database import execute
from pointsbank.dates import last_day, month_of, parse_month
from pointsbank.indices.measuring import HOUSEHOLD, KINDS, PLACE, Counted, Rule, count, value_of
from pointsbank.indices.models import AdoptionRow, FigureRow, RuleRow

_LEFT = "left"
_PLACES = frozenset({"street", "group", "village", "keeper", "organisation"})
_HERE = frozenset({"active", "suspended"})


@dataclass(frozen=True, slots=True)
class Adoption:
    """One resolution about the indices, with its rules in the order of the indices."""

    number: int
    resolution: str
    from_month: str
    adopted_at: datetime
    adopted_by: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One index of one month; `value` in hundredths, None where there was nobody to look at.

    `is_frozen`: the month is closed, and nothing changes it any more.
    """

    month: str
    kind: str
    number: int
    subjects: int
    affected: int
    faults: int
    value: int | None
    is_frozen: bool = True


def adoptions(session: Session, *, village: str) -> list[Adoption]:
    """Return every adoption, the latest first.

    Example:
        indices.adoptions(session, village="chayuan")[0].rules[0].measure  # "clear_share"
    """
    rows = session.exec(select(RuleRow).where(RuleRow.in_village(village))).all()
    rules: dict[int, list[Rule]] = {}
    for row in sorted(rows, key=lambda row: KINDS.index(row.kind)):
        rules.setdefault(row.number, []).append(row.into(Rule, counted=tuple(json.loads(row.counted))))
    newest = (
        select(AdoptionRow).where(AdoptionRow.in_village(village)).order_by(col(AdoptionRow.number).desc())
    )
    return [one.into(Adoption, rules=tuple(rules.get(one.number, ()))) for one in session.exec(newest)]


def rules_on(session: Session, *, village: str, month: str) -> Adoption | None:
    """Return the adoption in force in a month; None where there is none.

    Example:
        indices.rules_on(session, village="chayuan", month="2026-09")  # None
    """
    known = adoptions(session, village=village)
    return next((one for one in known if one.from_month <= month), None)


def figures(session: Session, *, village: str, months: Collection[str]) -> list[Figure]:
    """Return the indices of some months, by month and index: frozen, or as they stand in an open one.

    Raises:
        MonthInvalid: a month is not YYYY-MM.

    Example:
        indices.figures(session, village="chayuan", months=["2026-09"])[0].value  # 9303
    """
    wanted = sorted({parse_month(month) for month in months})
    query = select(FigureRow).where(FigureRow.in_village(village), col(FigureRow.month).in_(wanted))
    frozen = [row.into(Figure, is_frozen=True) for row in session.exec(query)]
    closed = {*villages.closed_months(session, village=village)}
    found = [*frozen]
    for month in wanted:
        if month not in closed:
            found += counted_now(session, village=village, month=month)
    return sorted(found, key=lambda one: (one.month, KINDS.index(one.kind)))


def counted_now(session: Session, *, village: str, month: str) -> list[Figure]:
    """Return the indices of a month as deductions and faults stand at this moment."""
    adoption = rules_on(session, village=village, month=month)
    if adoption is None:
        return []
    found = _faults(session, village, month)
    subjects = _subjects(session, village)
    return [_figure(rule, adoption.number, month, found, subjects) for rule in adoption.rules]


@dataclass(frozen=True, slots=True)
class _Fault:
    participant_id: str
    code: str
    category: str
    of_inspection: bool


def _figure(
    rule: Rule, number: int, month: str, found: list[_Fault], subjects: Mapping[str, frozenset[str]]
) -> Figure:
    theirs = (
        one.participant_id
        for one in found
        if rule.counts(one.code, one.category) and (rule.inspections or not one.of_inspection)
    )
    counted: Counted = count(subjects[rule.whose], theirs)
    return Figure(
        month=month,
        kind=rule.kind,
        number=number,
        subjects=counted.subjects,
        affected=counted.affected,
        faults=counted.faults,
        value=value_of(rule, counted),
        is_frozen=False,
    )


def _faults(session: Session, village: str, month: str) -> list[_Fault]:
    """Return the deductions of a month, and the faults found in it that were not put right.

    A fault that a meeting took over is a deduction, and counts once.
    """
    deducted = scoring.month_deductions(session, village=village, month=month)
    found = [_Fault(one.participant_id, one.code, one.category, False) for one in deducted]
    scheme = scoring.scheme_shown(session, village=village, day=last_day(month))
    items = scoring.items_of(session, village=village, scheme=scheme.id) if scheme is not None else []
    categories = {one.code: one.category for one in items}
    for one in execute(session, inspections.faults_query(village=village)):
        if one.status == _LEFT and month_of(one.inspected_on) == month:
            category = categories.get(one.item_code, "")
            found.append(_Fault(one.participant_id, one.item_code, category, True))
    return found


def _subjects(session: Session, village: str) -> dict[str, frozenset[str]]:
    """Return whose (ids) faults are counted: households that live here, and public places."""
    here = [one for one in roster.counted(session, village=village) if one.status in _HERE]
    return {
        HOUSEHOLD: frozenset(one.id for one in here if one.kind == HOUSEHOLD),
        PLACE: frozenset(one.id for one in here if one.kind in _PLACES),
    }
