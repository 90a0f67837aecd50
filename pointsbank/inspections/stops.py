"""The households of a round in walking order, with what was found at each and whom one leaves to others."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import panels, roster
from pointsbank.inspections.models import InspectionFaultRow, InspectionRow
from pointsbank.inspections.order import walking_order
from pointsbank.inspections.rounds import round_row


@dataclass(frozen=True, slots=True)
class Stop:
    """A household of a round, in walking order.

    Attributes:
        place: from 1.
        inspection: what was found there (id), or empty; `verdict` and `faults` with it.
        is_own: the inspector's own or a near relative's: another goes there.
    """

    place: int
    code: str
    name: str
    address: str
    participant_id: str
    is_own: bool
    inspection: str = ""
    verdict: str = ""
    faults: int = 0

    @property
    def waits(self) -> bool:
        """Whether this inspector still goes there."""
        return not self.inspection and not self.is_own


def stops(session: Session, *, village: str, round_id: str, by: str) -> list[Stop]:
    """Return the households of a round in walking order, with what was found at each.

    Args:
        by: who walks (id of the account): own and relatives' households are marked.

    Raises:
        RoundUnknown: there is no such round.

    Example:
        [one.code for one in inspections.stops(session, village="cy", round_id=id, by=qian.id) if one.waits]
    """
    row = round_row(session, village, round_id)
    kin = panels.kin_of(session, village=village, staff=by)
    seen = {one.participant_id: one for one in _seen(session, village, round_id)}
    numbers = _fault_numbers(session, village, round_id)
    people = walking_order(session, village=village, group=row.group_id)
    known = {one.id for one in people}
    # Who moved away or closed since is still what this round found.
    gone = roster.by_ids(session, village=village, ids=set(seen) - known)
    people += sorted(gone.values(), key=lambda one: one.sort_key)
    found = []
    for place, one in enumerate(people, start=1):
        here = seen.get(one.id)
        found.append(
            Stop(
                place,
                one.code,
                one.name,
                one.address,
                one.id,
                one.id in kin,
                here.id if here else "",
                here.verdict if here else "",
                numbers.get(here.id, 0) if here else 0,
            )
        )
    return found


def _seen(session: Session, village: str, round_id: str) -> list[InspectionRow]:
    row = InspectionRow
    return list(session.exec(select(row).where(row.in_village(village), col(row.round_id) == round_id)).all())


def _fault_numbers(session: Session, village: str, round_id: str) -> dict[str, int]:
    """Return how many faults each inspection (id) of a round found."""
    fault, one = InspectionFaultRow, InspectionRow
    query = (
        select(fault.inspection_id, func.count())
        .join(one, one.in_village_of(fault) & (col(one.id) == col(fault.inspection_id)))
        .where(fault.in_village(village), col(one.round_id) == round_id)
        .group_by(col(fault.inspection_id))
    )
    return dict(session.exec(query).all())
