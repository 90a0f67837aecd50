"""What the log says of listings: that one went up by people's vote, and that it came down."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from pointsbank import labels, ledger
from pointsbank.boards.models import ListingDecisionRow, ListingRow
from pointsbank.boards.states import RED


def log_up(session: Session, row: ListingRow, decided: ListingDecisionRow) -> int:
    """Write the log's entry that a listing goes up; return its index."""
    words = {
        "participant": row.participant_id,
        "board": row.board,
        "month": row.month,
        "rule": row.rule,
        "fact": row.fact,
        "votes": f"{decided.votes_for}:{decided.votes_against}",
    }
    by, at = decided.decided_by, decided.decided_at
    return ledger.record(session, village=row.village_id, kind="listing_up", by=by, at=at, words=words).index


@ledger.describes("listing_up", "listing_down")
def _listing(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09黑榜，已整改."""
    why = words.get("reason") or f"赞成与反对 {words['votes']}"
    board = labels.name("board", words["board"])
    kind = f"“{words['rule']}”" if words["board"] == RED and words.get("rule") else ""
    return f"{names(words['participant'])}：{words['month']}{board}{kind}，{why}"
