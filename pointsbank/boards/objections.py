"""What a household says against its listing, and the written answer, which stays."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import villages
from pointsbank.boards.listings import ListingNotUp, end, has_open_objection, locked
from pointsbank.boards.models import ListingObjectionRow
from pointsbank.database import new_id
from pointsbank.dates import add_working_days, day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.text import clean, clean_required


class ListingObjectionUnknown(NotFound):
    """There is no such objection in this village."""

    code = "listing_objection_unknown"
    sentence = "没有找到这条异议，请从列表中重新选择。"


class ListingDecidedAlready(Refused):
    """The objection has been answered; the answer stays on the record."""

    code = "listing_objection_decided"
    sentence = "这条异议已经书面答复，答复不能更改。"


class ListingObjectionStands(Refused):
    """There is an open objection to this listing already."""

    code = "listing_objection_stands"
    sentence = "这条上榜记录已有异议正在处理，请等待书面答复。"


class ProposerCannotDecide(Refused):
    """Who proposed a listing does not decide the objection against it."""

    code = "proposer_cannot_decide"
    sentence = "提名人不能处理针对该提名的异议，请由监督委员会或其他人员处理。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class ListingObjection:
    """One objection to a listing; `decision` is the written answer once there is one."""

    id: str
    listing: str
    raised_by: str
    reason: str
    due_on: date
    status: str
    decided_by: str | None
    decision: str | None


def object_to_listing(
    session: Session, *, village: str, listing: str, raised_by: str, reason: str, by: str, at: datetime
) -> ListingObjection:
    """Record an objection: the listing is not put up, or is not shown, until it is answered in writing."""
    target = locked(session, village, listing)
    if target.status not in ("proposed", "up"):
        raise ListingNotUp()
    if has_open_objection(session, target):
        raise ListingObjectionStands()
    days = villages.settings(session, village=village).objection_working_days
    row = ListingObjectionRow(
        village_id=village,
        id=new_id(session),
        listing_id=target.id,
        proposed_by=target.proposed_by,
        raised_by=clean(raised_by, maximum=60),
        reason=clean_required(reason, maximum=500, lines=True),
        recorded_by=by,
        raised_at=at,
        due_on=add_working_days(day_of(at), days),
    )
    session.add(row)
    session.flush()
    return _view(row)


def decide_listing_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> ListingObjection:
    """Answer in writing, by somebody who did not propose it; upheld takes the listing away at once."""
    row = _found(session, village, objection)
    target = locked(session, village, row.listing_id)
    session.refresh(row)
    if row.status != "open":
        raise ListingDecidedAlready()
    if by == row.proposed_by:
        raise ProposerCannotDecide()
    row.status = "upheld" if upheld else "rejected"
    row.decided_by, row.decided_at = by, at
    row.decision = clean_required(reason, maximum=500, lines=True)
    if upheld and target.status in ("proposed", "up"):
        end(session, target, reason="异议成立", by=by, at=at)
    session.flush()
    return _view(row)


def listing_objections(
    session: Session, *, village: str, listing: str | None = None
) -> list[ListingObjection]:
    """The objections to one listing or to all, oldest first."""
    query = select(ListingObjectionRow).where(ListingObjectionRow.village_id == village)
    if listing is not None:
        query = query.where(ListingObjectionRow.listing_id == listing)
    ordered = query.order_by(col(ListingObjectionRow.raised_at), col(ListingObjectionRow.id))
    return [_view(row) for row in session.exec(ordered)]


def _found(session: Session, village: str, objection: str) -> ListingObjectionRow:
    """The row of an objection; raises ListingObjectionUnknown."""
    row = session.get(ListingObjectionRow, (village, objection))
    if row is None:
        raise ListingObjectionUnknown()
    return row


def _view(row: ListingObjectionRow) -> ListingObjection:
    """A row as others see it."""
    return ListingObjection(
        row.id,
        row.listing_id,
        row.raised_by,
        row.reason,
        row.due_on,
        row.status,
        row.decided_by,
        row.decision,
    )
