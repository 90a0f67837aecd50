"""From the minutes to the ledger: published, contested, withdrawn, and posted exactly once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.database import execute, table_of
from pointsbank.dates import month_of
from pointsbank.errors import Refused
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.ledger import (
    HONOUR,
    POINTS,
    NewTransaction,
    PostedTransaction,
    Posting,
    account_of,
    village_account,
)
from pointsbank.points import Points
from pointsbank.prepared import ask, write
from pointsbank.scoring.meetings import MeetingOpen, lock_open
from pointsbank.scoring.meetings import meeting as find_meeting
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import ScoreUnknown, chunks
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import (
    CONTESTED,
    ENTERED,
    POSTED,
    PUBLISHED,
    WITHDRAWN,
    Score,
    Settlement,
    is_id,
)
from pointsbank.text import clean

_score = table_of(StoredScoreRow)

_CHOSEN = (_score.c.village_id == bindparam("village"), _score.c.id.in_(bindparam("ids", expanding=True)))
_WHOSE = select(_score.c.participant_id).where(*_CHOSEN)
_LOCK = (
    select(
        _score.c.id,
        _score.c.status,
        _score.c.participant_id,
        _score.c.item_id,
        _score.c.item_code,
        _score.c.meeting_id,
        _score.c.number,
        _score.c.occurred_on,
        _score.c.entered_at,
        _score.c.counted_points,
        _score.c.note,
        _score.c.remark,
    )
    .where(*_CHOSEN)
    .with_for_update()
)
_MARK_POSTED = (
    update(_score)
    .where(_score.c.village_id == bindparam("key_village"), _score.c.id == bindparam("key_score"))
    .values(
        status=POSTED,
        posted_at=bindparam("new_posted_at"),
        log_index=bindparam("new_index"),
        counted_in=bindparam("new_month"),
        late=bindparam("new_late"),
    )
)


class ScoreNotReady(Refused):
    """The score is not in the state this step begins from."""

    code = "score_not_ready"
    sentence = "这条评分现在是“{state}”，不能{act}，请刷新后查看。"


def publish(session: Session, *, village: str, meeting: str) -> int:
    """Mark every score of a closed meeting as hanging in public; answers how many; raises MeetingOpen."""
    if find_meeting(session, village=village, meeting=meeting).status == "open":
        raise MeetingOpen()
    entered = (_score.c.village_id == village, _score.c.meeting_id == meeting, _score.c.status == ENTERED)
    return int(execute(session, update(_score).where(*entered).values(status=PUBLISHED)).rowcount)


def contest(session: Session, *, village: str, score: str) -> Score:
    """Freeze one score while an objection to it is open; raises ScoreNotReady, ScoreUnknown."""
    return _step(session, village=village, score=score, begins=(PUBLISHED,), ends=CONTESTED, act="提出异议")


def uncontest(session: Session, *, village: str, score: str) -> Score:
    """Let a frozen score stand again: the objection was turned down; raises ScoreNotReady, ScoreUnknown."""
    return _step(session, village=village, score=score, begins=(CONTESTED,), ends=PUBLISHED, act="维持")


def withdraw(session: Session, *, village: str, score: str, reason: str) -> Score:
    """Take back a published or contested score: it stays in the minutes and never reaches the ledger."""
    return _step(
        session,
        village=village,
        score=score,
        begins=(PUBLISHED, CONTESTED),
        ends=WITHDRAWN,
        act="撤回",
        why=reason,
    )


def withdraw_score(
    session: Session, *, village: str, score: str, reason: str = "", by: str, at: datetime
) -> Score:
    """Strike a score out while its meeting is open; it stays readable. Raises MeetingClosed."""
    lock_open(session, village=village, meeting=find_score(session, village=village, score=score).meeting)
    return _step(
        session, village=village, score=score, begins=(ENTERED,), ends=WITHDRAWN, act="撤回", why=reason
    )


def settle_scores(
    session: Session, *, village: str, scores: Sequence[str], by: str, at: datetime
) -> Settlement:
    """Post published scores to the ledger, each exactly once, and say what became of every one asked for.

    Locks the participants' accounts, then the scores. Raises ScoreUnknown, ScoreNotReady (not published yet).
    """
    ids = list(dict.fromkeys(scores))
    ledger.lock_accounts(session, village=village, participants=_people(session, ids, village=village))
    # Read only under the lock: somebody else may have posted, contested or withdrawn them meanwhile.
    rows = _asked(session, _LOCK, ids, village=village)
    if len(rows) < len(ids):
        raise ScoreUnknown()
    by_status: dict[str, list[Any]] = {}
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


def _post(session: Session, rows: Sequence[Any], *, village: str, by: str, at: datetime) -> None:
    """Post in one batch and mark each score with its entry; one of which nothing counts moves nothing."""
    stop_at_zero = villages.settings(session, village=village).deduction_floor == "stop_at_zero"
    closed = set(villages.closed_months(session, village=village))
    months = {row.id: villages.month_that_counts(month_of(row.occurred_on), closed) for row in rows}
    moving = [row for row in rows if row.counted_points]
    rules = items_by_id(session, village=village)
    # Many households get the same for several deeds: lines never change, so they can share them.
    lines = cache(partial(_lines, stop_at_zero=stop_at_zero))
    entries = [
        _entry(row, rules[row.item_id].title, months[row.id], lines(row.participant_id, row.counted_points))
        for row in moving
    ]
    posted = ledger.post(session, entries, village=village, by=by, at=at) if entries else []
    written: Mapping[str, PostedTransaction] = {
        row.id: done for row, done in zip(moving, posted, strict=True)
    }
    marks = [
        {
            "key_village": village,
            "key_score": row.id,
            "new_posted_at": written[row.id].recorded_at if row.id in written else at,
            "new_index": written[row.id].index if row.id in written else None,
            "new_month": months[row.id][0],
            "new_late": months[row.id][1],
        }
        for row in rows
    ]
    write(session, _MARK_POSTED, *marks)


def _entry(row: Any, title: str, month: tuple[str, bool], lines: tuple[Posting, ...]) -> NewTransaction:
    """The transaction of one score."""
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


def _lines(participant: str, counted: int, *, stop_at_zero: bool) -> tuple[Posting, ...]:
    """The same amount of points and of honour, to the participant or back to the village."""
    amount, lines = Points(abs(counted)), []
    for unit in (POINTS, HONOUR):
        village_side, own = village_account("issuance", unit), account_of(participant, unit)
        if counted > 0:
            lines.append(Posting(village_side, own, unit, amount))
        else:
            lines.append(Posting(own, village_side, unit, amount, stop_at_zero and unit == POINTS))
    return tuple(lines)


def _step(
    session: Session,
    *,
    village: str,
    score: str,
    begins: tuple[str, ...],
    ends: str,
    act: str,
    why: str = "",
) -> Score:
    """Move one score on its way, if it still stands where this step begins."""
    if not is_id(score):
        raise ScoreUnknown()
    reason = clean(why, maximum=200)
    values = {"status": ends} | ({"remark": f"撤回：{reason}"} if reason else {})
    mine = (_score.c.village_id == village, _score.c.id == score)
    changed = execute(session, update(_score).where(*mine, _score.c.status.in_(begins)).values(**values))
    found = find_score(session, village=village, score=score)
    if changed.rowcount != 1:
        raise ScoreNotReady(state=SCORE_STATUS.name(found.status), act=act)
    return found


def _people(session: Session, ids: Sequence[str], *, village: str) -> Iterator[str]:
    """Whose scores these are; asked when it is wanted, which on SQLite it never is."""
    yield from {row.participant_id for row in _asked(session, _WHOSE, ids, village=village)}


def _asked(session: Session, question: Any, ids: Sequence[str], *, village: str) -> list[Any]:
    """What is asked about these scores; unknown ids are left out."""
    known = [id for id in ids if is_id(id)]
    return [
        row
        for some in chunks(known)
        for row in ask(session, question, {"village": village, "ids": some}).all()
    ]


def _ids(rows: Sequence[Any]) -> tuple[str, ...]:
    """The ids of some scores."""
    return tuple(row.id for row in rows)
