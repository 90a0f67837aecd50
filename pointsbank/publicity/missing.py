"""Deeds that an objection found missing: each becomes a line of the next meeting."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from pointsbank import roster, scoring
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.objections import Filed
from pointsbank.points import Points
from pointsbank.publicity.models import MissingDeedRow, ScoreObjectionRow
from pointsbank.scoring import Score, ScoreRow, ShouldBe


class MissingDeedUnknown(NotFound):
    """No objection found such a deed missing."""

    code = "missing_deed_unknown"
    sentence = "没有找到这件漏记的事，请从评议会的“漏记待补”里选。"
    fixed_by = "本人"


class MissingDeedEntered(Refused):
    """It was entered before."""

    code = "missing_deed_entered"
    sentence = "这件漏记的事已经补上了，不用再录。"
    fixed_by = "本人"


class MissingDeedSame(Invalid):
    """The deed that was left out is, word for word, the one that was scored."""

    code = "missing_deed_same"
    sentence = (
        "没有写明漏记的是哪一件：请填它的条目、日期或哪一户；次数、分值记少了的，选“成立，改成应该是的样子”。"
    )
    at = ("item", "occurred_on", "participant")


@dataclass(frozen=True, slots=True)
class MissingDeed:
    """A deed that was left out, with its item's code and title; `score`: the one (id) that made up for it."""

    objection: str
    participant_id: str
    code: str
    name: str
    item: str
    title: str
    occurred_on: date
    quantity: int | None
    points: Points | None
    score: str | None


def note_missing(
    session: Session,
    filed: Filed[ScoreObjectionRow],
    target: Score,
    missing: ShouldBe,
    *,
    village: str,
    at: datetime,
) -> None:
    """Keep a deed that was left out for the next meeting.

    Raises:
        CorrectionInvalid: it cannot be judged: no such household or item, a day without rules.
        ParticipantClosed: the household has ended.
        MissingDeedSame: it is the deed that was scored.
    """
    new = scoring.new_version(session, target, missing, village=village, at=at)
    roster.refuse_closed(session, village=village, participants=[new.participant.id])
    deed = (new.participant.id, new.item.id, new.occurred_on)
    if deed == (target.participant_id, target.item_id, target.occurred_on):
        raise MissingDeedSame()
    row = MissingDeedRow(
        village_id=village,
        objection_id=filed.row.id,
        participant_id=new.participant.id,
        item_code=new.item.code,
        occurred_on=new.occurred_on,
        quantity=missing.quantity,
        points=missing.points,
    )
    session.add(row)
    session.flush()


def missing_deeds(session: Session, *, village: str) -> list[MissingDeed]:
    """Return the deeds that no meeting has made up for, by day; none of a household that has ended.

    Example:
        publicity.missing_deeds(session, village="chayuan")[0].item  # "清扫"
    """
    waits = (MissingDeedRow.in_village(village), col(MissingDeedRow.score_id).is_(None))
    order = (col(MissingDeedRow.occurred_on), col(MissingDeedRow.objection_id))
    rows = session.exec(select(MissingDeedRow).where(*waits).order_by(*order)).all()
    people = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    titles = scoring.titles(session, village=village) if rows else {}
    found = [_view(row, people[row.participant_id], titles.get(row.item_code, row.item_code)) for row in rows]
    # Nothing can be entered for it any more; since its end asks for these first, there are only old ones.
    return [one for one in found if people[one.participant_id].status != "closed"]


def enter_missing(
    session: Session, *, village: str, objection: str, meeting: str, by: str, at: datetime
) -> Score:
    """Enter a deed that was left out into the minutes of an open meeting, once.

    Raises:
        MissingDeedUnknown: no such deed waits.
        MissingDeedEntered: a meeting has made up for it.
        BadRows, MeetingUnknown, MeetingClosed: and the other refusals of `scoring.enter_scores`.
        ParticipantUnknown: raised by `by_id`.

    Example:
        publicity.enter_missing(session, village="chayuan", objection=id, meeting=meeting.id, by="li", at=now)
    """
    row = session.get(MissingDeedRow, (village, objection), with_for_update=True, populate_existing=True)
    if row is None:
        raise MissingDeedUnknown()
    if row.score_id is not None:
        raise MissingDeedEntered()
    person = roster.by_id(session, village=village, id=row.participant_id)
    quantity = None if row.quantity is None else Decimal(row.quantity) / 100
    points = None if row.points is None else Points(row.points)
    deed = ScoreRow(person.code, row.item_code, row.occurred_on, quantity, points, "异议成立，补记")
    entered = scoring.enter_scores(session, village=village, meeting=meeting, rows=[deed], by=by, at=at)
    row.score_id = entered[0].id
    session.flush()
    return entered[0]


def _view(row: MissingDeedRow, person: roster.Participant, title: str) -> MissingDeed:
    """Return a row with whose deed it is and what its item is called."""
    return row.into(
        MissingDeed,
        objection=row.objection_id,
        code=person.code,
        name=person.name,
        item=row.item_code,
        title=title,
        points=None if row.points is None else Points(row.points),
        score=row.score_id,
    )
