"""Answering: who has the role says what hangs, or why nothing does; a further answer corrects the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, staff, villages
from pointsbank.dates import day_of
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_status import QUESTION_STATUS
from pointsbank.law import Cleared, Use
from pointsbank.questions.models import QuestionAnswerRow, QuestionRow
from pointsbank.questions.reading import Question, question_row, view
from pointsbank.questions.recording import MAXIMUM, about
from pointsbank.questions.states import (
    PUBLISHED,
    UNPUBLISHED,
    check_answerer,
    check_open,
    check_passer,
    check_reason,
    check_role,
    check_stands,
    last_shown,
)
from pointsbank.text import clean, clean_required

CONTROL = staff.declare(
    staff.Control(
        act="答复村民提问",
        controlled="whoever answers could keep a question from the board, or answer for another",
        controls="the role that was named answers; what does not hang is counted there, its reason logged",
        where=__name__,
        permissions=(staff.Permission.QUESTION_ANSWER,),
    )
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A question and its answer as they would hang."""

    question: Cleared
    answer: Cleared


def preview(
    session: Session, *, village: str, question_id: str, words: str, question_words: str = ""
) -> Preview:
    """Return how a question and its answer would hang; writes nothing.

    Args:
        words: the answer, 1 to 500 characters.
        question_words: a neutral wording of the question; empty: its own words.

    Raises:
        QuestionUnknown: there is none.
        QuestionWithdrawn: who asked took it back.
        TextInvalid: the answer is empty, or something is too long.
        Wording, NamesSomebody: one of them may not hang; as `law.clear`.

    Example:
        questions.preview(session, village="cy", question_id=id, words="用在清运上").question
    """
    row = question_row(session, village, question_id)
    check_stands(row.status)
    return _cleared(session, row, words, question_words)


def answer(
    session: Session,
    *,
    village: str,
    question_id: str,
    words: str,
    question_words: str = "",
    published: bool = True,
    reason: str | None = None,
    by: str,
    at: datetime,
) -> Question:
    """Answer a question: both hang for the village's days, or neither does; the same twice is one answer.

    What was answered before stays; the last answer is the one that counts. Locks the question.

    Args:
        words: the answer, 1 to 500 characters; what does not hang stays inside, whomever it names.
        question_words: a neutral wording of the question; empty: its own words.
        reason: why it does not hang, a code of `labels.unpublished_reason`.

    Raises:
        QuestionUnknown: there is none.
        QuestionWithdrawn: who asked took it back.
        OthersAnswer: `by` does not have the role that answers.
        AnswerUnclear: it hangs and has a reason not to, or has none.
        TextInvalid: the answer is empty, or something is too long.
        Wording, NamesSomebody: one of them may not hang; as `law.clear`.

    And those of `villages.settings` and `ledger.record`.

    Example:
        questions.answer(
            session, village="cy", question_id=id, words="用在清运上", by="li", at=now
        ).status  # "published"
    """
    row = question_row(session, village, question_id, lock=True)
    check_stands(row.status)
    check_answerer(row.role, _roles(session, village, by))
    why = check_reason(published, reason)
    if published:
        shown = _cleared(session, row, words, question_words)
        asked, reply = str(shown.question), str(shown.answer)
    else:
        asked, reply = "", clean_required(words, maximum=MAXIMUM, lines=True)
    last = _last(session, row)
    if last is not None and (last.question_words, last.words, last.reason) == (asked, reply, why):
        return view(session, row)
    days = villages.settings(session, village=village).question_shown_days
    added = QuestionAnswerRow(
        village_id=village,
        question_id=row.id,
        number=last.number + 1 if last else 1,
        question_words=asked,
        words=reply,
        published=published,
        reason=why,
        role=row.role,
        shown_until=last_shown(day_of(at), days),
        answered_on=day_of(at),
        answered_at=at,
        answered_by=by,
    )
    session.add(added)
    row.status = PUBLISHED if published else UNPUBLISHED
    session.flush()
    _record(session, row, added)
    return view(session, row)


def pass_on(
    session: Session, *, village: str, question_id: str, role: str, by: str, at: datetime
) -> Question:
    """Let another role answer a question that waits, as who has it or administrates; its day stays.

    Args:
        role: a code of `labels.answering_role`.

    Raises:
        QuestionUnknown: there is none.
        QuestionWithdrawn, QuestionAnswered: it does not wait.
        OthersPassOn: `by` has another role that answers, and does not administrate.
        AnsweringRoleUnknown: no such role answers.

    And those of `ledger.record`.

    Example:
        questions.pass_on(session, village="cy", question_id=id, role="supervisor", by="li", at=now).role
    """
    row = question_row(session, village, question_id, lock=True)
    check_open(row.status, row.role)
    check_passer(row.role, _roles(session, village, by))
    if check_role(role) == row.role:
        return view(session, row)
    old, row.role = row.role, role
    session.flush()
    entry = about(row) | {"old": old, "role": role}
    ledger.record(session, village=village, kind="question_passed_on", by=by, at=at, words=entry)
    return view(session, row)


def _cleared(session: Session, row: QuestionRow, words: str, question_words: str) -> Preview:
    """Return both as they may hang.

    Raises:
        TextInvalid: the answer is empty, or something is too long.
        Wording, NamesSomebody: as `law.clear`.
    """
    people = governing.named_people(session, village=row.village_id)
    asked = clean(question_words, maximum=MAXIMUM, lines=True) or row.words
    reply = clean_required(words, maximum=MAXIMUM, lines=True)
    return Preview(
        law.clear(asked, Use.FACT, field="提问", people=people, at=("question_words",)),
        law.clear(reply, Use.FACT, field="答复", people=people, at=("words",)),
    )


def _roles(session: Session, village: str, by: str) -> frozenset[str]:
    """Return what somebody is in the whole village."""
    for one in staff.everyone(session, village=village):
        if one.staff.id == by:
            return frozenset(role.value for role in one.roles_in(village))
    return frozenset()


def _last(session: Session, row: QuestionRow) -> QuestionAnswerRow | None:
    """Return the answer that stands."""
    answered = QuestionAnswerRow
    mine = (answered.in_village(row.village_id), col(answered.question_id) == row.id)
    return session.exec(select(answered).where(*mine).order_by(col(answered.number).desc())).first()


def _record(session: Session, row: QuestionRow, added: QuestionAnswerRow) -> None:
    """Tell the log that it was answered, but for the words."""
    entry = about(row) | {
        "answer": added.number,
        "status": row.status,
        "published": added.published,
        "reason": added.reason,
        "role": added.role,
        "shown_until": added.shown_until.isoformat(),
    }
    at, by = added.answered_at, added.answered_by
    ledger.record(session, village=row.village_id, kind="question_answered", by=by, at=at, words=entry)


@ledger.describes("question_answered")
def _answered(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 提问第3号，第2次答复：已公开答复."""
    again = f"，第{words['answer']}次答复" if words["answer"] > 1 else ""
    return f"提问第{words['number']}号{again}：{QUESTION_STATUS.name(words['status'])}"


@ledger.describes("question_passed_on")
def _passed_on(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第3号，转村务监督答复."""
    return f"第{words['number']}号，转{ANSWERING_ROLE.name(words['role'])}答复"
