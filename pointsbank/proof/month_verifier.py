"""Closed months and their frozen standing, held against what the log says of them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from pointsbank import boards, ledger, villages
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.raw_rows import unreadable


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare each month closed by one of these entries with its row, and yield the findings."""
    # Months closed in the first days do not tell when, and sealed less of the standing.
    closings = [entry for entry in entries if "closed_at" in entry.private["words"]]
    stored = villages.closed_months_as_stored(session, village=village) if closings else []
    moments = {row.month: row.closed_at.isoformat() for row in stored if not unreadable(row)}
    for entry in closings:
        words = entry.private["words"]
        if words.get("closed_at") != moments.get(words.get("month")):
            yield Finding(entry.index, "结账的月份或时间与日志不符")
        if standing_digest(session, village=village, month=str(words.get("month"))) != words.get("standing"):
            yield Finding(entry.index, "结账时的排名与日志不符")


def standing_digest(session: Session, *, village: str, month: str) -> str | None:
    """Return SHA-256 over everybody's place in a closed month; None where it cannot be read any more."""
    rows = boards.standing_as_stored(session, village=village, month=month)
    if any(unreadable(row) for row in rows):
        return None
    lines = sorted(
        [row.participant_id, row.kind, row.group_id, row.honour, row.plus, row.minus, row.late, row.place]
        for row in rows
    )
    try:
        return hashlib.sha256(ledger.canonical(lines)).hexdigest()
    except ValueError:  # a number no honest month has
        return None


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Yield nothing: months without an entry are found by their missing anchors."""
    yield from ()
