"""Announcing a wedding, a funeral or another occasion, with what is planned, under the next number."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, roster, staff, villages
from pointsbank.ceremonies.limits import Limits, limits_on
from pointsbank.ceremonies.models import CeremonyRow
from pointsbank.ceremonies.reading import Ceremony, view
from pointsbank.ceremonies.states import (
    ANNOUNCED,
    CANCELLED,
    CeremonyOverLimits,
    Planned,
    check_days,
    is_late,
    over_limits,
)
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.law import Use
from pointsbank.text import clean, clean_required

CONTROL = staff.declare(
    staff.Control(
        act="红白事报备与看过",
        controlled="whoever writes down that a household kept its pledge, perhaps one's own",
        controls="an elder who is no relative saw it, the meeting decides, its score hangs as others do",
        where=__name__,
        permissions=(staff.Permission.CEREMONY_ANNOUNCE, staff.Permission.CEREMONY_REPORT),
    )
)


class CeremonyAnnounced(Refused):
    """The household has announced the same for the same day."""

    code = "ceremony_announced"
    sentence = "{who}{day}的{kind}已经报备过，不用再报；有变动的，请打开第{number}号改期或取消。"
    fixed_by = "本人"


def announce(
    session: Session,
    *,
    village: str,
    participant: str,
    kind: str,
    held_on: date,
    last_on: date | None = None,
    place: str,
    tables: int,
    cars: int,
    gift: int | None = None,
    words: str = "",
    confirmed: bool = False,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Ceremony:
    """Record what the participant with this code announces, under the next number; locks the village.

    Args:
        kind: a code of `labels.ceremony_kind`.
        held_on, last_on: the first and the last day, one day unless it is given; within a year of today.
        place: 1 to 60 characters.
        tables, cars: planned, >= 0.
        gift: yuan that guests give as is usual; None where nobody says.
        words: at most 200 characters; nothing of opinions, petitions, belief, illness, poverty.
        confirmed: more than the limits allow is planned, and that is meant.
        groups: only participants of these groups (ids) are there; None for the whole village.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        CeremonyDayInvalid: the days are too far away or too many, or end before they begin.
        CeremonyAnnounced: the same was announced for the same day.
        CeremonyOverLimits: more is planned than the limits of its day allow, unless `confirmed`.
        TextInvalid: the place is empty, or words are too long.
        Wording, NamesSomebody: they hold what is said of nobody, or name somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        ceremonies.announce(
            session, participant="0101", kind="wedding", held_on=day, place=where, tables=9, cars=6, **common
        ).number  # 1
    """
    person = roster.by_code(session, village=village, code=participant, groups=groups)
    villages.lock(session, village=village)
    roster.refuse_closed(session, village=village, participants=[person.id])
    today, until = day_of(at), last_on or held_on
    check_days(held_on, until, today)
    refuse_again(session, village, person, kind, held_on)
    limits = limits_on(session, village=village, day=held_on)
    _check_limits(Planned(tables, cars, (until - held_on).days + 1, gift), limits, confirmed=confirmed)
    row = CeremonyRow(
        village_id=village,
        id=new_id(session),
        number=_next_number(session, village),
        participant_id=person.id,
        kind=kind,
        held_on=held_on,
        last_on=until,
        place=lawful(session, village, clean_required(place, maximum=60), "地点"),
        tables=tables,
        cars=cars,
        gift=gift,
        words=lawful(session, village, clean(words, maximum=200), "说明"),
        limits_number=limits.number if limits else None,
        late=is_late(kind, held_on, today, limits.ahead_days if limits else 0),
        status=ANNOUNCED,
        announced_on=today,
        announced_at=at,
        announced_by=by,
    )
    session.add(row)
    session.flush()
    _record(session, row, by=by, at=at)
    return view(session, row)


def _record(session: Session, row: CeremonyRow, *, by: str, at: datetime) -> None:
    """Tell the log what was announced, but for its words."""
    entry = {
        "ceremony": row.id,
        "number": row.number,
        "participant": row.participant_id,
        "occasion": row.kind,
        "held_on": row.held_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "tables": row.tables,
        "cars": row.cars,
        "gift": row.gift,
        "limits": row.limits_number,
        "late": row.late,
    }
    ledger.record(session, village=row.village_id, kind="ceremony_announced", by=by, at=at, words=entry)


def lawful(session: Session, village: str, words: str, field: str) -> str:
    """Return words that are said of nobody in particular.

    Raises:
        Wording, NamesSomebody: as `law.check`.
    """
    if words:
        law.check(words, Use.FACT, field=field, people=governing.named_people(session, village=village))
    return words


def _check_limits(planned: Planned, limits: Limits | None, *, confirmed: bool) -> None:
    """Say what is over the limits, unless that was said.

    Raises:
        CeremonyOverLimits: something is.
    """
    over = over_limits(planned, limits.bounds) if limits else []
    if over and not confirmed:
        raise CeremonyOverLimits(over="、".join(over))


def _next_number(session: Session, village: str) -> int:
    row = CeremonyRow
    return (session.exec(select(func.max(row.number)).where(row.in_village(village))).one() or 0) + 1


def refuse_again(
    session: Session, village: str, person: roster.Participant, kind: str, held_on: date
) -> None:
    """Refuse what the household announced for that day already.

    Raises:
        CeremonyAnnounced: it did.
    """
    row = CeremonyRow
    same = (
        row.in_village(village),
        col(row.participant_id) == person.id,
        col(row.kind) == kind,
        col(row.held_on) == held_on,
        col(row.status) != CANCELLED,
    )
    if (earlier := session.exec(select(row).where(*same)).first()) is not None:
        raise CeremonyAnnounced(
            who=f"{person.name}（{person.code}）",
            day=held_on,
            kind=CEREMONY_KIND.name(kind),
            number=earlier.number,
        )


@ledger.describes("ceremony_announced")
def _announced(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第3号，婚事，2026-10-01."""
    return f"第{words['number']}号，{CEREMONY_KIND.name(words['occasion'])}，{words['held_on']}"
