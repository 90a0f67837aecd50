"""Objections and their answers in the village's log: who said what against which thing, and the answer.

Written by the caller at the end of its write, when nothing more is locked: the log's head is the last lock.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import labels, ledger
from pointsbank.objections.filing import Filed, Kind, Row


def record_filed(
    session: Session, kind: Kind[Row], filed: Filed[Row], *, participant: str, at: datetime, **own: str
) -> None:
    """Write an objection into the log; `own`: the columns that only this kind has.

    Args:
        participant: id of whom the thing is about; erasing them erases the entry's words.

    Raises VillageUnknown.

    Example:
        record_filed(session, LISTINGS, filed, participant=listing.participant_id, at=now)
    """
    row = filed.row
    words = {
        "participant": participant,
        "objection": row.id,
        "thing": kind.thing,
        "subject": row.subject_id,
        "number": row.number,
        "made_by": row.made_by,
        "raised_by": row.raised_by,
        "reason": row.reason,
        "raised_on": row.raised_on.isoformat(),
        "raised_at": row.raised_at.astimezone(UTC).isoformat(),
        "due_on": row.due_on.isoformat(),
        **own,
    }
    village, by = row.village_id, row.recorded_by
    ledger.record(session, village=village, kind="objection_filed", by=by, at=at, words=words)


def record_answered(
    session: Session, kind: Kind[Row], filed: Filed[Row], *, participant: str, at: datetime
) -> None:
    """Write the answer to an objection into the log; nothing is written for one that has none.

    Raises VillageUnknown.

    Example:
        record_answered(session, LISTINGS, filed, participant=listing.participant_id, at=now)
    """
    answer = filed.answer
    if answer is None:
        return
    words = {
        "participant": participant,
        "objection": answer.objection_id,
        "thing": kind.thing,
        "made_by": answer.made_by,
        "upheld": answer.upheld,
        "decision": answer.decision,
        "decided_at": answer.decided_at.astimezone(UTC).isoformat(),
    }
    village, by = answer.village_id, answer.decided_by
    ledger.record(session, village=village, kind="objection_decided", by=by, at=at, words=words)


@ledger.describes("objection_filed")
def _filed(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 对王建国的评分：那天不在家（2026-09-10前答复）."""
    return f"{_about(words, names)}：{words['reason']}（{words['due_on']}前答复）"


@ledger.describes("objection_decided")
def _answered(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 对王建国的评分：成立，已现场查看."""
    verdict = labels.name("objection_status", "upheld" if words["upheld"] else "rejected")
    return f"{_about(words, names)}：{verdict}，{words['decision']}"


def _about(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return what was objected to."""
    return f"对{names(words['participant'])}的{labels.name('objection_subject', words['thing'])}"
