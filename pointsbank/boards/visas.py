"""A supervisor countersigns before a warning goes up: its reason, its letter and its days are in order.

Given once the household's days are over, by one of the supervision committee who prepared nothing of it and
is neither of that household nor near kin; a letter that is brought anew asks for a new one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, objections, panels, staff
from pointsbank.boards.basis import BasisMissing, basis_of, refuse_not_posted
from pointsbank.boards.contested import ScoreContested, contested
from pointsbank.boards.deciding import (
    DecidedTooEarly,
    ListingNotProposed,
    NotificationMissing,
    ObjectionOpen,
)
from pointsbank.boards.delivering import deliveries
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.process_models import VisaRow
from pointsbank.boards.records import Record, lock_one
from pointsbank.boards.signed import Visa, visa, visa_rows
from pointsbank.boards.states import BLACK, PROPOSED
from pointsbank.dates import day_of
from pointsbank.errors import NotAllowed, Refused

CONTROL = staff.declare(
    staff.Control(
        act="黑榜上榜前签字",
        controlled="the committee, which proposes a household, brings the letter and counts the votes",
        controls="a supervisor who prepared nothing of it, and is neither of that household nor near kin",
        where=__name__,
        permissions=(staff.Permission.OBJECTION_DECIDE,),
        people=(staff.Permission.OBJECTION_DECIDE.roles,),
    )
)


class VisaByKin(NotAllowed):
    """Who is of that household, or near kin, does not countersign."""

    code = "visa_by_kin"
    sentence = "本户和近亲属的事要回避，请另一位村务监督签字。"
    fixed_by = "监督委员会"


class VisaByPreparer(NotAllowed):
    """Who proposed the household, recorded the fact or the letter does not countersign."""

    code = "visa_by_preparer"
    sentence = "提名、记录事实或登记送达的人不能再签字，请另一位村务监督签字。"
    fixed_by = "监督委员会"


class VisaGiven(Refused):
    """A supervisor has countersigned already."""

    code = "visa_given"
    sentence = "村务监督已经签过字，不用再签。"
    fixed_by = "本人"


def countersign(session: Session, *, village: str, listing: str, by: str, at: datetime) -> Visa:
    """Countersign a warning that is proposed, so that people may vote it up. Locks the listing.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotProposed: it has been decided or withdrawn, or is praise.
        VisaByKin: `by` is of that household, or near kin.
        VisaByPreparer: `by` proposed it, recorded the fact, or recorded the letter.
        BasisMissing: it rests on nothing that is named.
        BasisNotPosted, ScoreUnknown: it rests on a score that has not hung its days, or was withdrawn.
        NotificationMissing: no delivery of the letter is recorded.
        DecidedTooEarly: the household's days are not over.
        ObjectionOpen, ScoreContested: an objection to it, or to what it rests on, waits for its answer.
        VisaGiven: it is countersigned.

    And those of `staff.independence.check_own` and `ledger.record`.

    Example:
        boards.countersign(session, village="cy", listing=id, by=zhao.id, at=now).given_on  # date(2026, 9, 8)
    """
    record = lock_one(session, village, listing)
    row = record.row
    if record.status != PROPOSED or row.board != BLACK:
        raise ListingNotProposed()
    _check_signer(session, record, by=by, at=at)
    if record.notified is None:
        raise NotificationMissing()
    if day_of(at) < record.notified.earliest_on:
        raise DecidedTooEarly(earliest_on=record.notified.earliest_on)
    if listing in objections.open_subjects(session, LISTINGS, village=village):
        raise ObjectionOpen()
    if listing in contested(session, village=village):
        raise ScoreContested()
    if visa(session, village=village, listing=listing) is not None:
        raise VisaGiven()
    given = VisaRow(
        village_id=village,
        listing_id=listing,
        number=len(visa_rows(session, village, listing)) + 1,
        given_by=by,
        given_on=day_of(at),
        given_at=at,
    )
    session.add(given)
    session.flush()
    words = {
        "participant": row.participant_id,
        "listing": listing,
        "number": given.number,
        "given_on": given.given_on.isoformat(),
        "given_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_countersigned", by=by, at=at, words=words)
    return given.into(Visa)


def _check_signer(session: Session, record: Record, *, by: str, at: datetime) -> None:
    """Raise unless `by` may countersign this warning."""
    row = record.row
    here = {"village": row.village_id, "listing": row.id}
    if row.participant_id in panels.kin_of(session, village=row.village_id, staff=by):
        raise VisaByKin()
    basis = basis_of(session, **here)
    if basis is None:
        raise BasisMissing()
    refuse_not_posted(session, basis, village=row.village_id)
    prepared = {row.proposed_by, basis.recorded_by}
    prepared |= {one.recorded_by for one in deliveries(session, **here)}
    if by in prepared:
        raise VisaByPreparer()
    staff.independence.check_own(session, who=by, at=at)


@ledger.describes("listing_countersigned")
def _countersigned(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09-08村务监督签字."""
    return f"{names(words['participant'])}：{words['given_on']}村务监督签字"
