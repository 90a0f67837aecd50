"""The second look: what was put right is done with, what was not goes to a meeting."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, panels
from pointsbank.dates import day_of
from pointsbank.inspections.reading import Inspection, fault_rows, inspection_row, view
from pointsbank.inspections.states import check_kin, check_recheck
from pointsbank.labels.fault_status import FAULT_STATUS


def recheck(
    session: Session,
    *,
    village: str,
    inspection_id: str,
    found: Mapping[int, str],
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Inspection:
    """Write down what has become of each fault, once; only what is left unmended goes to a meeting.

    Locks the inspection.

    Args:
        found: one of `LOOKED` for each fault's number.
        groups: only households of these groups (ids) are there; None for the whole village.

    Raises:
        InspectionUnknown: there is no such inspection.
        OwnHousehold: the household is the inspector's own or a near relative's.
        LookedAgain, RecheckIncomplete, RecheckEarly: as `check_recheck`.

    And those of `ledger.record`.

    Example:
        inspections.recheck(
            session, village="cy", inspection_id=id, found={1: "put_right"}, by="qian", at=now
        ).looked_on
    """
    row = inspection_row(session, village, inspection_id, groups=groups, lock=True)
    faults = fault_rows(session, village, [row.id])
    numbers = [one.number for one in faults]
    now = view(session, row)
    check_kin(
        row.participant_id, panels.kin_of(session, village=village, staff=by), f"{now.name}（{now.code}）"
    )
    check_recheck(numbers, found, due_on=row.due_on, looked=row.looked_at is not None, today=day_of(at))
    for one in faults:
        one.status = found[one.number]
    row.looked_on, row.looked_at, row.looked_by = day_of(at), at, by
    session.flush()
    entry = {
        "inspection": row.id,
        "participant": row.participant_id,
        "found": [found[number] for number in numbers],
    }
    ledger.record(session, village=village, kind="inspection_looked_again", by=by, at=at, words=entry)
    return view(session, row)


@ledger.describes("inspection_looked_again")
def _looked(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 已整改1处，没有整改1处."""
    counted = Counter(words["found"])
    return "，".join(f"{FAULT_STATUS.name(status)}{number}处" for status, number in counted.items())
