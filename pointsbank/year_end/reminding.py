"""Reminds of a year's end from a month before until it is posted: everybody, and a household of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import market
from pointsbank.dates import day_in_words, day_of
from pointsbank.points import Points, show
from pointsbank.year_end.adopting import Rule, rule_of
from pointsbank.year_end.planning import own_line
from pointsbank.year_end.reading import standing_run
from pointsbank.year_end.states import last_posted, reminds_from


@dataclass(frozen=True, slots=True)
class Coming:
    """A year's end that comes, or whose day has come: by which rule, and from which day it may be posted."""

    year: int
    rule: Rule
    due_on: date
    last_on: date

    @property
    def in_words(self) -> str:
        """As everybody may read it."""
        # Whoever reads it does not reckon from which year the last one is counted.
        rule = "；".join(self.rule.in_words).replace("上一年", f"{self.year}年")
        rule = rule.replace("次年", f"{self.year + 1}年")
        return f"{self.year}年的年终结转{day_in_words(self.due_on)}起办：{rule}。"


@dataclass(frozen=True, slots=True)
class OwnReminder:
    """What a household is reminded of: how many points go, on which day, for how much honour; shop hours.

    `honour_anew`: its honour begins anew. `has_come`: the day is there, and it may be posted at any moment.
    """

    year: int
    due_on: date
    gone: Points
    honour: Points
    honour_anew: bool
    hours: str
    has_come: bool = False

    @property
    def in_words(self) -> tuple[str, ...]:
        """As the card's page, the slip and a voice say it."""
        day = day_in_words(self.due_on)
        when, until = (f"{day}起", "尽快") if self.has_come else (f"到{day}", "在那以前")
        into = f"折成荣誉积分{show(self.honour)}分" if self.honour else "清零"
        sentences = []
        if self.gone:
            sentences.append(f"您家的{show(self.gone)}分{when}{into}，要换东西的请{until}换。")
        if self.gone and self.hours:
            sentences.append(f"超市开放：{self.hours}。")
        if self.honour_anew:
            sentences.append(f"荣誉积分{day}起按新的一年重新算。")
        return tuple(sentences)


def coming(session: Session, *, village: str, at: datetime) -> Coming | None:
    """Return the year's end of which everybody is reminded now; None where there is none.

    Example:
        year_end.coming(session, village="chayuan", at=now).due_on  # date(2027, 1, 10)
    """
    today = day_of(at)
    for year in (today.year - 1, today.year):
        rule = rule_of(session, village=village, year=year)
        if rule is None or not rule.is_posted:
            continue
        due_on = rule.due_on(year)
        if not reminds_from(due_on) <= today <= last_posted(due_on):
            continue
        if standing_run(session, village=village, year=year) is None:
            return Coming(year, rule, due_on, last_posted(due_on))
    return None


def own_reminder(session: Session, *, village: str, participant: str, at: datetime) -> OwnReminder | None:
    """Return what a participant (id) is reminded of; None where nothing of its own goes.

    Example:
        year_end.own_reminder(session, village="chayuan", participant=wang.id, at=now).in_words
        # ("您家的120分到2027年1月10日清零，要换东西的请在那以前换。", "超市开放：周五08:30-11:30。")
    """
    one = coming(session, village=village, at=at)
    return _own(session, village, participant, one, at) if one is not None else None


def own_outlook(session: Session, *, village: str, participant: str, at: datetime) -> OwnReminder | None:
    """Return what goes of a participant's (id) at the next year's end, however far it is; None: nothing.

    Example:
        year_end.own_outlook(session, village="chayuan", participant=wang.id, at=in_may).gone  # 12000
    """
    one = coming(session, village=village, at=at)
    year = day_of(at).year
    rule = rule_of(session, village=village, year=year)
    if one is None and rule is not None and rule.is_posted:
        due_on = rule.due_on(year)
        one = Coming(year, rule, due_on, last_posted(due_on))
    return _own(session, village, participant, one, at) if one is not None else None


def _own(session: Session, village: str, participant: str, one: Coming, at: datetime) -> OwnReminder | None:
    """Return what goes of a participant's at a year's end; None where nothing does."""
    line = own_line(session, village=village, participant=participant, year=one.year, at=at)
    if not line.moves:
        return None
    hours = market.hours_in_words(market.opening_hours(session, village=village))
    return OwnReminder(
        one.year,
        one.due_on,
        line.gone,
        line.honour_given,
        bool(line.honour_gone),
        hours,
        has_come=one.due_on <= day_of(at),
    )
