"""Codes by which a judge marks on the own telephone: shown once, taken once, gone with the meeting.

A code has nine digits, so that elders can type it; guessing is throttled where it is typed. The telephone
that takes it gets a long secret for it, and from then on the digits open nothing.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.scoring.attendance import attendance
from pointsbank.scoring.case_problems import JudgeAway, MarkCodeWrong, MarkingOver
from pointsbank.scoring.mark_models import MarkCodeRow
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.meetings import lock_open
from pointsbank.scoring.models import AttendanceRow
from pointsbank.scoring.voiding import void_code
from pointsbank.text import narrow

DIGITS = 9


class JudgeAtPhone(NamedTuple):
    """Whose telephone it is: the meeting, the place in its minutes, the name, and who showed the code."""

    meeting: str
    title: str
    position: int
    name: str
    shown_by: str


def show_code(session: Session, *, village: str, meeting: str, position: int, by: str, at: datetime) -> str:
    """Make a code for a judge who is present, to be shown once; the one before is void. Locks the meeting.

    Args:
        position: the judge's place in the minutes, >= 1.

    Raises:
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
        JudgeAway: nobody who is present stands there.
        VillageUnknown: raised by `record`.

    Example:
        scoring.show_code(session, village="cy", meeting=id, position=2, by="li", at=now)  # "482913057"
    """
    lock_open(session, village=village, meeting=meeting)
    people = attendance(session, village=village, meeting=meeting)
    judge = next((one for one in people if one.position == position and one.role == "judge"), None)
    if judge is None:
        raise JudgeAway()
    void_code(session, village=village, meeting=meeting, position=position)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = MarkCodeRow(
        village_id=village,
        meeting_id=meeting,
        position=position,
        digest=_digest(code),
        shown_by=by,
        shown_at=at,
    )
    session.add(row)
    session.flush()
    words = {"meeting": meeting, "position": position, "judge": judge.name}
    ledger.record(session, village=village, kind="mark_code_shown", by=by, at=at, words=words)
    return code


def take_code(session: Session, *, village: str, code: str, at: datetime) -> str:
    """Take a code for one telephone, once; return the secret by which the telephone is known from then on.

    Args:
        code: as typed: spaces between the digits and wide digits are no mistake.

    Raises:
        MarkCodeWrong: no present judge of an open meeting has it, or a telephone took it already.

    Example:
        scoring.take_code(session, village="cy", code="482 913 057", at=now)
    """
    typed = "".join(narrow(code).split())
    secret = secrets.token_urlsafe(24)
    mine = (
        update(MarkCodeRow)
        .where(
            MarkCodeRow.in_village(village),
            col(MarkCodeRow.digest) == _digest(typed),
            col(MarkCodeRow.taken_at).is_(None),
        )
        .values(digest=None, phone=_digest(secret), taken_at=at)
        .returning(col(MarkCodeRow.position))
    )
    if len(typed) != DIGITS or execute(session, mine).first() is None:
        raise MarkCodeWrong()
    try:
        judge_at_phone(session, village=village, secret=secret)
    except MarkingOver:
        raise MarkCodeWrong() from None
    return secret


def judge_at_phone(session: Session, *, village: str, secret: str) -> JudgeAtPhone:
    """Return whose telephone it is that has this secret.

    Raises:
        MarkingOver: nobody's any more: the meeting closed, the judge went, or another code was shown.

    Example:
        scoring.judge_at_phone(session, village="cy", secret=secret).position  # 2
    """
    query = (
        select_columns(
            col(MarkCodeRow.meeting_id),
            col(MeetingRow.title),
            col(MarkCodeRow.position),
            col(AttendanceRow.name),
            col(MarkCodeRow.shown_by),
        )
        .join(
            AttendanceRow,
            AttendanceRow.in_village_of(MarkCodeRow)
            & (col(AttendanceRow.meeting_id) == col(MarkCodeRow.meeting_id))
            & (col(AttendanceRow.position) == col(MarkCodeRow.position)),
        )
        .join(
            MeetingRow,
            MeetingRow.in_village_of(MarkCodeRow) & (col(MeetingRow.id) == col(MarkCodeRow.meeting_id)),
        )
        .where(
            MarkCodeRow.in_village(village),
            col(MarkCodeRow.phone) == _digest(secret),
            col(AttendanceRow.role) == "judge",
            col(MeetingRow.status) == "open",
        )
    )
    found = execute(session, query).first() if secret else None
    if found is None:
        raise MarkingOver()
    return JudgeAtPhone._make(found)


def phones(session: Session, *, village: str, meeting: str) -> dict[int, bool]:
    """Return for which judges of a meeting a code was shown, by their places: True once a telephone took it.

    Example:
        scoring.phones(session, village="cy", meeting=id)  # {1: True, 2: False}
    """
    query = select(MarkCodeRow.position, MarkCodeRow.taken_at).where(
        MarkCodeRow.in_village(village), col(MarkCodeRow.meeting_id) == meeting
    )
    return {position: taken is not None for position, taken in session.exec(query)}


def _digest(given: str) -> str:
    return hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()


@ledger.describes("mark_code_shown")
def _shown(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 给龙凤泉出示打分码."""
    return f"给{words['judge']}出示打分码"
