"""Raising an objection, answering it in writing, reading it, and taking its words out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from pointsbank import ledger, staff, villages, working_days
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Problem, Refused
from pointsbank.objections.columns import AnswerColumns, ObjectionColumns
from pointsbank.objections.recorders import check_another_decides, check_not_kin, check_not_recorder
from pointsbank.text import ERASED, clean_required

OPEN, UPHELD, REJECTED = "open", "upheld", "rejected"

_CHUNK = 500
"""Ids in one query."""


class ObjectionUnknown(NotFound):
    """There is no such objection in this village."""

    code = "objection_unknown"
    sentence = "没有找到这条异议，请从列表中重新选择。"
    fixed_by = "本人"


class ObjectionDecided(Refused):
    """The objection has been answered; the answer stays."""

    code = "objection_decided"
    sentence = "这条异议已经书面答复，答复不能修改。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection to the thing `subject` (id); `decision` is the written answer, due by `due_on`."""

    id: str
    subject: str
    raised_by: str
    reason: str
    raised_on: date
    due_on: date
    status: str
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None

    def overdue_on(self, day: date) -> bool:
        """Return whether the answer is late on this day."""
        return self.status == OPEN and day > self.due_on


Row = TypeVar("Row", bound=ObjectionColumns)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Row]):
    """One kind of thing that can be objected to: its word, its two tables, the refusals that name the thing.

    `thing` is a code of `labels.objection_subject`.
    """

    thing: str
    objections: type[Row]
    answers: type[AnswerColumns]
    already_open: type[Problem]
    own_work: type[Problem]


@dataclass(frozen=True, slots=True)
class Filed(Generic[Row]):
    """An objection and its answer as they are stored; no answer means that it is open."""

    row: Row
    answer: AnswerColumns | None

    @property
    def view(self) -> Objection:
        """The objection as others see it."""
        row, answer = self.row, self.answer
        return row.into(
            Objection,
            subject=row.subject_id,
            status=status(answer.upheld if answer else None),
            decided_by=answer.decided_by if answer else None,
            decided_at=answer.decided_at if answer else None,
            decision=answer.decision if answer else None,
        )


def status(upheld: bool | None) -> str:
    """Return the word for an objection that was upheld, rejected, or not answered yet (None).

    >>> [status(answer) for answer in (None, True, False)]
    ['open', 'upheld', 'rejected']
    """
    if upheld is None:
        return OPEN
    return UPHELD if upheld else REJECTED


def file(
    session: Session,
    kind: Kind[Row],
    *,
    village: str,
    subject: str,
    made_by: str,
    raised_by: str,
    reason: str,
    by: str,
    at: datetime,
    **own: str,
) -> Filed[Row]:
    """Record an objection to the thing `subject` (id), to be answered within the village's working days.

    The caller has locked the thing. `own` are the columns that only this kind has.

    Args:
        raised_by: who objects, in words; somebody who gives no name is said to be so (匿名, 口头).

    Raises:
        Problem: `kind.already_open`: an earlier objection to the same thing has no answer yet.
        NobodyElseDecides: only `by` could answer it.
        TextInvalid: the reason, or who raised it, is empty or too long.

    And those of `villages.settings`.

    Example:
        file(
            session,
            LISTINGS,
            village="chayuan",
            subject=listing.id,
            made_by=listing.proposed_by,
            raised_by="王建国",
            reason="已清理",
            by="zhao",
            at=now,
        ).view.status  # "open"
    """
    earlier = filed(session, kind, village=village, subject=subject)
    if any(one.answer is None for one in earlier):
        raise kind.already_open()
    check_another_decides(session, village, by=by)
    days = villages.settings(session, village=village).objection_working_days
    # It binds the committee: where a notice is not known yet, the answer is due on the first day it may be.
    due = working_days.term(day_of(at), days, working_days.calendar(session)).earliest
    row = kind.objections(
        village_id=village,
        id=new_id(session),
        subject_id=subject,
        number=len(earlier) + 1,
        made_by=made_by,
        raised_by=clean_required(raised_by, maximum=60),
        reason=clean_required(reason, maximum=500, lines=True),
        recorded_by=by,
        raised_on=day_of(at),
        raised_at=at,
        due_on=due,
        **own,
    )
    session.add(row)
    session.flush()
    return Filed(row, None)


