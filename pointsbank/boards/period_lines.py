"""The lines of a quarter, a half-year or a year, put together from the frozen lines of its months."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.boards.models import StandingRow
from pointsbank.boards.ranking import rank
from pointsbank.database import execute
from pointsbank.points import Points

AVERAGE = "average"
_HALF = Fraction(1, 2)


class PeriodLine(NamedTuple):
    """Somebody's period: the figure it stands by, honour, plus and minus in all, the months it was there.

    `place` among those of its kind, `group_place` among those of its group; 0 for who was away all the time.
    """

    participant: str
    kind: str
    group_id: str | None
    figure: Points
    honour: Points
    plus: Points
    minus: Points
    months: int
    place: int
    group_place: int


class FrozenLine(NamedTuple):
    """A frozen line of one month, in the order of the columns of `frozen_months`."""

    month: str
    participant: str
    kind: str
    group_id: str | None
    honour: int
    plus: int
    minus: int
    place: int


def frozen_months(
    session: Session, *, village: str, months: Sequence[str], participant: str | None = None
) -> list[FrozenLine]:
    """Return every frozen line of these months, or of one participant (id), the earliest month first.

    Example:
        frozen_months(session, village="cy", months=["2026-08"])[0].place  # 1
    """
    row = StandingRow
    columns: list[Any] = [
        col(one)
        for one in (
            row.month,
            row.participant_id,
            row.kind,
            row.group_id,
            row.honour,
            row.plus,
            row.minus,
            row.place,
        )
    ]
    query = select_columns(*columns).where(row.in_village(village), col(row.month).in_(months))
    if participant is not None:
        query = query.where(col(row.participant_id) == participant)
    found = execute(session, query.order_by(col(row.month)))
    return [FrozenLine._make(tuple(each)) for each in found]


def period_lines(rows: Iterable[FrozenLine], measure: str) -> list[PeriodLine]:
    """Return a line for everybody, by kind and place; months in which somebody had no place do not count.

    Args:
        rows: of all months, the earliest first.
        measure: a code of `labels.period_measure`.

    Example:
        >>> rows = [FrozenLine("2026-07", "a", "household", "g", 300, 300, 0, 1),
        ...         FrozenLine("2026-08", "a", "household", "g", 100, 100, 0, 2),
        ...         FrozenLine("2026-08", "b", "household", "g", 250, 250, 0, 1)]
        >>> [(one.participant, one.figure, one.months, one.place) for one in period_lines(rows, "sum")]
        [('a', 400, 2, 1), ('b', 250, 1, 2)]
        >>> [(one.participant, one.figure, one.months, one.place) for one in period_lines(rows, "average")]
        [('b', 250, 1, 1), ('a', 200, 2, 2)]
    """
    own: dict[str, list[FrozenLine]] = defaultdict(list)
    for row in rows:
        own[row.participant].append(row)
    lines = {key: line_of(some, measure) for key, some in own.items()}
    there = {key: one for key, one in lines.items() if one.months}
    places = _places(there, lambda one: one.kind)
    grouped = {key: one for key, one in there.items() if one.group_id is not None}
    in_group = _places(grouped, lambda one: (one.kind, one.group_id))
    found = [
        one._replace(place=places.get(key, 0), group_place=in_group.get(key, 0)) for key, one in lines.items()
    ]
    return sorted(found, key=lambda one: (one.kind, not one.place, one.place, one.participant))


def line_of(rows: Sequence[FrozenLine], measure: str) -> PeriodLine:
    """Return one participant's period, in the group of its last month, without a place yet.

    Example:
        >>> line_of([FrozenLine("2026-07", "a", "household", "g", 300, 300, 0, 1)], "sum").figure
        300
    """
    counted = [row for row in rows if row.place]
    honour = sum(row.honour for row in counted)
    figure = _rounded(Fraction(honour, len(counted))) if measure == AVERAGE and counted else honour
    return PeriodLine(
        participant=rows[-1].participant,
        kind=rows[-1].kind,
        group_id=rows[-1].group_id,
        figure=Points(figure),
        honour=Points(honour),
        plus=Points(sum(row.plus for row in counted)),
        minus=Points(sum(row.minus for row in counted)),
        months=len(counted),
        place=0,
        group_place=0,
    )


def _rounded(figure: Fraction) -> int:
    """Return a figure to the hundredth, half of one away from zero, as people round."""
    whole = int(abs(figure) + _HALF)
    return whole if figure >= 0 else -whole


def _places(lines: Mapping[str, PeriodLine], among: Callable[[PeriodLine], Hashable]) -> dict[str, int]:
    """Return everybody's place among those who are alike."""
    marks: dict[Hashable, dict[str, int]] = defaultdict(dict)
    for key, one in lines.items():
        marks[among(one)][key] = one.figure
    return {key: place for some in marks.values() for key, place in rank(some).items()}
