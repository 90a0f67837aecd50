"""What the log says of scores put right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.points import Points, show
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.values import Score


def words_of_entry(row: CorrectionRow, score: Score, *, counted_in: str) -> dict[str, Any]:
    """Return what the entries of a correction say in words, as that of any score does."""
    return {
        "participant": score.participant_id,
        "item": score.item_code,
        "title": score.title,
        "meeting": score.meeting_id,
        "note": score.note,
        "remark": score.remark,
        "counted_in": counted_in,
        "corrects": row.corrects,
        "why": row.reason,
    }


def record_corrected(session: Session, row: CorrectionRow, old: Score, new: Score, *, at: datetime) -> None:
    """Write into the log that a score was put right; erasing either household erases the words.

    Raises VillageUnknown.
    """
    words = {
        "participant": old.participant_id,
        "heir": new.participant_id,
        "score": new.id,
        "corrects": old.id,
        "version": row.version,
        "title": old.title,
        "was": int(old.counted_points),
        "is": int(new.counted_points),
        "struck": row.struck,
        "reason": row.reason,
        "confirmed_by": row.confirmed_by,
        "days": row.days,
    }
    by, village = row.requested_by, row.village_id
    ledger.record(session, village=village, kind="score_corrected", by=by, at=at, words=words)


@ledger.describes("score_corrected")
def _corrected(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国 参加环境清扫：+2改为+6（数错了，李确认）."""
    now = "撤销" if words["struck"] else f"改为{signed(Points(words['is']))}"
    to = "" if words["heir"] == words["participant"] else f"，记到{names(words['heir'])}"
    who = f"{names(words['participant'])} {words['title']}"
    why = f"{words['reason']}，{names(words['confirmed_by'])}确认"
    return f"{who}：{signed(Points(words['was']))}{now}{to}（{why}）"


def signed(points: Points) -> str:
    """Return points with their sign, as pages show them.

    Example:
        >>> signed(Points(200)), signed(Points(-50)), signed(Points(0))
        ('+2', '−0.5', '0')
    """
    return f"+{show(points)}" if points > 0 else show(points).replace("-", "−")
