"""Photos of a check: three at most, gone half a year after it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from pointsbank import attachments
from pointsbank.attachments import Owner
from pointsbank.keepers.checking import MAXIMUM_PHOTOS, OWNER_KIND
from pointsbank.keepers.models import KeeperCheckRow
from pointsbank.prepared import chunks


def _ended(session: Session, village: str, ids: Sequence[str]) -> dict[str, date]:
    """Return since when photos are no longer needed: what is struck needs none."""
    row = KeeperCheckRow
    found: dict[str, date] = {}
    for some in chunks(list(ids)):
        rows = session.exec(select(row).where(row.in_village(village), col(row.id).in_(some)))
        found |= {one.id: one.struck_at.date() for one in rows if one.struck_at}
    return found


OWNER = attachments.declare(Owner(OWNER_KIND, maximum=MAXIMUM_PHOTOS, days=180, ended=_ended))
