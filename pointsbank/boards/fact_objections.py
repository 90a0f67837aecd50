"""Objections to recorded facts: an open one stops each warning that rests on it, an upheld one ends it."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import objections, staff
from pointsbank.boards.basis import FactUnknown, basis_of
from pointsbank.boards.deciding import ListingNotUp, end
from pointsbank.boards.kinds import FACTS
from pointsbank.boards.models import ListingRow
from pointsbank.boards.process_models import BasisRow, FactRow
from pointsbank.boards.records import Record, find, lock
from pointsbank.boards.states import FACT_WRONG, LIVE
from pointsbank.objections import Objection

CONTROL = staff.declare(
    staff.Control(
        act="答复对事实的异议",
        controlled="the committee, which records what it says it saw at a household",
        controls="the supervisor in nobody's hands, who did not write it down; until then nothing is shown",
        where=__name__,
        permissions=(staff.Permission.OBJECTION_RAISE, staff.Permission.OBJECTION_DECIDE),
        people=(staff.Permission.OBJECTION_DECIDE.roles,),
    )
)


def object_to_fact(
    session: Session, *, village: str, listing: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record an objection to the fact on which a listing (id) rests; locks all that rest on it.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotUp: it is neither proposed nor up.
        FactUnknown: it rests on no recorded fact.
        FactObjectionStands: an objection to the fact waits for its answer.
        NobodyElseDecides: only `by` could answer it.
        TextInvalid: the reason, or who raised it, is empty or too long.

    And those of `objections.file` and `record_filed`.

    Example:
        boards.object_to_fact(session, village="cy", listing=id, raised_by="王建国", reason="不是我家的",
                              by=li.id, at=now).status  # "open"
    """
    if find(session, village, listing).status not in LIVE:
        raise ListingNotUp()
    fact = _fact(session, village, listing)
    # Each of them: what was carried over is perhaps being voted up at this moment.
    together = _resting(session, village, fact.id)
    if not any(one.row.id == listing and one.status in LIVE for one in together):
        raise ListingNotUp()
    filed = objections.file(
        session,
        FACTS,
        village=village,
        subject=fact.id,
        made_by=fact.recorded_by,
        raised_by=raised_by,
        reason=reason,
        by=by,
        at=at,
    )
    objections.record_filed(session, FACTS, filed, participant=fact.participant_id, at=at)
    return filed.view


def decide_fact_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> Objection:
    """Answer in writing, by somebody who did not record the fact; upheld ends every warning that rests on it.

    Locks those listings.

    Raises:
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        FactRecorderCannotDecide: `by` recorded the fact.
        RecorderCannotDecide: `by` wrote the objection down.
        AnsweredByKin: `by` is of that household, or near kin.
        LoginNotIndependent: somebody else has the login in hand.
        TextInvalid: the reason is empty or too long.

    And those of `end` and `record_answered`.

    Example:
        boards.decide_fact_objection(session, village="cy", objection=id, upheld=True, reason="看错了户",
                                     by=zhao.id, at=now).status  # "upheld"
    """
    found = objections.find(session, FACTS, village=village, objection=objection)
    resting = _resting(session, village, found.row.subject_id)
    fact = session.get(FactRow, (village, found.row.subject_id))
    assert fact is not None
    filed = objections.answer(
        session,
        FACTS,
        village=village,
        objection=objection,
        about=fact.participant_id,
        upheld=upheld,
        reason=reason,
        by=by,
        at=at,
    )
    for record in resting if upheld else ():
        if record.status in LIVE:
            end(session, record, reason=FACT_WRONG, by=by, at=at)
    objections.record_answered(session, FACTS, filed, participant=fact.participant_id, at=at)
    return filed.view


def fact_objections(session: Session, *, village: str, listing: str) -> list[Objection]:
    """Return the objections to the fact on which a listing (id) rests, oldest first; none without a fact.

    Example:
        boards.fact_objections(session, village="cy", listing=id)[0].decision  # None while it is open
    """
    basis = basis_of(session, village=village, listing=listing)
    if basis is None or basis.fact_id is None:
        return []
    return [one.view for one in objections.filed(session, FACTS, village=village, subject=basis.fact_id)]


def fact_answers_due(session: Session, *, village: str) -> list[tuple[date, str]]:
    """Return last day and a listing (id) that rests on it of each open objection to a fact, earliest first.

    Example:
        boards.fact_answers_due(session, village="cy")  # [(date(2026, 9, 10), "7qk…")]
    """
    waiting = objections.answers_due(session, FACTS, village=village)
    if not waiting:
        return []
    facts = {fact for _, fact in waiting}
    based = select(BasisRow).where(BasisRow.in_village(village), col(BasisRow.fact_id).in_(facts))
    on = {row.fact_id: row.listing_id for row in session.exec(based.order_by(col(BasisRow.listing_id)))}
    return [(day, on[fact]) for day, fact in waiting]


def _fact(session: Session, village: str, listing: str) -> FactRow:
    """Return the fact on which a listing (id) rests; raises FactUnknown."""
    basis = basis_of(session, village=village, listing=listing)
    row = session.get(FactRow, (village, basis.fact_id)) if basis and basis.fact_id else None
    if row is None:
        raise FactUnknown()
    return row


def _resting(session: Session, village: str, fact: str) -> list[Record]:
    """Lock and return the listings that rest on a fact (id)."""
    based = select(BasisRow.listing_id).where(BasisRow.in_village(village), col(BasisRow.fact_id) == fact)
    return lock(session, village, col(ListingRow.id).in_(based))
