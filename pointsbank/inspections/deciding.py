"""The meeting decides about faults that were left: scored, or not with a reason; or they wait again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import claims, governing, law, ledger, roster, scoring, staff
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid
from pointsbank.inspections.models import InspectionDecisionRow, InspectionFaultRow, InspectionRow
from pointsbank.inspections.reading import InspectionUnknown, fault_of_score, fault_rows, inspection_row
from pointsbank.inspections.states import DECLINED, LEFT, PUT_BACK, TAKEN, check_left
from pointsbank.labels.fault_decision import FAULT_DECISION
from pointsbank.law import Use
from pointsbank.points import Points
from pointsbank.scoring import Score, ScoreRow
from pointsbank.text import clean_required

_STATUS_AFTER = {TAKEN: TAKEN, DECLINED: DECLINED, PUT_BACK: LEFT}

CONTROL = staff.declare(
    staff.Control(
        act="巡查与复查",
        controlled="whoever writes down a fault at somebody's door, or overlooks one at a friend's",
        controls="own and relatives' households are another's, the meeting decides, its score hangs",
        where=__name__,
        permissions=(staff.Permission.INSPECTION_MAKE,),
    )
)

FaultKey = tuple[str, int]
"""An inspection (id) and the number of one of its faults."""


class NothingTicked(Invalid):
    """No fault was chosen."""

    code = "no_fault_chosen"
    sentence = "请至少勾选一处没有整改的问题，再录入。"
    fixed_by = "本人"
    at = ("faults",)


def take_over(
    session: Session,
    *,
    village: str,
    faults: Sequence[FaultKey],
    meeting: str,
    points: Points | None = None,
    confirmed: bool = False,
    by: str,
    at: datetime,
) -> list[Score]:
    """Enter faults that were not put right as scores of an open meeting, all or none, each once.

    Locks the inspections by id, then what `scoring.enter_scores` locks.

    Args:
        points: the meeting's mark, for items that are judged.
        confirmed: the deeds were judged already, and these are others.

    Raises:
        NothingTicked: no fault is named.
        InspectionUnknown: there is no such inspection or fault.
        FaultNotLeft: one was put right, is decided, or was not looked at again.

    And those of `scoring.enter_scores` and `ledger.record`.

    Example:
        inspections.take_over(session, village="cy", faults=[(id, 1)], meeting=meeting.id, by="li", at=now)
    """
    chosen = sorted(set(faults))
    if not chosen:
        raise NothingTicked()
    found = [_left(session, village, key) for key in chosen]
    ids = {row.participant_id for row, _ in found}
    people = roster.by_ids(session, village=village, ids=ids)
    deeds = [
        ScoreRow(
            people[row.participant_id].code,
            fault.item_code,
            row.inspected_on,
            None if fault.quantity is None else Decimal(fault.quantity) / 100,
            points,
            # What was found dirty has a day by which it is due: a CHECK of the table.
            f"巡查交办，限{day_in_words(row.due_on or row.inspected_on)}前整改，复查没有整改",
            place,
        )
        for place, (row, fault) in enumerate(found, start=1)
    ]
    scores = scoring.enter_scores(
        session, village=village, meeting=meeting, rows=deeds, confirmed=confirmed, by=by, at=at
    )
    for (row, fault), score in zip(found, scores, strict=True):
        _decide(session, row, fault, TAKEN, meeting=meeting, score=score.id, by=by, at=at)
    return scores


def decline(
    session: Session,
    *,
    village: str,
    inspection_id: str,
    fault: int,
    meeting: str,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """Decide in an open meeting that a fault is not scored, with a reason.

    Args:
        reason: 1 to 200 characters.

    Raises:
        InspectionUnknown: there is no such inspection or fault.
        FaultNotLeft: it was put right, is decided, or was not looked at again.
        MeetingUnknown, MeetingClosed: there is no such meeting, or it has ended.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it holds what is said of nobody, or a name of the village; as `law.check`.

    And those of `ledger.record`.

    Example:
        inspections.decline(
            session, village="cy", inspection_id=id, fault=1, meeting=id, reason="下雨路不通", by="li", at=now
        )
    """
    row, left = _left(session, village, (inspection_id, fault))
    why = clean_required(reason, maximum=200)
    people = governing.named_people(session, village=village)
    law.check(why, Use.FACT, field="理由", people=people)
    if scoring.meeting(session, village=village, meeting_id=meeting).status != "open":
        raise scoring.problems.MeetingClosed()
    _decide(session, row, left, DECLINED, meeting=meeting, reason=why, by=by, at=at)


def withdraw_score(
    session: Session, *, village: str, score: str, reason: str = "", by: str, at: datetime
) -> Score:
    """Withdraw a score while its meeting is open; the fault or the claim that it came from waits again.

    Raises what `claims.withdraw_score` raises, and InspectionUnknown as `inspection_row`.

    Example:
        inspections.withdraw_score(session, village="cy", score=id, by="li", at=now).status  # "withdrawn"
    """
    key = fault_of_score(session, village=village, score=score)
    # The inspection before the score, as `take_over` locks them.
    row = inspection_row(session, village, key[0], lock=True) if key is not None else None
    withdrawn = claims.withdraw_score(session, village=village, score=score, reason=reason, by=by, at=at)
    if row is not None and key is not None:
        fault = _fault(session, row, key[1])
        _decide(session, row, fault, PUT_BACK, meeting=withdrawn.meeting_id, score=score, by=by, at=at)
    return withdrawn


def _left(session: Session, village: str, key: FaultKey) -> tuple[InspectionRow, InspectionFaultRow]:
    """Return a fault that waits for a meeting, its inspection locked.

    Raises:
        InspectionUnknown, FaultNotLeft: there is none.
    """
    row = inspection_row(session, village, key[0], lock=True)
    fault = _fault(session, row, key[1])
    check_left(fault.status, fault.item_title)
    return row, fault


def _fault(session: Session, row: InspectionRow, number: int) -> InspectionFaultRow:
    for one in fault_rows(session, row.village_id, [row.id]):
        if one.number == number:
            return one
    raise InspectionUnknown()


def _decide(
    session: Session,
    row: InspectionRow,
    fault: InspectionFaultRow,
    kind: str,
    *,
    meeting: str,
    score: str | None = None,
    reason: str = "",
    by: str,
    at: datetime,
) -> None:
    """Write a decision, how the fault stands after it, and an entry in the log."""
    decided = InspectionDecisionRow
    mine = (
        decided.in_village(row.village_id),
        col(decided.inspection_id) == row.id,
        col(decided.fault) == fault.number,
    )
    number = session.exec(select(func.count()).select_from(decided).where(*mine)).one() + 1
    added = decided(
        village_id=row.village_id,
        inspection_id=row.id,
        fault=fault.number,
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
    fault.status = _STATUS_AFTER[kind]
    session.flush()
    words = {
        "inspection": row.id,
        "fault": fault.number,
        "participant": row.participant_id,
        "title": fault.item_title,
        "status": fault.status,
        "number": number,
        "decision": kind,
        "meeting": meeting,
        "score": score,
    }
    ledger.record(session, village=row.village_id, kind="inspection_decided", by=by, at=at, words=words)


@ledger.describes("inspection_decided")
def _decided(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 门前乱堆杂物：采纳评分."""
    return f"{words['title']}：{FAULT_DECISION.name(words['decision'])}"
