"""The preview of a year's end: before, what goes, what stays, after; for every account and in sum.

The posting makes the very same plan under its locks, so that what is posted is never more than what is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, scoring
from pointsbank.dates import day_of, start_of_day
from pointsbank.ledger import POINTS
from pointsbank.points import Points
from pointsbank.scoring import BaseTurn
from pointsbank.year_end.accounts import Holding, holdings, own_holding
from pointsbank.year_end.adopting import Rule, rule_of
from pointsbank.year_end.reading import PostedLine, kept_apart_before
from pointsbank.year_end.rule import STAY, Terms, part
from pointsbank.year_end.states import check_year


@dataclass(frozen=True, slots=True)
class Line:
    """What a year's end does to one participant (id), in hundredths.

    Attributes:
        points, honour: before it.
        old: what is left of the old year's points; < 0 where new ones were spent too.
        apart: what of it is kept apart.
        base: base points of the period that ends and begins, renewed by themselves.
    """

    participant: str
    points: Points
    honour: Points
    old: Points
    apart: Points
    gone: Points
    honour_given: Points
    honour_gone: Points
    base: BaseTurn

    @property
    def points_after(self) -> Points:
        """What can be spent afterwards."""
        return Points(self.points - self.gone)

    @property
    def honour_after(self) -> Points:
        """Honour afterwards."""
        return Points(self.honour + self.honour_given - self.honour_gone)

    @property
    def moves(self) -> bool:
        """Whether anything is posted for it."""
        return bool(self.gone or self.honour_given or self.honour_gone)


Account = Line | PostedLine
"""One participant of a year's end: as it would be, or as it was posted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A year's end as it would be posted now.

    Attributes:
        rule: None where the village resolved nothing: everything stays.
        turn: the first entry of the new year; the end of the log while the year runs.
        due_on: the day from which it may be posted; None without a rule.
        lines: of all who have anything.
    """

    year: int
    rule: Rule | None
    turn: int
    due_on: date | None
    lines: tuple[Line, ...]

    @property
    def rule_number(self) -> int:
        """The number of its rule; 0 without one."""
        return self.rule.number if self.rule else 0

    def sum_of(self, name: str) -> Points:
        """Return what all lines come to: `points`, `gone`, `honour_given`, `points_after` and so on."""
        return Points(sum(getattr(one, name) for one in self.lines))

    @property
    def moved(self) -> list[Line]:
        """The lines for which something is posted."""
        return [one for one in self.lines if one.moves]

    @property
    def below_zero(self) -> list[Line]:
        """The lines of who owes points: these stay as they are."""
        return [one for one in self.lines if one.points < 0]

    @property
    def base_open(self) -> int:
        """How many base points of the old year are still to be taken back."""
        return sum(one.base.open for one in self.lines)


def plan(session: Session, *, village: str, year: int, at: datetime) -> Plan:
    """Return what a year's end would do now; of the year that runs, as if it were over today.

    Reads balances as they are, so that a sale a moment later makes another plan.

    Raises:
        YearInvalid: it is no year.
        VillageUnknown: there is no such village.

    Example:
        year_end.plan(session, village="chayuan", year=2026, at=now).sum_of("gone")  # 1254300
    """
    check_year(year)
    rule = rule_of(session, village=village, year=year)
    begins, turn = year_limits(session, village=village, year=year, at=at)
    holding = holdings(session, village=village, turn=turn)
    apart = _apart(session, rule, village=village, year=year, begins=begins, turn=turn)
    turns = scoring.base_at_turn(session, village=village, year=year)
    terms = rule.terms if rule else Terms(STAY)
    lines = (
        _line(who, one, terms, apart.get(who, 0), turns.get(who, BaseTurn()))
        for who, one in sorted(holding.items())
    )
    return Plan(
        year=year,
        rule=rule,
        turn=turn,
        due_on=rule.due_on(year) if rule else None,
        lines=tuple(one for one in lines if one.points or one.honour or one.moves or any(one.base)),
    )


def year_limits(session: Session, *, village: str, year: int, at: datetime) -> tuple[int, int]:
    """Return the first entry of a year and the first one after it; the end of the log where it still runs.

    Raises:
        VillageUnknown: there is no such village.
    """
    begins = ledger.size_at(session, start_of_day(date(year, 1, 1)), village=village)
    if day_of(at).year <= year:
        return begins, ledger.tree_head(session, village=village).size
    return begins, ledger.size_at(session, start_of_day(date(year + 1, 1, 1)), village=village)


def _line(who: str, one: Holding, terms: Terms, apart: int, base: BaseTurn) -> Line:
    """Return what becomes of one participant's accounts."""
    given = {"points": one.points, "old": one.old_points, "old_honour": one.old_honour}
    parting = part(terms, **given, apart=apart)
    left = max(0, min(one.points, one.old_points))
    return Line(
        participant=who,
        points=Points(one.points),
        honour=Points(one.honour),
        old=Points(one.old_points),
        apart=Points(min(left, apart)),
        gone=parting.gone,
        honour_given=parting.honour,
        honour_gone=parting.honour_gone,
        base=base,
    )


def own_line(session: Session, *, village: str, participant: str, year: int, at: datetime) -> Line:
    """Return what a year's end would do now to one participant (id).

    Raises:
        VillageUnknown: there is no such village.

    Example:
        year_end.own_line(session, village="chayuan", participant=wang.id, year=2026, at=now).gone  # 12000
    """
    rule = rule_of(session, village=village, year=year)
    begins, turn = year_limits(session, village=village, year=year, at=at)
    holding = own_holding(session, village=village, participant=participant, turn=turn)
    places: dict[str, Any] = {"village": village, "year": year, "begins": begins, "turn": turn}
    apart = _apart(session, rule, **places, only=participant).get(participant, 0)
    return _line(participant, holding, rule.terms if rule else Terms(STAY), apart, BaseTurn())


def _apart(
    session: Session,
    rule: Rule | None,
    *,
    village: str,
    year: int,
    begins: int,
    turn: int,
    only: str | None = None,
) -> Mapping[str, int]:
    """Return what is kept apart by participant (id): what was before, and gifts and base points of the year.

    Args:
        only: of this participant alone.
    """
    if rule is None or not (rule.keeps_gifts or rule.keeps_base):
        return {}
    found = dict(kept_apart_before(session, village=village, year=year))
    if rule.keeps_gifts:
        account = ledger.account_of(only, POINTS) if only else None
        kinds = ("gift", "reversal")
        moves = ledger.moves_from(session, begins, end=turn, village=village, kinds=kinds, account=account)
        gifts = {one.index for one in moves if one.kind == "gift"}
        for one in moves:
            if one.index in gifts or one.reverses in gifts:
                who = one.account.partition(".")[0]
                found[who] = found.get(who, 0) + one.amount
    if rule.keeps_base:
        given = scoring.spendable_base(session, village=village, start=begins, end=turn)
        for who, amount in given.items():
            found[who] = found.get(who, 0) + amount
    return found
