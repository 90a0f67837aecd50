"""What became of households' PINs: an entry of the log for each, and a row beside it to find it by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.market.pin_models import PinEventRow


@dataclass(frozen=True, slots=True)
class PinEvent:
    """A PIN set, reset or changed: for whom, with which card, by whom, who confirmed it, where in the log."""

    kind: str
    participant_id: str
    card_id: str
    done_by: str
    second: str | None
    done_at: datetime
    log_index: int


def write_pin_event(
    session: Session,
    kind: str,
    *,
    village: str,
    participant: str,
    card: str,
    by: str,
    second: str | None,
    at: datetime,
) -> None:
    """Write what was done with a PIN into the log, and the row that leads there; raises VillageUnknown."""
    words = {
        "participant": participant,
        "card": card,
        "second": second,
        "done_at": at.astimezone(UTC).isoformat(),
    }
    entry = ledger.record(session, village=village, kind=f"pin_{kind}", by=by, at=at, words=words)
    row = PinEventRow(
        village_id=village,
        log_index=entry.index,
        kind=kind,
        participant_id=participant,
        card_id=card,
        done_by=by,
        second=second,
        done_at=at,
    )
    session.add(row)
    session.flush()


@ledger.describes("pin_set", "pin_reset", "pin_changed")
def _in_words(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国，李主任确认; who did it stands beside every entry."""
    second = f"，{names(words['second'])}确认" if words["second"] else ""
    return f"{names(words['participant'])}{second}"


def pin_events(
    session: Session,
    *,
    village: str,
    participant: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[PinEvent]:
    """Return what was done with PINs in the village, or with a household's (id), newest first.

    Args:
        before: the log index below which to begin; None begins with the newest.
        limit: events at most, >= 0.

    Example:
        [one.kind for one in pin_events(session, village="chayuan", participant=wang.id)]  # ["reset", "set"]
    """
    query = select(PinEventRow).where(PinEventRow.in_village(village))
    if participant is not None:
        query = query.where(PinEventRow.participant_id == participant)
    if before is not None:
        query = query.where(col(PinEventRow.log_index) < before)
    rows = session.exec(query.order_by(col(PinEventRow.log_index).desc()).limit(limit))
    return [row.into(PinEvent) for row in rows]
