"""Objections to listings: an open one keeps its listing off the wall, an upheld one ends it at once."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import objections, staff
from pointsbank.boards.contested import resting_on
from pointsbank.boards.deciding import ListingNotUp, end
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.records import find, lock_one
from pointsbank.boards.states import LISTING_WRONG, LIVE, SCORE_WRONG
from pointsbank.objections import Objection

CONTROL = staff.declare(
    staff.Control(
        act="答复对上榜的异议",
        controlled="the committee, which proposes households for a board",
        controls="the supervisor in nobody's hands, who did not write it down; until then it is hidden",
        where=__name__,
        permissions=(staff.Permission.OBJECTION_RAISE, staff.Permission.OBJECTION_DECIDE),
        people=(staff.Permission.OBJECTION_DECIDE.roles,),
    )
)


def object_to_listing(
    session: Session, *, village: str, listing: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record an objection to a listing; locks the listing.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotUp: it is neither proposed nor up.
        ListingObjectionStands: an objection to it waits for its answer.
        NobodyElseDecides: only `by` could answer it.
        TextInvalid: the reason, or who raised it, is empty or too long.

    And those of `objections.file` and `record_filed`.

    Example:
        object_to_listing(
            session, village="chayuan", listing=id, raised_by="王建国", reason="已清理", by="zhao", at=now
        ).due_on  # date(2026, 9, 10)
    """
    target = lock_one(session, village, listing)
    if target.status not in LIVE:
        raise ListingNotUp()
    filed = objections.file(
        session,
        LISTINGS,
        village=village,
        subject=target.row.id,
        made_by=target.row.proposed_by,
        raised_by=raised_by,
        reason=reason,
        by=by,
        at=at,
    )
    objections.record_filed(session, LISTINGS, filed, participant=target.row.participant_id, at=at)
    return filed.view


def decide_listing_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> Objection:
    """Answer in writing, by somebody who did not propose it; upheld ends the listing at once.

    Locks the listing.

    Raises:
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        ProposerCannotDecide: `by` proposed the listing.
        RecorderCannotDecide: `by` wrote the objection down.
        AnsweredByKin: `by` is of that household, or near kin.
        LoginNotIndependent: somebody else has the login in hand.
        TextInvalid: the reason is empty or too long.

    And those of `lock_one`, `end` and `record_answered`.

    Example:
        decide_listing_objection(
            session, village="chayuan", objection=id, upheld=True, reason="已现场查看", by="zhao", at=now
        ).status  # "upheld"
    """
    found = objections.find(session, LISTINGS, village=village, objection=objection)
    target = lock_one(session, village, found.row.subject_id)
    filed = objections.answer(
        session,
        LISTINGS,
        village=village,
        objection=objection,
        about=target.row.participant_id,
        upheld=upheld,
        reason=reason,
        by=by,
        at=at,
    )
    if upheld and target.status in LIVE:
        end(session, target, reason=LISTING_WRONG, by=by, at=at)
    objections.record_answered(session, LISTINGS, filed, participant=target.row.participant_id, at=at)
    return filed.view


def end_resting_on(
    session: Session, score: str, *, village: str, reason: str = SCORE_WRONG, by: str, at: datetime
) -> list[str]:
    """End the black listings that rest on a score (id) which was taken away; return their ids.

    Those under a clause in words stay: whether something else carries them, people say. Locks each; the
    caller has locked the score's notice.

    Raises:
        ListingNotUp: raised by `end`, and not here: what has ended is left alone.

    And those of `lock_one` and `ledger.record`.

    Example:
        end_resting_on(session, score.id, village="chayuan", by="zhao", at=now)  # ["7qk…"]
    """
    ended = []
    for listing in resting_on(session, score, village=village):
        record = lock_one(session, village, listing)
        if record.status in LIVE:
            end(session, record, reason=reason, by=by, at=at)
            ended.append(listing)
    return ended


def warnings_on(session: Session, score: str, *, village: str) -> list[str]:
    """Return the black listings (ids), proposed or up, that `end_resting_on` would end with this score (id).

    Raises:
        ListingUnknown: raised by `find`, and not here: they were just read.

    Example:
        warnings_on(session, score.id, village="chayuan")  # ["7qk…"]
    """
    rest = resting_on(session, score, village=village)
    return [one for one in rest if find(session, village, one).status in LIVE]


def listing_objections(session: Session, *, village: str, listing: str | None = None) -> list[Objection]:
    """Return the objections to one listing or to all, oldest first.

    Example:
        listing_objections(session, village="chayuan", listing=id)[0].decision  # None while it is open
    """
    return [one.view for one in objections.filed(session, LISTINGS, village=village, subject=listing)]
