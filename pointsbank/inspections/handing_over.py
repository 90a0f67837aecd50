"""Handing over: how a household was found, its faults, and by which day they are put right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, panels, points, roster, scoring
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.inspections.models import InspectionFaultRow, InspectionRow
from pointsbank.inspections.order import HOUSEHOLD
from pointsbank.inspections.photos import keep_photo
from pointsbank.inspections.reading import Inspection, view
from pointsbank.inspections.rounds import lock_round
from pointsbank.inspections.states import (
    asks_number,
    check_due_day,
    check_fault,
    check_kin,
    check_verdict,
    inspectable,
    is_tidiness,
)
from pointsbank.labels.inspection_verdict import INSPECTION_VERDICT
from pointsbank.law import Use
from pointsbank.roster import Participant
from pointsbank.scoring import Item
from pointsbank.text import clean


class HouseholdInspected(Refused):
    """The household was looked at in this round, perhaps by another inspector a moment ago."""

    code = "household_inspected"
    sentence = "{who}这一轮已经看过（{verdict}），没有再记一次。请看下一户。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class NewFault:
    """A fault that is ticked: the item's code, and how many where it is counted."""

    item: str
    number: Decimal | None = None


def inspectable_items(session: Session, *, village: str, day: date) -> list[tuple[Item, bool]]:
    """Return the items under which a fault may be found at a household, each with whether it is counted.

    Those about what stands in sight of the door come first, then by the scheme's own order.

    Raises:
        SchemeUnknown: no rules are in force on this day.

    Example:
        [item.title for item, _ in inspections.inspectable_items(session, village="cy", day=today)]
    """
    known = [
        one
        for one in scoring.items(session, village=village, day=day)
        if inspectable(one) and scoring.applies(one, HOUSEHOLD)
    ]
    ordered = sorted(known, key=lambda one: not is_tidiness(one))
    return [(one, _counted(one)) for one in ordered]


def hand_over(
    session: Session,
    *,
    village: str,
    round_id: str,
    participant: str,
    verdict: str,
    faults: Sequence[NewFault] = (),
    due_on: date | None = None,
    words: str = "",
    photos: Sequence[bytes] = (),
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Inspection:
    """Write down how the household with this code was found, and hand its faults over to be put right.

    Locks the round, so that of two inspectors at one door the second one is told.

    Args:
        verdict: one of `VERDICTS`.
        due_on: by when faults are put right; tomorrow to 60 days ahead, without meaning where there are none.
        words: at most 200 characters; nothing of opinions, petitions, belief, illness, poverty.
        photos: up to three, bare, as `photos` draws them anew.
        groups: only these groups (ids) are there for who inspects; None for the whole village.

    Raises:
        RoundUnknown, RoundEnded: there is no such round, or it has ended.
        ParticipantUnknown: no such household lives in the group.
        OwnHousehold: it is the inspector's own or a near relative's.
        HouseholdInspected: it was looked at in this round.
        VerdictUnfit, PutRightDayInvalid, FaultUnfit: as `states` says.
        SchemeUnknown: no rules are in force today.
        TextInvalid, Wording, NamesSomebody: the words are too long or not for here; as `law.check`.
        PointsInvalid: a number has more than two decimals.

    And those of `attachments.add` and `ledger.record`.

    Example:
        inspections.hand_over(
            session, village="cy", round_id=id, participant="0101", verdict="clean", by="qian", at=now
        ).faults  # ()
    """
    group = lock_round(session, village, round_id, groups=groups).group_id
    person = roster.by_code(session, village=village, code=participant, groups={group})
    roster.refuse_closed(session, village=village, participants=[person.id])
    who, today = f"{person.name}（{person.code}）", day_of(at)
    check_kin(person.id, panels.kin_of(session, village=village, staff=by), who)
    _refuse_again(session, village, round_id, person, who)
    check_verdict(verdict, len(faults))
    due = check_due_day(due_on, today, len(faults))
    checked = _checked(session, village, faults, person, who, today) if faults else []
    written = clean(words, maximum=200)
    if written:
        people = governing.named_people(session, village=village)
        law.check(written, Use.FACT, field="说明", people=people)
    row = InspectionRow(
        village_id=village,
        id=new_id(session),
        round_id=round_id,
        participant_id=person.id,
        verdict=verdict,
        words=written,
        due_on=due,
        inspected_on=today,
        inspected_at=at,
        inspected_by=by,
    )
    session.add(row)
    session.flush()
    session.add_all(_fault_row(row, number, one) for number, one in enumerate(checked, start=1))
    session.flush()
    entry = {
        "inspection": row.id,
        "round": round_id,
        "participant": person.id,
        "verdict": verdict,
        "due_on": None if due is None else due.isoformat(),
        "faults": [[item.code, quantity] for item, quantity in checked],
    }
    ledger.record(session, village=village, kind="inspection_made", by=by, at=at, words=entry)
    for photo in photos:
        keep_photo(session, row, photo, by=by, at=at)
    return view(session, row)


def _counted(item: Item) -> bool:
    return asks_number(item, needs_quantity=scoring.needs(item) == scoring.QUANTITY)


def _checked(
    session: Session, village: str, faults: Sequence[NewFault], person: Participant, who: str, today: date
) -> list[tuple[Item, int | None]]:
    """Return the faults with their items; raises FaultUnfit, SchemeUnknown, PointsInvalid."""
    known = {one.code: one for one in scoring.items(session, village=village, day=today)}
    found: dict[str, tuple[Item, int | None]] = {}
    for one in faults:
        item = known.get(one.item)
        counted = item is not None and inspectable(item) and _counted(item)
        number = None if one.number is None or not counted else int(points.parse(one.number))
        fits = item is not None and scoring.applies(item, person.kind)
        check_fault(item, named=one.item, fits=fits, number=number, counted=counted, who=who)
        if item is not None:
            found[item.code] = (item, number)
    return list(found.values())


def _fault_row(row: InspectionRow, number: int, fault: tuple[Item, int | None]) -> InspectionFaultRow:
    item, quantity = fault
    return InspectionFaultRow(
        village_id=row.village_id,
        inspection_id=row.id,
        number=number,
        item_code=item.code,
        item_title=item.title,
        quantity=quantity,
    )


def _refuse_again(session: Session, village: str, round_id: str, person: Participant, who: str) -> None:
    """Refuse a household that was looked at in this round; raises HouseholdInspected."""
    row = InspectionRow
    mine = (
        row.in_village(village),
        col(row.round_id) == round_id,
        col(row.participant_id) == person.id,
    )
    if (earlier := session.exec(select(row).where(*mine)).first()) is not None:
        raise HouseholdInspected(who=who, verdict=INSPECTION_VERDICT.name(earlier.verdict))


@ledger.describes("inspection_made")
def _made(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 不清洁，2处问题，2026-09-08前整改."""
    found = INSPECTION_VERDICT.name(words["verdict"])
    return f"{found}，{len(words['faults'])}处问题，{words['due_on']}前整改" if words["faults"] else found
