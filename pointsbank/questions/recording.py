"""Writing down what somebody asks, under the next number; and taking it back for who asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import ledger, roster, staff, villages, working_days
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.questions.models import QuestionRow
from pointsbank.questions.reading import Question, question_row, view
from pointsbank.questions.states import COUNTER, OPEN, WITHDRAWN, check_role
from pointsbank.text import clean_required

MAXIMUM = 500
"""Characters of a question, and of an answer."""

CONTROL = staff.declare(
    staff.Control(
        act="登记村民提问",
        controlled="whoever writes down a question could leave it, or make one up",
        controls="the public board counts what waits and since when; whoever asked by card sees it there",
        where=__name__,
        permissions=(staff.Permission.QUESTION_RECORD,),
    )
)


def record(
    session: Session,
    *,
    village: str,
    kind: str,
    words: str,
    participant: str | None = None,
    way: str = COUNTER,
    role: str | None = None,
    by: str,
    at: datetime,
) -> Question:
    """Record what somebody asks, in their own words; the same that waits already is not asked twice.

    Locks the village.

    Args:
        kind: a code of `labels.question_kind`.
        words: as they were spoken, 1 to 500 characters: they stay inside, whomever they name.
        participant: whose question it is (code); None for somebody who gives no name.
        way: a code of `labels.question_way`.
        role: who answers, a code of `labels.answering_role`; None for whom the village chose.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        AnsweringRoleUnknown: no such role answers.
        TextInvalid: the words are empty or too long.

    And those of `villages.lock`, `villages.settings` and `ledger.record`.

    Example:
        questions.record(
            session, village="cy", kind="question", words="卫生费用在哪里了", by="chen", at=now
        ).due_on  # date(2026, 9, 10)
    """
    who = roster.by_code(session, village=village, code=participant) if participant else None
    quoted = clean_required(words, maximum=MAXIMUM, lines=True)
    villages.lock(session, village=village)
    if who is not None:
        roster.refuse_closed(session, village=village, participants=[who.id])
    if (same := _waiting_same(session, village, kind, who.id if who else None, quoted)) is not None:
        return view(session, same)
    chosen = villages.settings(session, village=village)
    days = working_days.term(day_of(at), chosen.question_working_days, working_days.calendar(session))
    row = QuestionRow(
        village_id=village,
        id=new_id(session),
        number=_next_number(session, village),
        kind=kind,
        participant_id=who.id if who else None,
        words=quoted,
        way=way,
        role=check_role(role or chosen.question_role),
        status=OPEN,
        # It binds who answers: where a notice of days off is not known yet, the first day that it may be.
        due_on=days.earliest,
        asked_on=day_of(at),
        asked_at=at,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    entry = about(row) | {
        "way": row.way,
        "role": row.role,
        "due_on": row.due_on.isoformat(),
    }
    ledger.record(session, village=village, kind="question_asked", by=by, at=at, words=entry)
    return view(session, row)


def withdraw(
    session: Session,
    *,
    village: str,
    question_id: str,
    participant: str | None = None,
    by: str,
    at: datetime,
) -> Question:
    """Take a question back for who asked: it is not answered any more, and hangs no longer.

    Args:
        participant: only a question of this household (id) is there; None for whoever stands at the counter.

    Raises:
        QuestionUnknown: there is none.

    And those of `ledger.record`.

    Example:
        questions.withdraw(session, village="cy", question_id=id, by="chen", at=now).status  # "withdrawn"
    """
    row = question_row(session, village, question_id, participant=participant, lock=True)
    if row.status == WITHDRAWN:
        return view(session, row)
    row.status, row.withdrawn_at, row.withdrawn_by = WITHDRAWN, at, by
    session.flush()
    entry = about(row) | {"status": row.status}
    ledger.record(session, village=village, kind="question_withdrawn", by=by, at=at, words=entry)
    return view(session, row)


def about(row: QuestionRow) -> dict[str, Any]:
    """Return what every entry says of a question: nothing of its words."""
    return {
        "question": row.id,
        "number": row.number,
        "participant": row.participant_id,
        "asked_as": row.kind,
    }


def _waiting_same(
    session: Session, village: str, kind: str, participant: str | None, words: str
) -> QuestionRow | None:
    """Return what is asked just so and waits: a form that was sent twice."""
    row = QuestionRow
    whose = col(row.participant_id)
    same = (
        row.in_village(village),
        col(row.status) == OPEN,
        col(row.kind) == kind,
        whose.is_(None) if participant is None else whose == participant,
        col(row.words) == words,
    )
    return session.exec(select(row).where(*same)).first()


def _next_number(session: Session, village: str) -> int:
    row = QuestionRow
    return (session.exec(select(func.max(row.number)).where(row.in_village(village))).one() or 0) + 1


@ledger.describes("question_asked")
def _asked(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 疑问第3号，由村务监督答复."""
    who = ANSWERING_ROLE.name(words["role"])
    return f"{QUESTION_KIND.name(words['asked_as'])}第{words['number']}号，由{who}答复"


@ledger.describes("question_withdrawn")
def _withdrawn(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第3号，疑问."""
    return f"第{words['number']}号，{QUESTION_KIND.name(words['asked_as'])}"
