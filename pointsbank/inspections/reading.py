"""Finding inspections: one, what is due for a second look, what waits for a meeting."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.errors import NotFound
from pointsbank.inspections.models import InspectionDecisionRow, InspectionFaultRow, InspectionRow
from pointsbank.inspections.states import LEFT, TAKEN
from pointsbank.prepared import chunks


class InspectionUnknown(NotFound):
    """There is no such inspection, or it is none of this person's business."""

    code = "inspection_unknown"
    sentence = "没有找到这次巡查，请从“巡查”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `quantity` in hundredths, `status` a code of `labels.fault_status`."""

    inspection_id: str
    number: int
    item_code: str
    item_title: str
    quantity: int | None
    status: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A household as it was found; `due_on` is None where nothing was to be put right."""

    id: str
    round_id: str
    participant_id: str
    code: str
    name: str
    group: str
    verdict: str
    words: str
    due_on: date | None
    inspected_on: date
    inspected_at: datetime
    inspected_by: str
    looked_on: date | None
    looked_at: datetime | None
    looked_by: str | None
    faults: tuple[Fault, ...]

    @property
    def state(self) -> str:
        """How far it is, a code of `labels.inspection_state`."""
        if self.due_on is None:
            return "no_faults"
        return "handed_over" if self.looked_on is None else "looked_again"

    @property
    def key(self) -> str:
        """What names it in forms."""
        return self.id


@dataclass(frozen=True, slots=True)
class FaultLeft:
    """A fault that was not put right and waits for a meeting, with the inspection that found it."""

    inspection: Inspection
    fault: Fault

    @property
    def key(self) -> str:
        """What names it in forms: the inspection's id and the fault's number."""
        return f"{self.inspection.id}-{self.fault.number}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided about a fault, a code of `labels.fault_decision`; `score`: the score (id)."""

    inspection_id: str
    fault: int
    number: int
    kind: str
    meeting_id: str
    score_id: str | None
    reason: str
    decided_at: datetime
    decided_by: str


def inspection(
    session: Session, *, village: str, inspection_id: str, groups: Collection[str] | None = None
) -> Inspection:
    """Return one inspection.

    Args:
        groups: only households of these groups (ids) are there; None for the whole village.

    Raises:
        InspectionUnknown: the village, or these groups of it, have none.

    Example:
        inspections.inspection(session, village="cy", inspection_id=id).verdict  # "dirty"
    """
    return view(session, inspection_row(session, village, inspection_id, groups=groups))


def due_again(session: Session, *, village: str, groups: Collection[str] | None = None) -> list[Inspection]:
    """Return the households whose faults wait for a second look, by the day given.

    Args:
        groups: as `inspection`.

    Example:
        [one.code for one in inspections.due_again(session, village="cy") if one.due_on <= today]
    """
    row = InspectionRow
    waits = (row.in_village(village), col(row.due_on).is_not(None), col(row.looked_at).is_(None))
    found = _views(session, village, session.exec(select(row).where(*waits)).all(), groups=groups)
    return sorted(found, key=lambda one: one.due_on or date.max)


def of_participant(session: Session, *, village: str, participant: str) -> list[Inspection]:
    """Return how a household (id) was found, the latest first.

    Example:
        inspections.of_participant(session, village="cy", participant=wang.id)[0].verdict  # "clean"
    """
    row = InspectionRow
    mine = select(row).where(row.in_village(village), col(row.participant_id) == participant)
    found = _views(session, village, session.exec(mine).all())
    return sorted(found, key=lambda one: one.inspected_at, reverse=True)


def faults_left(session: Session, *, village: str) -> list[FaultLeft]:
    """Return the faults that wait for a meeting, by household.

    Example:
        inspections.faults_left(session, village="cy")[0].fault.item_title  # "门前乱堆杂物"
    """
    fault = InspectionFaultRow
    mine = select(fault).where(fault.in_village(village), col(fault.status) == LEFT)
    ids = {one.inspection_id for one in session.exec(mine)}
    row = InspectionRow
    rows: list[InspectionRow] = []
    for some in chunks(sorted(ids)):
        rows += session.exec(select(row).where(row.in_village(village), col(row.id).in_(some))).all()
    found = _views(session, village, rows)
    return [FaultLeft(one, each) for one in found for each in one.faults if each.status == LEFT]


