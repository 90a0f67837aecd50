"""A keeper's own rounds (巡查记录): which place on which day, and what was done there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, roster
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.keepers.models import KeeperPatrolRow
from pointsbank.roster import Participant
from pointsbank.text import clean, clean_required

KEEPER = "keeper"
EARLIEST_DAYS = 366


class NotKeeper(Invalid):
    """The participant is no keeper."""

    code = "not_keeper"
    sentence = "{name}不是管护员：请先在花名册里把类别改成“管护员”，或者换一个户号。"
    fixed_by = "村委"
    at = ("keeper",)


class KeeperDayInvalid(Invalid):
    """A day that is yet to come, or so long past that it is a slip of the pen."""

    code = "keeper_day_invalid"
    sentence = "日期“{day}”有误：不能晚于今天，也不能早于一年以前，请重新填写。"
    at = ("patrolled_on", "checked_on", "decided_on", "due_on")


class PatrolKnown(Refused):
    """The round of this place on this day is written down."""

    code = "keeper_patrol_known"
    sentence = "这一天{place}的巡查已经登记过，一天一处登记一次。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Patrol:
    """A round of a keeper (id)."""

    id: str
    participant_id: str
    place: str
    patrolled_on: date
    words: str
    recorded_at: datetime
    recorded_by: str


def record_patrol(
    session: Session,
    *,
    village: str,
    keeper: str,
    place: str,
    patrolled_on: date,
    words: str = "",
    by: str,
    at: datetime,
) -> Patrol:
    """Write down a keeper's round of a place on a day; the same again is one round.

    Args:
        keeper: code of the keeper.
        place: 1 to 40 characters.
        words: what was found and done, at most 200 characters; they stay inside.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        NotKeeper: it is no keeper.
        TextInvalid: a text is empty or too long.
        KeeperDayInvalid: the day is yet to come.
        PatrolKnown: there is one of that place and day with other words.

    And those of `ledger.record`.

    Example:
        keepers.record_patrol(session, keeper="G01", place="村口", patrolled_on=today, **common).id
    """
    who = find_keeper(session, village=village, code=keeper)
    spot, note = clean_required(place, maximum=40), clean(words, maximum=200)
    check_day(patrolled_on, at, "patrolled_on")
    # Of two who write the same round down at once the second sees the first one's.
    ledger.lock_accounts(session, village=village, participants=[who.id])
    row = KeeperPatrolRow
    known = session.exec(
        select(row).where(
            row.in_village(village),
            col(row.participant_id) == who.id,
            col(row.patrolled_on) == patrolled_on,
            col(row.place) == spot,
        )
    ).first()
    if known is not None:
        if known.words != note:
            raise PatrolKnown(place=spot)
        return known.into(Patrol)
    made = KeeperPatrolRow(
        village_id=village,
        id=new_id(session),
        participant_id=who.id,
        place=spot,
        patrolled_on=patrolled_on,
        words=note,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(made)
    session.flush()
    entry = {
        "patrol": made.id,
        "participant": who.id,
        "place": spot,
        "patrolled_on": patrolled_on.isoformat(),
    }
    ledger.record(session, village=village, kind="keeper_patrolled", by=by, at=at, words=entry)
    return made.into(Patrol)


def check_day(day: date, at: datetime, field: str) -> None:
    """Raise unless something may have been done in a keeper's place on a day.

    Raises:
        KeeperDayInvalid: it is yet to come, or more than a year past.
    """
    if not day_of(at) - timedelta(days=EARLIEST_DAYS) <= day <= day_of(at):
        raise KeeperDayInvalid(day=day.isoformat(), at=(field,))


def find_keeper(session: Session, *, village: str, code: str) -> Participant:
    """Return a keeper by code, who has not ended.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        NotKeeper: it is no keeper.

    Example:
        keepers.find_keeper(session, village="chayuan", code="G01").name  # "周福生"
    """
    who = roster.by_code(session, village=village, code=code)
    if who.kind != KEEPER:
        raise NotKeeper(name=who.name)
    roster.refuse_closed(session, village=village, participants=[who.id])
    return who


@ledger.describes("keeper_patrolled")
def _patrolled(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return who went where on which day."""
    return f"{names(words['participant'])}，{words['patrolled_on']}，{words['place']}"
