"""One entry of the log as it was hashed, for whoever proves it: open bytes, hidden bytes, accounts moved."""

from typing import NamedTuple

from sqlmodel import Session, col, select

from pointsbank.ledger.entries import LogEntryUnknown
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, PostingRow


class EntryParts(NamedTuple):
    """The bytes that an entry's leaf hashes, and what its commitment hides; None once that was erased."""

    public: bytes
    salt: bytes | None
    private: bytes | None


def entry_parts(session: Session, *, village: str, index: int) -> EntryParts:
    """Return the stored bytes of the entry of this number.

    Raises:
        LogEntryUnknown: the village's log has none.

    Example:
        entry_parts(session, village="chayuan", index=0).public  # b'{"c":"…","i":0,"k":"village_founded",…}'
    """
    query = (
        select(LogEntryRow.public, LogPrivateRow.salt, LogPrivateRow.private)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(LogEntryRow))
        .where(LogEntryRow.in_village(village), col(LogEntryRow.log_index) == index)
    )
    found = session.exec(query).first()
    if found is None:
        raise LogEntryUnknown()
    public, salt, private = (None if part is None else bytes(part) for part in found)
    return EntryParts(public or b"", salt, private)


def accounts_moved(session: Session, *, village: str, index: int) -> frozenset[str]:
    """Return the accounts that an entry moved points from or to; none where it moved nothing.

    Example:
        accounts_moved(session, village="chayuan", index=17)  # {"k3v….points", "market.points"}
    """
    query = select(PostingRow.source_account_id, PostingRow.destination_account_id).where(
        PostingRow.in_village(village), col(PostingRow.log_index) == index
    )
    return frozenset(account for pair in session.exec(query) for account in pair)
