"""Reads what is on record of the participants a list names: what caps, limits and repetition look at."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlmodel import Session, col

from pointsbank.prepared import chunks, fetch
from pointsbank.scoring.caps import PriorScore
from pointsbank.scoring.deciding import History
from pointsbank.scoring.deeds_on_record import called
from pointsbank.scoring.judging import ResolvedRow
from pointsbank.scoring.limits import EVERYTHING, Scope
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.periods import Span, months_later
from pointsbank.scoring.same_deed import DeedKey
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import MINUS, PLUS, WITHDRAWN, is_id


class _Prior(NamedTuple):
    """What is read of a score on record; `counted_points` in signed hundredths."""

    id: str
    participant_id: str
    item_code: str
    item_id: str
    occurred_on: date
    counted_points: int
    same_deed: str | None


class _OfDeed(NamedTuple):
    """What is read of a score of a deed, with its number and the meeting that it is of."""

    id: str
    participant_id: str
    occurred_on: date
    counted_points: int
    same_deed: str | None
    number: int
    meeting_id: str
    held_on: date


_EVER = "9999-99"
"""After every month."""

_STANDING: tuple[ColumnElement[bool], ...] = (
    col(StoredScoreRow.status) != WITHDRAWN,
    col(StoredScoreRow.counted_in) < bindparam("before"),
    # Where a score was put right its last version counts, and none where there should have been none.
    ~REPLACED,
    ~STRUCK,
    col(StoredScoreRow.id).not_in(bindparam("without", expanding=True)),
)
_OF_PEOPLE = select(*StoredScoreRow.columns_of(_Prior)).where(
    StoredScoreRow.in_village(bindparam("village")),
    col(StoredScoreRow.participant_id).in_(bindparam("people", expanding=True)),
    col(StoredScoreRow.occurred_on).between(bindparam("first"), bindparam("last")),
    *_STANDING,
)
_OF_ITEMS = _OF_PEOPLE.where(col(StoredScoreRow.item_code).in_(bindparam("codes", expanding=True)))
# What counts nothing uses up no limit, and is most of what a full cap leaves.
_COUNTING = _OF_PEOPLE.where(col(StoredScoreRow.counted_points) != 0)
_OF_DEEDS = (
    select(*StoredScoreRow.columns_of(_OfDeed, held_on=col(MeetingRow.held_on)))
    .join(
        MeetingRow,
        MeetingRow.in_village_of(StoredScoreRow) & (col(MeetingRow.id) == col(StoredScoreRow.meeting_id)),
    )
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        # By the households, of whom there is an index.
        col(StoredScoreRow.participant_id).in_(bindparam("people", expanding=True)),
        or_(
            col(StoredScoreRow.id).in_(bindparam("deeds", expanding=True)),
            col(StoredScoreRow.same_deed).in_(bindparam("deeds", expanding=True)),
        ),
        *_STANDING,
    )
)


def read_history(
    session: Session,
    rows: Sequence[ResolvedRow],
    *,
    village: str,
    meeting: str = "",
    without: Sequence[str] = (),
    before: str = _EVER,
) -> History:
    """Return the scores on record that bear on these rows, under whichever version they were made.

    What limits over several items look at is read only where a row comes under one, and so of deeds.

    Args:
        meeting: of the rows (id): scores of others are called by their meeting's day, too.
        without: ids of scores that are left out, as if they had never been.
        before: a month, YYYY-MM; only what counts in earlier ones is read.
    """
    read: Mapping[str, Any] = {"village": village, "without": list(without), "before": before}
    history: History = {}
    _read_items(session, rows, read, history)
    if limited := [row for row in rows if row.limits]:
        _read_limited(session, limited, read, history)
    if of_deeds := [row for row in rows if is_id(row.deed)]:
        _read_deeds(session, of_deeds, read, history, meeting=meeting)
    return history


def _read_items(
    session: Session, rows: Sequence[ResolvedRow], read: Mapping[str, Any], history: History
) -> None:
    """Add what is on record of the rows' own items."""
    watched, first, last = _watched([(row, _spans(row)) for row in rows])
    codes = sorted({row.item.code for row in watched})
    for people in chunks(sorted({row.participant.id for row in watched})):
        parameters = {**read, "people": people, "codes": codes, "first": first, "last": last}
        for one in fetch(session, _OF_ITEMS, parameters, into=_Prior).all():
            history.setdefault((one.participant_id, one.item_code), []).append(_prior(one))


def _read_limited(
    session: Session, rows: Sequence[ResolvedRow], read: Mapping[str, Any], history: History
) -> None:
    """Add what is on record of all that the rows' limits count."""
    watched, first, last = _watched([(row, _limit_spans(row)) for row in rows])
    wanted = {limit.whole for row in rows for limit in row.limits}
    by_category = any(limit.scope != limit.whole for row in rows for limit in row.limits)
    items = items_by_id(session, village=str(read["village"])) if by_category else {}
    for people in chunks(sorted({row.participant.id for row in watched})):
        parameters = {**read, "people": people, "first": first, "last": last}
        for one in fetch(session, _COUNTING, parameters, into=_Prior).all():
            category = items[one.item_id].category if by_category else ""
            scope = Scope(EVERYTHING, MINUS if one.counted_points < 0 else PLUS)
            if scope in wanted:
                history.setdefault((one.participant_id, scope), []).append(_prior(one, category))


def _read_deeds(
    session: Session, rows: Sequence[ResolvedRow], read: Mapping[str, Any], history: History, *, meeting: str
) -> None:
    """Add what is on record of the rows' deeds."""
    days = {(row.participant.id, row.row.occurred_on) for row in rows}
    deeds = sorted({row.deed for row in rows})
    for people in chunks(sorted({row.participant.id for row in rows})):
        parameters = {**read, "people": people, "deeds": deeds}
        for one in fetch(session, _OF_DEEDS, parameters, into=_OfDeed).all():
            # A new version of another day, or household, is no longer the same deed.
            if (one.participant_id, one.occurred_on) in days:
                name = called(one.number, held_on=None if one.meeting_id == meeting else one.held_on)
                deed = one.same_deed or one.id
                prior = PriorScore(one.occurred_on, abs(one.counted_points), deed, name)
                history.setdefault((one.participant_id, DeedKey(deed)), []).append(prior)


def _prior(one: _Prior, category: str = "") -> PriorScore:
    """Return a score on record as caps look at it; each is a deed, its own or one that it was said to be."""
    deed = one.same_deed or one.id
    return PriorScore(one.occurred_on, abs(one.counted_points), deed, item=one.item_code, category=category)


def _watched(
    rows: Sequence[tuple[ResolvedRow, Sequence[Span]]],
) -> tuple[list[ResolvedRow], date, date]:
    """Return the rows on which anything bears, and the first and last day of what does."""
    watched = [row for row, spans in rows if spans]
    days = [span for _, spans in rows for span in spans]
    first = min((since for since, _ in days), default=date.max)
    return watched, first, max((until for _, until in days), default=date.min)


def _spans(row: ResolvedRow) -> list[Span]:
    """Return the stretches of days whose scores bear on a row: its caps', and a bad deed's validity."""
    item, day = row.item, row.row.occurred_on
    spans = [limit.around(day) for limit in row.caps]
    if item.double_months:
        spans.append((months_later(day, -item.double_months), day))
    return [around for around in spans if around is not None]


def _limit_spans(row: ResolvedRow) -> list[Span]:
    """Return the stretches of days whose scores bear on a row by limits over several items."""
    spans = [limit.cap.around(row.row.occurred_on) for limit in row.limits]
    return [around for around in spans if around is not None]