def answer(
    session: Session,
    kind: Kind[Row],
    *,
    village: str,
    objection: str,
    about: str,
    upheld: bool,
    reason: str,
    by: str,
    at: datetime,
) -> Filed[Row]:
    """Record the written answer; the caller has locked the thing, which is about a participant (id).

    Raises:
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        RecorderCannotDecide: `by` wrote the objection down.
        AnsweredByKin: `by` is of that household, or near kin.
        Problem: `kind.own_work`: `by` made the thing.
        TextInvalid: the reason is empty or too long.

    And those of `staff.independence.check_own`.

    Example:
        answer(session, LISTINGS, village="cy", about=wang.id, **given, by="zhao", at=now).view.status
    """
    found = find(session, kind, village=village, objection=objection)
    if found.answer is not None:
        raise ObjectionDecided()
    if by == found.row.made_by:
        raise kind.own_work()
    check_not_recorder(recorded_by=found.row.recorded_by, by=by)
    check_not_kin(session, village, about, by=by)
    # Whoever runs things may not speak for who runs nothing: not through a login that he has in hand.
    staff.independence.check_own(session, who=by, at=at)
    row = kind.answers(
        village_id=village,
        objection_id=objection,
        made_by=found.row.made_by,
        upheld=upheld,
        decided_by=by,
        decided_at=at,
        decision=clean_required(reason, maximum=500, lines=True),
    )
    session.add(row)
    session.flush()
    return Filed(found.row, row)


def find(session: Session, kind: Kind[Row], *, village: str, objection: str) -> Filed[Row]:
    """Return one objection (id).

    Raises:
        ObjectionUnknown: there is no such objection.

    Example:
        find(session, LISTINGS, village="chayuan", objection=id).row.subject_id  # "7qk…"
    """
    found = _read(session, kind, village, col(kind.objections.id) == objection)
    if not found:
        raise ObjectionUnknown()
    return found[0]


def filed(
    session: Session, kind: Kind[Row], *, village: str, subject: str | None = None, only_open: bool = False
) -> list[Filed[Row]]:
    """Return the objections to one thing (id) or to all of this kind, oldest first.

    Args:
        only_open: those that wait for an answer.

    Example:
        filed(session, LISTINGS, village="chayuan", subject=listing.id)[0].answer  # None while it is open
    """
    about = [] if subject is None else [col(kind.objections.subject_id) == subject]
    if only_open:
        about.append(col(kind.answers.objection_id).is_(None))
    return _read(session, kind, village, *about)


def open_subjects(session: Session, kind: Kind[Row], *, village: str) -> frozenset[str]:
    """Return the things (ids) of which an objection waits for its answer.

    Example:
        open_subjects(session, LISTINGS, village="chayuan")  # {"7qk…"}
    """
    return ledger.kept(
        session,
        village=village,
        about=("open objections", kind.thing),
        make=lambda: frozenset(
            one.row.subject_id for one in filed(session, kind, village=village, only_open=True)
        ),
        size=len,
        but_sales=True,
    )


def forget(session: Session, kind: Kind[Row], *, village: str, subjects: Sequence[str]) -> None:
    """Put a placeholder for every word of the objections to these things (ids) and of their answers.

    Example:
        forget(session, LISTINGS, village="chayuan", subjects=["7qk…"])
    """
    for start in range(0, len(subjects), _CHUNK):
        some = col(kind.objections.subject_id).in_(subjects[start : start + _CHUNK])
        for one in _read(session, kind, village, some):
            one.row.raised_by = one.row.reason = ERASED
            if one.answer is not None:
                one.answer.decision = ERASED
    session.flush()


def _read(
    session: Session, kind: Kind[Row], village: str, *conditions: ColumnElement[bool]
) -> list[Filed[Row]]:
    """Return objections of this kind under these conditions with their answers, oldest first."""
    row, reply = kind.objections, kind.answers
    own = and_(reply.in_village_of(row), col(reply.objection_id) == col(row.id))
    query = select(row, reply).outerjoin(reply, own).where(row.in_village(village), *conditions)
    found = session.exec(query.order_by(col(row.raised_at), col(row.id)))
    return [Filed(objection, given) for objection, given in found]
