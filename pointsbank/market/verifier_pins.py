"""What became of PINs, compared with the log."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from pointsbank.database import table_of
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.market.pin_models import PinEventRow
from pointsbank.raw_rows import differ_from_log, raw_rows_by

_EVENT = table_of(PinEventRow)
_KINDS = {f"pin_{kind}": kind for kind in ("set", "reset", "changed")}


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare what the log tells of PINs with the rows that lead there."""
    logged = {entry.index: entry for entry in entries if entry.kind in _KINDS}
    stored = raw_rows_by(session, _EVENT, "log_index", list(logged), village=village)
    for index, entry in logged.items():
        if differ_from_log(stored[index], _as_logged(entry)):
            yield Finding(index, "兑换密码的记录与日志不符")


def _as_logged(entry: VerifiedEntry) -> dict[str, Any]:
    """Return an event's columns as the log has them."""
    words = entry.private["words"]
    return {
        "log_index": entry.index,
        "kind": _KINDS[entry.kind],
        "participant_id": words.get("participant"),
        "card_id": words.get("card"),
        "done_by": entry.private.get("actor"),
        "second": words.get("second"),
        "done_at": words.get("done_at"),
    }


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Find rows that no entry tells of."""
    stored = session.exec(
        select(func.count()).select_from(PinEventRow).where(PinEventRow.in_village(village))
    ).one()
    if stored != sum(posted.get(kind, 0) for kind in _KINDS):
        yield "兑换密码记录的条数与日志不符"
