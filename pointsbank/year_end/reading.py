"""Reads what was posted: runs, the lines of each, and what each household may read of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank.dates import day_of
from pointsbank.errors import NotFound
from pointsbank.points import Points
from pointsbank.year_end.models import YearEndLineRow, YearEndRunRow
from pointsbank.year_end.states import last_undone


class YearEndUnknown(NotFound):
    """The year's end was not posted, or was undone."""

    code = "year_end_unknown"
    sentence = "{year}年还没有办过年终结转，或者已经撤销。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year's end as it was posted, and whether it was undone; sums in hundredths, people by id.

    Attributes:
        turn: the first entry of the new year.
        next_index: the first entry after its own transactions.
        accounts: for how many participants something was posted.
    """

    number: int
    year: int
    rule_number: int
    turn: int
    accounts: int
    points_gone: Points
    honour_given: Points
    honour_gone: Points
    posted_by: str
    confirmed_by: str
    posted_at: datetime
    next_index: int
    undone_at: datetime | None
    undone_by: str | None
    undone_second: str | None
    reason: str

    @property
    def status(self) -> str:
        """A code of `labels.year_end_status`."""
        return "posted" if self.undone_at is None else "undone"

    @property
    def undone_until(self) -> date:
        """The last day on which it may be undone."""
        return last_undone(day_of(self.posted_at))


@dataclass(frozen=True, slots=True)
class PostedLine:
    """What a run did to one participant (id), in hundredths; as `planning.Line`, with its transaction."""

    participant_id: str
    points: Points
    honour: Points
    old: Points
    apart: Points
    gone: Points
    honour_given: Points
    honour_gone: Points
    transaction_index: int | None

    @property
    def participant(self) -> str:
        """Its id, as a planned line calls it."""
        return self.participant_id

    @property
    def points_after(self) -> Points:
        """What could be spent afterwards."""
        return Points(self.points - self.gone)

    @property
    def honour_after(self) -> Points:
        """Honour afterwards."""
        return Points(self.honour + self.honour_given - self.honour_gone)


def runs(session: Session, *, village: str) -> list[YearEnd]:
    """Return every year's end that was posted, the latest first, with those that were undone.

    Example:
        year_end.runs(session, village="chayuan")[0].year  # 2026
    """
    row = YearEndRunRow
    found = session.exec(select(row).where(row.in_village(village)).order_by(col(row.number).desc()))
    return [one.into(YearEnd) for one in found]


def standing_run(session: Session, *, village: str, year: int) -> YearEnd | None:
    """Return a year's end that was posted and not undone."""
    return next((one for one in runs(session, village=village) if _stands(one, year)), None)


def _stands(one: YearEnd, year: int) -> bool:
    return one.year == year and one.undone_at is None


def lines_of(session: Session, *, village: str, number: int) -> list[PostedLine]:
    """Return what a run (by its number) did to each account.

    Example:
        year_end.lines_of(session, village="chayuan", number=1)[0].gone  # 12000
    """
    row = YearEndLineRow
    found = session.exec(select(row).where(row.in_village(village), col(row.run_number) == number))
    return [one.into(PostedLine) for one in found]


def kept_apart_before(session: Session, *, village: str, year: int) -> Mapping[str, int]:
    """Return by participant (id) what the year's end before kept apart, in hundredths."""
    before = standing_run(session, village=village, year=year - 1)
    if before is None:
        return {}
    return {one.participant_id: one.apart for one in lines_of(session, village=village, number=before.number)}
