"""Settling a notice: what nobody contested is posted to the ledger, exactly once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.notices import SETTLED, Notice, found, view


class NoticeStillOpen(Refused):
    """The notice still hangs: nothing is posted before everybody had their days."""

    code = "notice_still_open"
    sentence = "公示到 {ends_on} 结束，请从 {from_day} 起再办理入账。"


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling did: scores posted now and still contested; `already` when done before."""

    notice: Notice
    posted: int
    contested: int
    already: bool


def settle(session: Session, *, village: str, notice: str, by: str, at: datetime) -> Settled:
    """Post what stands of a notice whose days are over; a second call posts nothing and says so.

    Locks the notice first: two people settling at once wait here, and the second finds it done.
    """
    row = found(session, village, notice, lock=True)
    today = day_of(at)
    if today <= row.ends_on:
        raise NoticeStillOpen(ends_on=row.ends_on, from_day=row.ends_on + timedelta(days=1))
    of_meeting = {"village": village, "meeting": row.meeting_id}
    contested = len(scoring.score_ids(session, **of_meeting, status=scoring.CONTESTED))
    if row.status == SETTLED:
        return Settled(view(row), 0, contested, True)
    standing = scoring.score_ids(session, **of_meeting, status=scoring.PUBLISHED)
    if standing:
        scoring.settle_scores(session, village=village, scores=standing, by=by, at=at)
    row.status, row.settled_on, row.settled_at, row.settled_by = SETTLED, today, at, by
    session.flush()
    return Settled(view(row), len(standing), contested, False)