def count_left(session: Session, *, village: str) -> int:
    """Return how many faults wait for a meeting.

    Example:
        inspections.count_left(session, village="cy")  # 3
    """
    fault = InspectionFaultRow
    mine = (fault.in_village(village), col(fault.status) == LEFT)
    return session.exec(select(func.count()).select_from(fault).where(*mine)).one()


def decisions(session: Session, *, village: str, inspection_id: str) -> list[Decision]:
    """Return what was decided about the faults of an inspection, by fault and in order.

    Example:
        inspections.decisions(session, village="cy", inspection_id=id)[-1].kind  # "taken"
    """
    row = InspectionDecisionRow
    mine = select(row).where(row.in_village(village), col(row.inspection_id) == inspection_id)
    rows = session.exec(mine.order_by(col(row.fault), col(row.number)))
    return [one.into(Decision) for one in rows]


def fault_of_score(session: Session, *, village: str, score: str) -> tuple[str, int] | None:
    """Return the inspection (id) and number of the fault that a score (id) came from, or None.

    Example:
        inspections.fault_of_score(session, village="cy", score=id)  # ("7qk…", 1)
    """
    row = InspectionDecisionRow
    mine = (row.in_village(village), col(row.score_id) == score, col(row.kind) == TAKEN)
    found = session.exec(select(row).where(*mine)).first()
    return None if found is None else (found.inspection_id, found.fault)


def inspection_row(
    session: Session,
    village: str,
    inspection_id: str,
    *,
    groups: Collection[str] | None = None,
    lock: bool = False,
) -> InspectionRow:
    """Return the row of an inspection, locked where that is asked for.

    Raises:
        InspectionUnknown: as `inspection`.
    """
    # PostgreSQL compares no text that holds a NUL.
    if "\x00" in inspection_id:
        raise InspectionUnknown()
    key = (village, inspection_id)
    row = session.get(InspectionRow, key, with_for_update=lock, populate_existing=lock)
    if row is None:
        raise InspectionUnknown()
    person = roster.by_ids(session, village=village, ids={row.participant_id})[row.participant_id]
    if not roster.is_within(person, groups):
        raise InspectionUnknown()
    return row


def fault_rows(session: Session, village: str, ids: Iterable[str]) -> list[InspectionFaultRow]:
    """Return the rows of the faults of some inspections (ids), by number."""
    fault, found = InspectionFaultRow, list[InspectionFaultRow]()
    for some in chunks(sorted(ids)):
        mine = select(fault).where(fault.in_village(village), col(fault.inspection_id).in_(some))
        found += session.exec(mine.execution_options(populate_existing=True)).all()
    return sorted(found, key=lambda one: (one.inspection_id, one.number))


def view(session: Session, row: InspectionRow) -> Inspection:
    """Return a row with whose household it is and its faults."""
    return _views(session, row.village_id, [row])[0]


def _views(
    session: Session,
    village: str,
    rows: Sequence[InspectionRow],
    *,
    groups: Collection[str] | None = None,
) -> list[Inspection]:
    """Return rows as inspections, by household and time."""
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in rows})
    mine = [one for one in rows if roster.is_within(people[one.participant_id], groups)]
    faults: dict[str, list[Fault]] = {one.id: [] for one in mine}
    for each in fault_rows(session, village, faults):
        faults[each.inspection_id].append(each.into(Fault))
    ordered = sorted(mine, key=lambda one: (people[one.participant_id].sort_key, one.inspected_at, one.id))
    found = []
    for one in ordered:
        person = people[one.participant_id]
        named = {"code": person.code, "name": person.name, "group": person.group}
        found.append(one.into(Inspection, **named, faults=tuple(faults[one.id])))
    return found
