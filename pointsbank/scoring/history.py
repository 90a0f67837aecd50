"""Reads what is on record of the participants and items a list names: what caps and repetition look at."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank.prepared import chunks, fetch
from pointsbank.scoring.caps import PriorScore
from pointsbank.scoring.judging import History, ResolvedRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.periods import Span, months_later
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import WITHDRAWN


class _Prior(NamedTuple):
    """What is read of a score on record; `counted_points` in signed hundredths."""

    participant_id: str
    item_code: str
    occurred_on: date
    counted_points: int


_EVER = "9999-99"
"""After every month."""

_PRIOR = select(*StoredScoreRow.columns_of(_Prior)).where(
    StoredScoreRow.in_village(bindparam("village")),
    col(StoredScoreRow.participant_id).in_(bindparam("people", expanding=True)),
    col(StoredScoreRow.item_code).in_(bindparam("codes", expanding=True)),
    col(StoredScoreRow.occurred_on).between(bindparam("first"), bindparam("last")),
    col(StoredScoreRow.status) != WITHDRAWN,
    col(StoredScoreRow.counted_in) < bindparam("before"),
    # Where a score was put right its last version counts, and none where there should have been none.
    ~REPLACED,
    ~STRUCK,
    col(StoredScoreRow.id).not_in(bindparam("without", expanding=True)),
)


def read_history(
    session: Session,
    rows: Sequence[ResolvedRow],
    *,
    village: str,
    without: Sequence[str] = (),
    before: str = _EVER,
) -> History:
    """Return the scores on record that bear on these rows, under whichever version they were made.

    Args:
        without: ids of scores that are left out, as if they had never been.
        before: a month, YYYY-MM; only what counts in earlier ones is read.
    """
    watched, first, last = [], date.max, date.min
    for row in rows:
        for since, until in _spans(row):
            first, last = min(first, since), max(last, until)
            watched.append(row)
    codes = sorted({row.item.code for row in watched})
    history: History = {}
    for people in chunks(sorted({row.participant.id for row in watched})):
        parameters = {"village": village, "people": people, "codes": codes, "first": first, "last": last}
        parameters |= {"without": list(without), "before": before}
        for participant, item, day, counted in fetch(session, _PRIOR, parameters, into=_Prior).all():
            history.setdefault((participant, item), []).append(PriorScore(day, abs(counted)))
    return history


def _spans(row: ResolvedRow) -> list[Span]:
    """Return the stretches of days whose scores bear on a row: its caps', and a bad deed's validity."""
    item, day = row.item, row.row.occurred_on
    spans = [limit.around(day) for limit in row.caps]
    if item.double_months:
        spans.append((months_later(day, -item.double_months), day))
    return [around for around in spans if around is not None]
