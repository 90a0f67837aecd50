"""Closing a month: what stands is frozen, and the log so far is sealed with an anchor."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import boards, grades, indices, ledger, scoring, villages
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Refused
from pointsbank.proof.anchors import Anchor, anchor, anchor_content, anchor_digest, anchors
from pointsbank.proof.models import AnchorRow
from pointsbank.proof.row_rules import GROWING
from pointsbank.proof.turn import turn


class MonthNotOver(Refused):
    """The month still goes on: a deed of tomorrow would be late in its own month."""

    code = "month_not_over"
    sentence = "{month}还没有过完，请在{day}或之后月结。"
    fixed_by = "村委"


class MonthOutOfTurn(Refused):
    """Months are closed one after another."""

    code = "month_out_of_turn"
    sentence = "请先月结{due}，再月结{month}。"
    fixed_by = "村委"


class WorkOpen(Refused):
    """Something of the month still waits for somebody."""

    code = "month_work_open"
    sentence = "{month}还不能月结：{work}。请处理完再月结。"
    fixed_by = "村委"


def close_month(session: Session, *, village: str, month: str, by: str, at: datetime) -> Anchor:
    """Close a month for good: freeze its standing, write it to the log, seal the log with an anchor.

    Waits for every write that counts on the month being open; what comes later for this month joins the next
    open one.

    Raises:
        MonthInvalid, VillageUnknown: there is no such month or village.
        MonthClosed, StandingFrozen: the month is closed.
        MonthOutOfTurn: one before it is not closed yet.
        MonthNotOver: its last day has not come.
        WorkOpen: something of the month still waits for somebody.
        And those of `anchor`.

    Example:
        proof.close_month(session, village="cy", month="2026-10", by=committee, at=now).month == "2026-10"
    """
    parse_month(month)
    villages.get(session, village)
    villages.hold_months(session, village=village, closing=True)
    _refuse_unless_due(session, village=village, month=month, at=at)

    villages.mark_closed(session, village=village, month=month, at=at)
    boards.freeze_standing(session, village=village, month=month, at=at)
    left = boards.who_left(session, village=village)
    grades.freeze_grades(session, village=village, month=month, left=left, at=at)
    indices.freeze_indices(session, village=village, month=month)
    words = {
        "month": month,
        "closed_at": at.astimezone(UTC).isoformat(),
        "rows": ledger.row_counts(session, GROWING, village=village),
    }
    sealed = ledger.record(session, village=village, kind="month_closed", by=by, at=at, words=words)
    return _seal(session, village=village, month=month, log_index=sealed.index, at=sealed.recorded_at)


def _refuse_unless_due(session: Session, *, village: str, month: str, at: datetime) -> None:
    """Raise unless the month is next in turn, over, and nothing of it waits."""
    stands = turn(villages.closed_months(session, village=village), month, day_of(at))
    if stands.is_closed:
        raise villages.problems.MonthClosed(month=month_in_words(month))
    if month != stands.due:
        raise MonthOutOfTurn(due=month_in_words(stands.due), month=month_in_words(month))
    if not stands.is_over:
        raise MonthNotOver(month=month_in_words(month), day=stands.over_on)
    work = scoring.pending_items(session, village=village, month=month)
    if work:
        sentences = "；".join(item.sentence.rstrip("。") for item in work[:5])
        raise WorkOpen(month=month_in_words(month), work=sentences)


def _seal(session: Session, *, village: str, month: str, log_index: int, at: datetime) -> Anchor:
    """Write the anchor over the log up to and including the month's own entry."""
    before = anchors(session, village=village)
    head = ledger.tree_head(session, village=village)
    start = before[-1].log_index + 1 if before else 0
    content = anchor_content(
        village=village,
        month=month,
        prev=before[-1].digest if before else None,
        root=head.root,
        size=head.size,
        totals=ledger.totals(session, village=village, start=start, end=head.size),
    )
    row = AnchorRow(
        village_id=village,
        month=month,
        log_index=log_index,
        content=content,
        digest=anchor_digest(content),
        made_at=at,
    )
    session.add(row)
    session.flush()
    return anchor(session, village=village, month=month)


@ledger.describes("month_closed")
def _month(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the month."""
    return str(words["month"])
