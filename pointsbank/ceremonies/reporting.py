"""What one of the four kinds of elders saw: counted tables, cars and days, and whether it was kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import attachments, ledger, panels, roster
from pointsbank.attachments import Attachment
from pointsbank.ceremonies.announcing import lawful
from pointsbank.ceremonies.models import CeremonyReportRow, CeremonyRow
from pointsbank.ceremonies.reading import Report, ceremony_row
from pointsbank.ceremonies.states import (
    ANNOUNCED,
    REPORTED,
    ElderUnfit,
    check_begun,
    check_kin,
    check_stands,
)
from pointsbank.dates import day_of
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.labels.seat_kind import ELDERS
from pointsbank.text import clean, clean_required

OWNER_KIND = "ceremony"


@dataclass(frozen=True, slots=True)
class Elder:
    """One of the four kinds, as a panel knows them or as they are named; `key`: as `report` takes it.

    `kin`: households (ids) of their own and of near relatives, as far as they are known.
    """

    key: str
    kind: str
    name: str
    participant_id: str | None
    kin: frozenset[str]
    panel_id: str | None = None
    member_number: int | None = None


def elders(session: Session, *, village: str, day: date) -> list[Elder]:
    """Return who of the four kinds sits on a panel on a day, by name.

    Example:
        [one.name for one in ceremonies.elders(session, village="chayuan", day=day)]  # ["龙凤泉"]
    """
    found = []
    for panel in panels.panels(session, village=village):
        for member in panel.sitting_on(day):
            if member.seat in ELDERS:
                related = {one.participant_id for one in member.relatives}
                own = {member.participant_id} if member.participant_id else set()
                key = f"{panel.id}:{member.number}"
                kin = frozenset(own | related)
                found.append(
                    Elder(key, member.seat, member.name, member.participant_id, kin, panel.id, member.number)
                )
    return sorted(found, key=lambda one: (one.name, one.key))


def report(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    elder: str = "",
    elder_kind: str = "",
    elder_name: str = "",
    elder_household: str = "",
    tables: int,
    cars: int,
    days: int,
    kept: bool,
    words: str = "",
    photos: Sequence[bytes] = (),
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Report:
    """Record once what an elder saw of an announced occasion that has begun; a meeting decides about it.

    Args:
        elder: the `key` of one of `elders`; or else
        elder_kind, elder_name: one of the four kinds, and the name of somebody on no panel, with
        elder_household: the code of their own household, where it is known.
        tables, cars, days: counted, >= 0.
        kept: as the elder sees it.
        words: at most 200 characters; nothing of opinions, petitions, belief, illness, poverty.
        photos: up to three, bare, as `photos` draws them anew.
        groups: only households of these groups (ids) are there; None for the whole village.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: it was reported, decided or cancelled.
        ReportEarly: it has not begun.
        ElderUnfit: nobody of the four kinds is named.
        OwnCeremony: the elder, or who writes it down, is of the household or a near relative.
        ParticipantUnknown: there is no household with the elder's code.
        TextInvalid: name or words are too long.
        Wording, NamesSomebody: words hold what is said of nobody, or name somebody; as `law.check`.

    And those of `attachments.add` and `ledger.record`.

    Example:
        ceremonies.report(
            session, ceremony_id=id, elder=key, tables=12, cars=6, days=1, kept=True, **common
        ).elder_kind  # "village_elder"
    """
    row = ceremony_row(session, village, ceremony_id, groups=groups, lock=True)
    check_stands(row.status, ANNOUNCED)
    today = day_of(at)
    check_begun(row.held_on, today)
    if elder:
        who = _seated(session, village, elder, today)
    else:
        who = _named(session, village, elder_kind, elder_name, elder_household)
    _check_kin(session, row, who, by=by)
    added = CeremonyReportRow(
        village_id=village,
        ceremony_id=row.id,
        elder_kind=who.kind,
        elder_name=who.name,
        elder_participant_id=who.participant_id,
        panel_id=who.panel_id,
        member_number=who.member_number,
        tables=tables,
        cars=cars,
        days=days,
        kept=kept,
        words=lawful(session, village, clean(words, maximum=200), "说明"),
        reported_on=today,
        reported_at=at,
        reported_by=by,
    )
    session.add(added)
    row.status = REPORTED
    session.flush()
    counted = {"tables": tables, "cars": cars, "days": days, "kept": kept, "elder_kind": who.kind}
    about = {"ceremony": row.id, "participant": row.participant_id, "occasion": row.kind}
    entry = {**about, **counted, "status": row.status}
    ledger.record(session, village=village, kind="ceremony_reported", by=by, at=at, words=entry)
    for photo in photos:
        keep_photo(session, row, photo, by=by, at=at)
    return added.into(Report)


def keep_photo(session: Session, row: CeremonyRow, photo: bytes, *, by: str, at: datetime) -> Attachment:
    """Keep a photo with an announcement; raises what `attachments.add` raises."""
    whose = {"village": row.village_id, "owner_kind": OWNER_KIND, "owner": row.id}
    return attachments.add(session, **whose, content=photo, about=row.participant_id, by=by, at=at)


def _seated(session: Session, village: str, key: str, today: date) -> Elder:
    """Return an elder who sits on a panel.

    Raises:
        ElderUnfit: nobody of the four kinds sits under this key.
    """
    known = {one.key: one for one in elders(session, village=village, day=today)}
    if key not in known:
        raise ElderUnfit()
    return known[key]


def _named(session: Session, village: str, kind: str, name: str, household: str) -> Elder:
    """Return an elder who sits on no panel.

    Raises:
        ElderUnfit: kind or name is missing.
        ParticipantUnknown: there is no household with this code.
        TextInvalid: the name is too long.
    """
    if kind not in ELDERS or not name.strip():
        raise ElderUnfit()
    own = roster.by_code(session, village=village, code=household).id if household.strip() else None
    kin = frozenset({own} if own else ())
    return Elder("", kind, clean_required(name, maximum=60), own, kin)


def _check_kin(session: Session, row: CeremonyRow, elder: Elder, *, by: str) -> None:
    """Refuse who is of the household or a near relative: the elder, and who writes the report down.

    Raises:
        OwnCeremony: it is so.
    """
    person = roster.by_id(session, village=row.village_id, id=row.participant_id)
    who = f"{person.name}（{person.code}）"
    check_kin(person.id, elder.kin, elder=elder.name, who=who)
    # Who is on no panel is known by name alone: the head of the household is certainly of it.
    same_name = elder.participant_id is None and elder.name == person.name
    check_kin(person.id, {person.id} if same_name else (), elder=elder.name, who=who)
    own = panels.kin_of(session, village=row.village_id, staff=by)
    check_kin(person.id, own, elder="登记的人", who=who)


@ledger.describes("ceremony_reported")
def _reported(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 婚事，酒席12桌，用车6辆，1天."""
    occasion = CEREMONY_KIND.name(words["occasion"])
    return f"{occasion}，酒席{words['tables']}桌，用车{words['cars']}辆，{words['days']}天"
