"""The grades of the last frozen period of each table: counts of all bands, names of the highest alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, governing, grades, law, publicity, roster
from pointsbank.disclosure.base import Section
from pointsbank.grades import PeriodGrades
from pointsbank.law import Cleared, Use
from pointsbank.publicity import PublicName

_SHOWN = 4
NAMES = 60
"""Whoever is among more than so many stands out no more than all the others: then nobody is named."""


@dataclass(frozen=True, slots=True)
class BandShown:
    """A band: its name, its sign, how many are in it."""

    name: Cleared
    sign: str
    count: int


@dataclass(frozen=True, slots=True)
class GradesShown:
    """A table's last frozen period: how many in each band, and who is in the highest, as they agreed to.

    Nobody is named where many are in it: a list of some of them would be a choice that nobody made.
    """

    title: Cleared
    period: str
    bands: tuple[BandShown, ...]
    highest: tuple[PublicName, ...]


def gather(session: Session, *, village: str, at: datetime) -> tuple[GradesShown, ...] | None:
    """Return the last frozen period of each table; None where nothing is frozen.

    Raises:
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of the village's own tables.
    """
    left = boards.who_left(session, village=village)
    found: dict[str, PeriodGrades] = {}
    for table, period in grades.frozen_periods(session, village=village):
        if table.name in found:
            continue
        one = grades.kept_grades(
            session, village=village, table=table.number, period=period.code, left=left, at=at
        )
        if one.has_grades:
            found[table.name] = one
    shown = [
        shown_grades(session, village=village, found=one, at=at) for one in list(found.values())[:_SHOWN]
    ]
    return tuple(shown) or None


def shown_grades(session: Session, *, village: str, found: PeriodGrades, at: datetime) -> GradesShown:
    """Return what everybody may read of a period: of who is not in the highest band no name.

    Example:
        shown_grades(session, village="cy", found=period, at=now).bands[0].count  # 12
    """
    one = found
    gone = set(boards.who_left(session, village=village))
    restricted = roster.restricted(session, village=village, kind="titles", at=at)
    top = [
        line.participant_id
        for line in one.lines
        if line.band == 0 and line.participant_id not in gone and line.participant_id not in restricted
    ]
    if len(one.table.bands) == 1 or len(top) > NAMES:
        top = []
    people = roster.by_ids(session, village=village, ids=set(top))
    wishes = publicity.wishes_at(session, village=village, at=at)
    named = governing.named_people(session, village=village)
    names = tuple(
        publicity.public_name(people[id], wishes.get(id), number, people=named)
        for number, id in enumerate(top, start=1)
        if id in people and not people[id].erased
    )
    return GradesShown(
        title=law.replace_unlawful(one.table.name, Use.HEADING, people=named),
        period=one.title,
        bands=tuple(
            BandShown(law.replace_unlawful(band.name, Use.HEADING, people=named), band.sign, count)
            for band, count in zip(one.table.bands, one.counts, strict=True)
        ),
        highest=names,
    )


SECTION = Section(name="grades", title="等级", position=22, gather=gather, by_day=True)
