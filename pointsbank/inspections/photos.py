"""Photos of an inspection: three at most, kept until nobody can object to what came of it any more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import attachments, publicity, scoring
from pointsbank.attachments import Attachment, Owner
from pointsbank.inspections.models import InspectionDecisionRow, InspectionRow
from pointsbank.inspections.reading import fault_rows, inspection_row
from pointsbank.inspections.states import MAXIMUM_PHOTOS, TAKEN, photos_until
from pointsbank.prepared import chunks

OWNER_KIND = "inspection"


def keep_photo(session: Session, row: InspectionRow, photo: bytes, *, by: str, at: datetime) -> Attachment:
    """Keep a photo with an inspection; raises what `attachments.add` raises."""
    whose = {"village": row.village_id, "owner_kind": OWNER_KIND, "owner": row.id}
    return attachments.add(session, **whose, content=photo, about=row.participant_id, by=by, at=at)


def add_photo(
    session: Session,
    *,
    village: str,
    inspection_id: str,
    photo: bytes,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Attachment:
    """Add a photo to an inspection, as of the second look; three at most.

    Args:
        groups: only households of these groups (ids) are there; None for the whole village.

    Raises:
        InspectionUnknown: there is no such inspection.

    And those of `attachments.add`.

    Example:
        inspections.add_photo(session, village="cy", inspection_id=id, photo=jpeg, by="qian", at=now).number
    """
    row = inspection_row(session, village, inspection_id, groups=groups, lock=True)
    return keep_photo(session, row, photo, by=by, at=at)


def withdraw_photo(
    session: Session,
    *,
    village: str,
    inspection_id: str,
    attachment: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> None:
    """Delete a photo of an inspection before it is due, at any time: the wrong one, or one that shows people.

    Args:
        groups: as `add_photo`.

    Raises:
        InspectionUnknown: there is no such inspection.

    And those of `attachments.withdraw`, the same for a photo.

    Example:
        inspections.withdraw_photo(
            session, village="cy", inspection_id=id, attachment=photo, by="qian", at=now
        )
    """
    row = inspection_row(session, village, inspection_id, groups=groups)
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": row.id}
    attachments.withdraw(session, **whose, attachment=attachment, by=by, at=at)


def _ended(session: Session, village: str, ids: Sequence[str]) -> dict[str, date]:
    """Return since when the photos of some inspections are no longer needed."""
    notices = {one.meeting: one for one in publicity.notices(session, village=village)}
    found: dict[str, date] = {}
    row = InspectionRow
    for some in chunks(list(ids)):
        rows = session.exec(select(row).where(row.in_village(village), col(row.id).in_(some))).all()
        statuses: dict[str, list[str]] = {one.id: [] for one in rows}
        for fault in fault_rows(session, village, statuses):
            statuses[fault.inspection_id].append(fault.status)
        last = _last_decisions(session, village, some)
        for one in rows:
            mine = last.get(one.id, [])
            ends, settled = _hanging(session, village, mine, notices)
            days = [one.looked_on or one.inspected_on, *(each.decided_on for each in mine)]
            until = photos_until(statuses[one.id], done_on=max(days), notice_ends=ends, is_settled=settled)
            if until is not None:
                found[one.id] = until
    return found


def _last_decisions(
    session: Session, village: str, ids: Sequence[str]
) -> dict[str, list[InspectionDecisionRow]]:
    """Return the last decision about each fault of some inspections (ids)."""
    row = InspectionDecisionRow
    mine = select(row).where(row.in_village(village), col(row.inspection_id).in_(ids))
    last = {(one.inspection_id, one.fault): one for one in session.exec(mine.order_by(col(row.number)))}
    found: dict[str, list[InspectionDecisionRow]] = {}
    for (inspection_id, _), one in last.items():
        found.setdefault(inspection_id, []).append(one)
    return found


def _hanging(
    session: Session,
    village: str,
    decided: Sequence[InspectionDecisionRow],
    notices: dict[str, publicity.Notice],
) -> tuple[date | None, bool]:
    """Return when the last notice of these scores ends, and whether all of them are settled."""
    taken = [one for one in decided if one.kind == TAKEN and one.score_id is not None]
    ends = [notices[one.meeting_id].ends_on if one.meeting_id in notices else None for one in taken]
    scores = scoring.scores_by_id(session, village=village, ids=[str(one.score_id) for one in taken])
    settled = all(one.status in (scoring.POSTED, scoring.WITHDRAWN) for one in scores.values())
    known = [one for one in ends if one is not None]
    return (max(known) if known and len(known) == len(ends) else None), settled


OWNER = attachments.declare(Owner(OWNER_KIND, maximum=MAXIMUM_PHOTOS, days=180, ended=_ended))
"""What has the photos."""
