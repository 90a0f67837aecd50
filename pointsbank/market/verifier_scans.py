"""What a sale was made of, compared with the log: the request that asked for it, and the scan behind it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import table_of
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.market.models import ScanTicketRow
from pointsbank.raw_rows import differ_from_log, raw_rows_by, unreadable

_TICKET = table_of(ScanTicketRow)
_LONGEST = timedelta(hours=1)
"""No village lets a scan live longer; and no clock that was put back further lets it be used."""


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare the requests and the scans of some sales with what their entries say; yield what differs."""
    # Entries of the first days hold neither.
    asked = {str(entry.private["request"]): entry for entry in entries if "asked" in entry.private}
    rows = ledger.requests_as_stored(session, village=village, request_ids=sorted(asked))
    for id, entry in asked.items():
        if differ_from_log(rows[id], _request_as_logged(entry)):
            yield Finding(entry.index, "请求记录与日志不符", "request", id)
    scanned = {str(entry.private["words"]["ticket"]): entry for entry in asked.values()}
    tickets = raw_rows_by(session, _TICKET, "id", sorted(scanned), village=village)
    for id, entry in scanned.items():
        if not _fits(tickets[id], entry):
            yield Finding(entry.index, "扫卡凭证与日志不符", "scan_ticket", id)


def check_ends(session: Session, *, village: str) -> Iterator[str]:
    """Find requests that name an entry which is not theirs."""
    if ledger.requests_astray(session, village=village):
        yield "有请求记录指向别的日志"


def _request_as_logged(entry: VerifiedEntry) -> dict[str, Any]:
    """Return the columns of a sale's request as its entry has them."""
    private = entry.private
    answer = {
        "id": private["source"][1],
        "total": sum(posting.amount for posting in entry.postings),
        "balance": entry.postings[0].source_balance,
        "index": entry.index,
        "leaf": entry.leaf.hex(),
    }
    return {
        "request_id": private["request"],
        "actor_id": private["actor"],
        "contents_digest": bytes.fromhex(private["asked"]),
        "answer": ledger.canonical(answer).decode(),
        "recorded_at": private["words"]["sold_at"],
        "log_index": entry.index,
    }


def _fits(rows: Sequence[Any], entry: VerifiedEntry) -> bool:
    """Return True if there is one scan, of this household, shortly before the sale, with what it asks for."""
    if len(rows) != 1 or unreadable(rows[0]):
        return False
    [row], words = rows, entry.private["words"]
    sold_at = datetime.fromisoformat(words["sold_at"])
    return (
        row.participant_id == words["participant"]
        and abs(sold_at - row.scanned_at) <= _LONGEST
        and row.expires_at - row.scanned_at <= _LONGEST
        and (row.card_id is not None if not row.typed else words["second_check"] != "none")
    )
