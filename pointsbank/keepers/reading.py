"""Reads keepers' rounds and checks: means of a stretch of days, and who failed three times running."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.keepers.checking import CheckUnknown
from pointsbank.keepers.models import KeeperCheckRow, KeeperDecisionRow, KeeperFaultRow, KeeperPatrolRow
from pointsbank.keepers.patrolling import Patrol
from pointsbank.keepers.rules import RUNNING, Checked, failed_running, mean
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class Fault:
    """Faults of one item: how many, what they took in hundredths, whether they were put right."""

    position: int
    faults: int
    lost: Points
    status: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided after failed checks running."""

    words: str
    resolution: str
    decided_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a keeper's (id) place; `score` in hundredths."""

    id: str
    participant_id: str
    list_number: int
    place: str
    checked_on: date
    checker: str
    score: Points
    failed: bool
    words: str
    due_on: date | None
    recorded_at: datetime
    recorded_by: str
    looked_on: date | None
    looked_by: str | None
    struck_at: datetime | None
    struck_by: str | None
    struck_why: str
    faults: tuple[Fault, ...] = field(default=())
    decision: Decision | None = None

    @property
    def is_struck(self) -> bool:
        """Whether it counts no more."""
        return self.struck_at is not None

    @property
    def waits_again(self) -> bool:
        """Whether a second look is still to come."""
        return self.due_on is not None and self.looked_on is None and self.struck_at is None


def checks(
    session: Session,
    *,
    village: str,
    keeper: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Check]:
    """Return checks, the latest first: all, of one keeper (id), or from one day to another; struck ones too.

    Example:
        keepers.checks(session, village="chayuan", keeper=zhou.id)[0].score  # 8500
    """
    row = KeeperCheckRow
    conditions: list[Any] = [row.in_village(village)]
    if keeper is not None:
        conditions.append(col(row.participant_id) == keeper)
    if first is not None:
        conditions.append(col(row.checked_on) >= first)
    if last is not None:
        conditions.append(col(row.checked_on) <= last)
    query = select(row).where(row.in_village(village), *conditions)
    rows = session.exec(
        query.order_by(col(row.checked_on).desc(), col(row.recorded_at).desc(), col(row.id))
    ).all()
    return _with_more(session, village, rows)


def one_check(session: Session, *, village: str, check: str, keeper: str | None = None) -> Check:
    """Return one check by its id, of this keeper (id) where one is named.

    Raises:
        CheckUnknown: there is none.

    Example:
        keepers.one_check(session, village="chayuan", check="7qk…").faults  # (Fault(…),)
    """
    row = session.get(KeeperCheckRow, (village, check))
    if row is None or keeper not in (None, row.participant_id):
        raise CheckUnknown()
    return _with_more(session, village, [row])[0]


def patrols(
    session: Session, *, village: str, keeper: str | None = None, limit: int | None = None
) -> list[Patrol]:
    """Return keepers' rounds, the latest first: all, or of one keeper (id).

    Example:
        keepers.patrols(session, village="chayuan")[0].place  # "村口"
    """
    row = KeeperPatrolRow
    query = select(row).where(row.in_village(village))
    if keeper is not None:
        query = query.where(col(row.participant_id) == keeper)
    query = query.order_by(col(row.patrolled_on).desc(), col(row.id)).limit(limit)
    return [one.into(Patrol) for one in session.exec(query)]


def mean_scores(session: Session, *, village: str, first: date, last: date) -> dict[str, Points]:
    """Return the mean of each keeper's (id) checks from one day to another, both included, in hundredths.

    Example:
        keepers.mean_scores(session, village="chayuan", first=first, last=last)  # {"7qk…": 8550}
    """
    row = KeeperCheckRow
    query = select(row.participant_id, row.score).where(
        row.in_village(village),
        col(row.checked_on).between(first, last),
        col(row.struck_at).is_(None),
    )
    scores: dict[str, list[int]] = defaultdict(list)
    for participant, score in session.exec(query):
        scores[participant].append(score)
    return {participant: mean(found) for participant, found in scores.items()}


def failing(session: Session, *, village: str) -> dict[str, list[Check]]:
    """Return who (id) failed three checks running or more since people last decided, with these checks.

    Example:
        keepers.failing(session, village="chayuan")  # {"7qk…": [Check(…), Check(…), Check(…)]}
    """
    found: dict[str, list[Check]] = defaultdict(list)
    for one in reversed(checks(session, village=village)):
        if one.struck_at is None:
            found[one.participant_id].append(one)
    failed = {}
    for participant, own in found.items():
        known = {one.id: one for one in own}
        running = failed_running(
            [Checked(one.id, one.checked_on, one.failed, one.decision is not None) for one in own]
        )
        if len(running) >= RUNNING:
            failed[participant] = [known[id] for id in running]
    return failed


def _with_more(session: Session, village: str, rows: Sequence[KeeperCheckRow]) -> list[Check]:
    """Return checks with their faults and what was decided after them."""
    fault, decided = KeeperFaultRow, KeeperDecisionRow
    one_alone = [col(fault.check_id) == rows[0].id] if len(rows) == 1 else []
    faults: dict[str, list[Fault]] = defaultdict(list)
    query = select(fault).where(fault.in_village(village), *one_alone).order_by(col(fault.position))
    for each in session.exec(query):
        faults[each.check_id].append(each.into(Fault))
    decisions = {
        each.check_id: each.into(Decision)
        for each in session.exec(select(decided).where(decided.in_village(village)))
    }
    return [
        one.into(Check, faults=tuple(faults.get(one.id, ())), decision=decisions.get(one.id)) for one in rows
    ]
