"""Posts published scores to the ledger, each exactly once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, select, update
from sqlmodel import Session, col

from pointsbank import ledger, villages
from pointsbank.dates import month_of
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, PostedTransaction, Posting
from pointsbank.points import Points
from pointsbank.prepared import chunks, execute_many, fetch
from pointsbank.scoring.base_consequences import restrict_used_up
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.publishing import ScoreNotReady
from pointsbank.scoring.reading import ScoreUnknown
from pointsbank.scoring.restricting import begin_restrictions
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import (
    CONTESTED,
    ENTERED,
    POSTED,
    PUBLISHED,
    WITHDRAWN,
    Settlement,
    is_id,
)

_CHOSEN = (
    StoredScoreRow.in_village(bindparam("village")),
    col(StoredScoreRow.id).in_(bindparam("ids", expanding=True)),
)
Row = TypeVar("Row")


class _Owner(NamedTuple):
    """Whose score it is."""

    participant_id: str


class _LockedScore(NamedTuple):
    """What settling reads of a score under its lock: of thousands, so no more than it needs."""

    id: str
    status: str
    participant_id: str
    item_id: str
    item_code: str
    meeting_id: str
    number: int
    occurred_on: date
    entered_at: datetime
    counted_points: int
    note: str
    remark: str


_OWNERS = select(*StoredScoreRow.columns_of(_Owner)).where(*_CHOSEN)
_LOCK = select(*StoredScoreRow.columns_of(_LockedScore)).where(*_CHOSEN).with_for_update()
MARK_POSTED = (
    update(StoredScoreRow)
    .where(StoredScoreRow.in_village(bindparam("key_village")))
    .where(col(StoredScoreRow.id) == bindparam("key_score"))
    .values(
        status=POSTED,
        posted_at=bindparam("new_posted_at"),
        log_index=bindparam("new_index"),
        counted_in=bindparam("new_month"),
        late=bindparam("new_late"),
    )
)


def settle_scores(
    session: Session, *, village: str, scores: Sequence[str], by: str, at: datetime
) -> Settlement:
    """Post published scores to the ledger, each exactly once, and return what became of each.

    Holds off a close of the month, locks the participants' accounts, then the scores.

    Args:
        scores: ids; a second call with the same ones posts nothing and says so.

    Raises:
        ScoreUnknown: an id is of no score.
        ScoreNotReady: a score is not published yet; and those of `ledger.post` and `villages.settings`.
        VillageUnknown: raised by `begin_restrictions`.

    Example:
        settled = settle_scores(session, village="chayuan", scores=[id], by="li", at=now)
        settled.posted, settled.contested  # ("a7…",), ()
    """
    ids = list(dict.fromkeys(scores))
    villages.hold_months(session, village=village)
    ledger.lock_accounts(session, village=village, participants=_owners(session, ids, village=village))
    # Read only under the lock: somebody else may have posted, contested or withdrawn them meanwhile.
    rows = _chosen(session, _LOCK, ids, _LockedScore, village=village)
    if len(rows) < len(ids):
        raise ScoreUnknown()
    by_status: dict[str, list[_LockedScore]] = {}
    for row in sorted(rows, key=lambda row: (row.occurred_on, row.entered_at, row.meeting_id, row.number)):
        by_status.setdefault(row.status, []).append(row)
    if ENTERED in by_status:
        raise ScoreNotReady(state=SCORE_STATUS.name(ENTERED), act="入账，要先公示")
    ready = by_status.get(PUBLISHED, [])
    _post(session, ready, village=village, by=by, at=at)
    return Settlement(
        posted=_ids(ready),
        already=_ids(by_status.get(POSTED, [])),
        contested=_ids(by_status.get(CONTESTED, [])),
        withdrawn=_ids(by_status.get(WITHDRAWN, [])),
    )


def _post(session: Session, rows: Sequence[_LockedScore], *, village: str, by: str, at: datetime) -> None:
    """Post in one batch and mark each score with its entry; a score of which nothing counts moves nothing."""
    stop_at_zero = villages.settings(session, village=village).deduction_floor == "stop_at_zero"
    closed = set(villages.closed_months(session, village=village))
    months = {row.id: villages.month_that_counts(month_of(row.occurred_on), closed) for row in rows}
    moving = [row for row in rows if row.counted_points]
    rules = items_by_id(session, village=village)
    # Many households get the same for several deeds: lines never change, so they can share them.
    lines = cache(partial(posting_lines, stop_at_zero=stop_at_zero))
    entries = [
        _entry(row, rules[row.item_id].title, months[row.id], lines(row.participant_id, row.counted_points))
        for row in moving
    ]
    posted = ledger.post(session, entries, village=village, by=by, at=at) if entries else []
    written = {row.id: done for row, done in zip(moving, posted, strict=True)}
    marks = [mark_of(row.id, written.get(row.id), months[row.id], village=village, at=at) for row in rows]
    execute_many(session, MARK_POSTED, *marks)
    for row in rows:
        begin_restrictions(session, rules[row.item_id], row, village=village, by=by, at=at)
    if lowered := [row.participant_id for row in moving if row.counted_points < 0]:
        since = posted[0].index
        restrict_used_up(session, village=village, participants=lowered, since=since, by=by, at=at)


def mark_of(
    score: str, posted: PostedTransaction | None, month: tuple[str, bool], *, village: str, at: datetime
) -> dict[str, Any]:
    """Return the parameters of `MARK_POSTED` for one score.

    Args:
        posted: its transaction; None where nothing of it counts.
        month: in which it counts, and whether that is another than its deed's.
    """
    return {
        "key_village": village,
        "key_score": score,
        "new_posted_at": posted.recorded_at if posted else at,
        "new_index": posted.index if posted else None,
        "new_month": month[0],
        "new_late": month[1],
    }


def _entry(
    row: _LockedScore, title: str, month: tuple[str, bool], lines: tuple[Posting, ...]
) -> NewTransaction:
    """Return the transaction of one score."""
    words = {
        "participant": row.participant_id,
        "item": row.item_code,
        "title": title,
        "meeting": row.meeting_id,
        "note": row.note,
        "remark": row.remark,
        "counted_in": month[0],
    }
    kind = "award" if row.counted_points > 0 else "deduction"
    return NewTransaction(kind, row.occurred_on, lines, words, ("score", row.id))


def posting_lines(participant: str, counted: int, *, stop_at_zero: bool) -> tuple[Posting, ...]:
    """Return the postings of a score: as many points as honour, to the participant or back to the village."""
    amount, lines = Points(abs(counted)), []
    for unit in (POINTS, HONOUR):
        village_side, own = ledger.village_account("issuance", unit), ledger.account_of(participant, unit)
        if counted > 0:
            lines.append(Posting(village_side, own, unit, amount))
        else:
            lines.append(Posting(own, village_side, unit, amount, stop_at_zero and unit == POINTS))
    return tuple(lines)


def _owners(session: Session, ids: Sequence[str], *, village: str) -> Iterator[str]:
    """Yield whose scores these are; asked when it is wanted, which on SQLite it never is."""
    yield from {row.participant_id for row in _chosen(session, _OWNERS, ids, _Owner, village=village)}


def _chosen(
    session: Session, query: Select[Any], ids: Sequence[str], into: type[Row], *, village: str
) -> list[Row]:
    """Return what a query reads of these scores; unknown ids are left out."""
    return [
        row
        for some in chunks([id for id in ids if is_id(id)])
        for row in fetch(session, query, {"village": village, "ids": some}, into=into).all()
    ]


def _ids(rows: Sequence[_LockedScore]) -> tuple[str, ...]:
    """Return the ids of some scores."""
    return tuple(row.id for row in rows)
