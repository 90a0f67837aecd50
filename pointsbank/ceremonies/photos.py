"""Photos of an occasion: three at most, kept until nobody can object to what came of it any more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import attachments, publicity, scoring
from pointsbank.attachments import Attachment, Owner
from pointsbank.ceremonies.models import CeremonyChangeRow, CeremonyDecisionRow, CeremonyRow
from pointsbank.ceremonies.reading import ceremony_row
from pointsbank.ceremonies.reporting import OWNER_KIND, keep_photo
from pointsbank.ceremonies.states import CANCELLED, MAXIMUM_PHOTOS, REPORTED, check_stands, photos_until
from pointsbank.dates import day_of
from pointsbank.prepared import chunks


def add_photo(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    photo: bytes,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Attachment:
    """Add a photo to what was reported and is not decided; three at most.

    Args:
        groups: only households of these groups (ids) are there; None for the whole village.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: nobody has reported it, or it is decided.

    And those of `attachments.add`.

    Example:
        ceremonies.add_photo(session, ceremony_id=id, photo=jpeg, **common).number  # 1
    """
    row = ceremony_row(session, village, ceremony_id, groups=groups, lock=True)
    check_stands(row.status, REPORTED)
    return keep_photo(session, row, photo, by=by, at=at)


def withdraw_photo(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    attachment: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> None:
    """Delete a photo before it is due, at any time: the wrong one, or one that shows people.

    Args:
        groups: as `add_photo`.

    Raises:
        CeremonyUnknown: there is none.

    And those of `attachments.withdraw`, the same for a photo.

    Example:
        ceremonies.withdraw_photo(session, ceremony_id=id, attachment=photo, **common)
    """
    row = ceremony_row(session, village, ceremony_id, groups=groups)
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": row.id}
    attachments.withdraw(session, **whose, attachment=attachment, by=by, at=at)


def _ended(session: Session, village: str, ids: Sequence[str]) -> dict[str, date]:
    """Return since when the photos of some announcements are no longer needed."""
    notices = {one.meeting: one for one in publicity.notices(session, village=village)}
    found: dict[str, date] = {}
    row, decided, changed = CeremonyRow, CeremonyDecisionRow, CeremonyChangeRow
    for some in chunks(list(ids)):
        rows = session.exec(select(row).where(row.in_village(village), col(row.id).in_(some))).all()
        mine = select(decided).where(decided.in_village(village), col(decided.ceremony_id).in_(some))
        last = {one.ceremony_id: one for one in session.exec(mine.order_by(col(decided.number)))}
        ended = select(changed).where(changed.in_village(village), col(changed.ceremony_id).in_(some))
        over = {one.ceremony_id: day_of(one.changed_at) for one in session.exec(ended)}
        scores = scoring.scores_by_id(
            session, village=village, ids=[one.score_id for one in last.values() if one.score_id]
        )
        for one in rows:
            decision = last.get(one.id)
            score = scores.get(decision.score_id or "") if decision else None
            notice = notices.get(decision.meeting_id) if decision and score else None
            cancelled = over.get(one.id) if one.status == CANCELLED else None
            until = photos_until(
                one.status,
                done_on=decision.decided_on if decision else cancelled,
                notice_ends=notice.ends_on if notice else None,
                is_settled=score is None or score.status in (scoring.POSTED, scoring.WITHDRAWN),
            )
            if until is not None:
                found[one.id] = until
    return found


OWNER = attachments.declare(Owner(OWNER_KIND, maximum=MAXIMUM_PHOTOS, days=180, ended=_ended))
