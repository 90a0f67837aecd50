"""Titles of the household: where each stands, what it brings, and the letters about its deeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import titles
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of
from pointsbank.titles import Letter, OwnBenefit, Title, TitleBar


@dataclass(frozen=True, slots=True)
class OwnTitles:
    """The titles, the latest first, each with its benefits; the letters; today; bars that came along."""

    titles: Sequence[tuple[Title, Sequence[OwnBenefit]]]
    letters: Sequence[Letter]
    today: date
    barred: Sequence[TitleBar]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> OwnTitles | None:
    """Return the titles and letters of the visit's household; None where there are none."""
    whose = {"village": visit.village, "participant": visit.participant}
    found = titles.titles(session, **whose)
    letters = titles.letters(session, **whose)
    bars = titles.bars_of(session, **whose, today=day_of(at))
    along = [one for one in bars if one.along is not None]
    if not found and not letters and not along:
        return None
    benefits = titles.benefits_of(session, found, village=visit.village)
    return OwnTitles([(one, benefits[one.id]) for one in reversed(found)], letters, day_of(at), along)


SECTION = Section(name="titles", title="称号", position=55, gather=gather)
