"""The meeting decides whether it was kept; what is scored for it the committee chooses, or nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import inspections, ledger, roster, scoring
from pointsbank.ceremonies.announcing import lawful
from pointsbank.ceremonies.models import CeremonyDecisionRow, CeremonyReportRow, CeremonyRow
from pointsbank.ceremonies.reading import ceremony_of_score, ceremony_row
from pointsbank.ceremonies.states import (
    KEPT,
    NOT_KEPT,
    PUT_BACK,
    REPORTED,
    ReasonMissing,
    check_item,
    check_stands,
)
from pointsbank.dates import day_of
from pointsbank.labels.ceremony_decision import CEREMONY_DECISION
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.points import Points
from pointsbank.scoring import Score, ScoreRow
from pointsbank.text import clean

_STATUS_AFTER = {KEPT: KEPT, NOT_KEPT: NOT_KEPT, PUT_BACK: REPORTED}


def decide(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    meeting: str,
    kept: bool,
    item: str = "",
    quantity: Decimal | None = None,
    points: Points | None = None,
    reason: str = "",
    confirmed: bool = False,
    by: str,
    at: datetime,
) -> Score | None:
    """Decide in an open meeting, once, whether it was kept; with an item, enter that as a score.

    Locks the announcement, then what `scoring.enter_scores` locks.

    Args:
        item: code or title of an item in force on the first day: one that gives points where it was kept, one
            that takes them where not; empty for no score.
        quantity, points: what the item needs, the meeting's own mark.
        reason: at most 200 characters; needed where the elder saw it otherwise.
        confirmed: the deed was judged already, and this is another.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: nobody has reported it, or it is decided.
        ReasonMissing: the elder saw it otherwise, and no reason is given.
        TextInvalid: the reason is too long.
        Wording, NamesSomebody: it holds what is said of nobody, or names somebody; as `law.check`.
        MeetingUnknown, MeetingClosed: there is no such meeting, or it has ended.
        SchemeUnknown: no rules were in force on its day.
        CeremonyItemUnfit: the item does not follow from what is decided.
        ParticipantUnknown: raised by `by_id`.

    And those of `scoring.enter_scores` and `ledger.record`.

    Example:
        ceremonies.decide(session, ceremony_id=id, meeting=meeting.id, kept=True, item="A7", **common)
    """
    row = ceremony_row(session, village, ceremony_id, lock=True)
    check_stands(row.status, REPORTED)
    why = lawful(session, village, clean(reason, maximum=200), "理由")
    seen = session.get(CeremonyReportRow, (village, row.id))
    if seen is not None and seen.kept != kept and not why:
        raise ReasonMissing()
    if scoring.meeting(session, village=village, meeting_id=meeting).status != "open":
        raise scoring.problems.MeetingClosed()
    score = None
    if item:
        chosen = check_item(_item(session, village, item, row.held_on), named=item, kept=kept)
        person = roster.by_id(session, village=village, id=row.participant_id)
        note = f"红白事报备第{row.number}号，{CEREMONY_DECISION.name(KEPT if kept else NOT_KEPT)}"
        deed = ScoreRow(person.code, chosen.code, row.held_on, quantity, points, note)
        [score] = scoring.enter_scores(
            session, village=village, meeting=meeting, rows=[deed], confirmed=confirmed, by=by, at=at
        )
    _decide(
        session,
        row,
        KEPT if kept else NOT_KEPT,
        meeting=meeting,
        score=score.id if score else None,
        reason=why,
        by=by,
        at=at,
    )
    return score


def put_back(session: Session, *, village: str, ceremony_id: str, by: str, at: datetime) -> None:
    """Take a decision back while its meeting is open, with its score if it has one; it waits again.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: nothing is decided.
        MeetingUnknown, MeetingClosed: there is no such meeting, or it has ended.

    And those of `scoring.withdraw_score` and `ledger.record`.

    Example:
        ceremonies.put_back(session, ceremony_id=id, **common)
    """
    row = ceremony_row(session, village, ceremony_id, lock=True)
    check_stands(row.status, KEPT, NOT_KEPT)
    decided = CeremonyDecisionRow
    mine = select(decided).where(decided.in_village(village), col(decided.ceremony_id) == row.id)
    last = session.exec(mine.order_by(col(decided.number).desc())).first()
    if last is None or scoring.meeting(session, village=village, meeting_id=last.meeting_id).status != "open":
        raise scoring.problems.MeetingClosed()
    if last.score_id is not None:
        scoring.withdraw_score(session, village=village, score=last.score_id, by=by, at=at)
    _decide(session, row, PUT_BACK, meeting=last.meeting_id, score=last.score_id, by=by, at=at)


def withdraw_score(
    session: Session, *, village: str, score: str, reason: str = "", by: str, at: datetime
) -> Score:
    """Withdraw a score while its meeting is open; what it came from, an announcement perhaps, waits again.

    Raises what `inspections.withdraw_score` raises, and CeremonyUnknown as `ceremony_row`.

    Example:
        ceremonies.withdraw_score(session, village="cy", score=id, by="li", at=now).status  # "withdrawn"
    """
    found = ceremony_of_score(session, village=village, score=score)
    # The announcement before the score, as `decide` locks them.
    row = ceremony_row(session, village, found, lock=True) if found is not None else None
    withdrawn = inspections.withdraw_score(session, village=village, score=score, reason=reason, by=by, at=at)
    if row is not None:
        _decide(session, row, PUT_BACK, meeting=withdrawn.meeting_id, score=score, by=by, at=at)
    return withdrawn


def _item(session: Session, village: str, named: str, day: date) -> scoring.Item | None:
    """Return the item of this code or title in force on the day; raises SchemeUnknown."""
    known = scoring.items(session, village=village, day=day)
    return next((one for one in known if named.strip() in (one.code, one.title)), None)


def _decide(
    session: Session,
    row: CeremonyRow,
    kind: str,
    *,
    meeting: str,
    score: str | None,
    reason: str = "",
    by: str,
    at: datetime,
) -> None:
    """Write a decision, how the announcement stands after it, and an entry in the log."""
    decided = CeremonyDecisionRow
    mine = (decided.in_village(row.village_id), col(decided.ceremony_id) == row.id)
    number = session.exec(select(func.count()).select_from(decided).where(*mine)).one() + 1
    added = decided(
        village_id=row.village_id,
        ceremony_id=row.id,
        number=number,
        kind=kind,
        meeting_id=meeting,
        score_id=score,
        reason=reason,
        decided_on=day_of(at),
        decided_at=at,
        decided_by=by,
    )
    session.add(added)
    row.status = _STATUS_AFTER[kind]
    session.flush()
    words = {
        "ceremony": row.id,
        "participant": row.participant_id,
        "occasion": row.kind,
        "status": row.status,
        "number": number,
        "decision": kind,
        "meeting": meeting,
        "score": score,
    }
    ledger.record(session, village=row.village_id, kind="ceremony_decided", by=by, at=at, words=words)


@ledger.describes("ceremony_decided")
def _decided(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 婚事：遵守约定."""
    return f"{CEREMONY_KIND.name(words['occasion'])}：{CEREMONY_DECISION.name(words['decision'])}"
