"""What the households of judges and of their near relatives got while those judges sat."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.call_models import RecusalRow
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.models import AttendanceRow, StoredScoreRow
from pointsbank.scoring.oversight.period import Period
from pointsbank.scoring.oversight.standing import standing

OWN = "own"
"""Instead of a relation: the judge's own household."""


class KinScore(NamedTuple):
    """One score of a household that somebody who sat leaves to the others, as it stands; in hundredths.

    `recused`: the names of those who are down as having left it to the others, joined by 、.
    """

    meeting: str
    title: str
    held_on: date
    position: int
    judge: str
    participant_id: str
    relation: str
    entered_by: str
    counted_points: int
    recused: str


class KinScores(NamedTuple):
    """Such scores of one household at one meeting, entered by one person.

    Attributes:
        entered_by: id of who entered them.
        plus: what was added, >= 0.
        minus: what was taken, <= 0.
        open: how many of the entries do not say that the judge left them to the others, >= 0.
    """

    meeting: str
    title: str
    held_on: date
    position: int
    judge: str
    participant_id: str
    relation: str
    entered_by: str
    entries: int
    plus: Points
    minus: Points
    open: int


def kin_scores(session: Session, *, village: str, period: Period) -> list[KinScores]:
    """Return what judges' and their relatives' households got at meetings of some months, the latest first.

    What was withdrawn or put right since counts as it stands now.

    Example:
        [(one.judge, one.entries, one.open) for one in kin_scores(session, village="cy", period=period)]
        # [("龙凤泉", 2, 0)]
    """
    found = [
        KinScore(*tuple(row))
        for query in (_own(village, period), _relatives(village, period))
        for row in execute(session, query)
    ]
    return gather_kin(found)


def gather_kin(scores: Iterable[KinScore]) -> list[KinScores]:
    """Return scores put together by meeting, judge, household and who entered them, the latest first.

    Example:
        >>> of = KinScore("m", "九月评议会", date(2026, 9, 1), 1, "龙凤泉", "k3", OWN, "s1", 200, "龙凤泉")
        >>> [found] = gather_kin([of, of._replace(counted_points=-100, recused="郝田发")])
        >>> found.entries, found.plus, found.minus, found.open
        (2, 200, -100, 1)
    """
    found: dict[tuple[str, int, str, str], KinScores] = {}
    for one in scores:
        key = (one.meeting, one.position, one.participant_id, one.entered_by)
        gain = one.counted_points
        # A name within another's, such as 李会 in 李会计, is not his.
        is_open = one.judge not in one.recused.split("、")
        before = found.get(key)
        found[key] = KinScores(
            *one[:8],
            entries=(before.entries if before else 0) + 1,
            plus=Points((before.plus if before else 0) + max(0, gain)),
            minus=Points((before.minus if before else 0) + min(0, gain)),
            open=(before.open if before else 0) + is_open,
        )
    return sorted(found.values(), key=lambda one: (-one.held_on.toordinal(), *one[:1], *one[3:8]))


_SAT: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.title),
    col(MeetingRow.held_on),
    col(AttendanceRow.position),
    col(AttendanceRow.name),
)
_SCORED: tuple[Any, ...] = (
    col(StoredScoreRow.entered_by),
    col(StoredScoreRow.counted_points),
    col(StoredScoreRow.recused),
)
_IS_SEAT = (
    AttendanceRow.in_village_of(MeetingRow)
    & (col(AttendanceRow.meeting_id) == col(MeetingRow.id))
    & (col(AttendanceRow.role) == "judge")
)
_IS_RECUSAL = (
    RecusalRow.in_village_of(AttendanceRow)
    & (col(RecusalRow.meeting_id) == col(AttendanceRow.meeting_id))
    & (col(RecusalRow.position) == col(AttendanceRow.position))
)


def _own(village: str, period: Period) -> Select[Any]:
    """Return the statement of scores of judges' own households."""
    return (
        select(*_SAT, col(AttendanceRow.participant_id), literal(OWN), *_SCORED)
        .select_from(MeetingRow)
        .join(AttendanceRow, _IS_SEAT)
        .join(StoredScoreRow, _is_score_of(col(AttendanceRow.participant_id)))
        .where(MeetingRow.in_village(village), _is_within(period), *standing(village))
    )


def _relatives(village: str, period: Period) -> Select[Any]:
    """Return the statement of scores of their relatives' households."""
    return (
        select(*_SAT, col(RecusalRow.participant_id), col(RecusalRow.relation), *_SCORED)
        .select_from(MeetingRow)
        .join(AttendanceRow, _IS_SEAT)
        .join(RecusalRow, _IS_RECUSAL)
        .join(StoredScoreRow, _is_score_of(col(RecusalRow.participant_id)))
        .where(MeetingRow.in_village(village), _is_within(period), *standing(village))
    )


def _is_score_of(household: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (
        StoredScoreRow.in_village_of(MeetingRow)
        & (col(StoredScoreRow.meeting_id) == col(MeetingRow.id))
        & (col(StoredScoreRow.participant_id) == household)
    )
    return found


def _is_within(period: Period) -> ColumnElement[bool]:
    first, last = period.days
    return col(MeetingRow.held_on).between(first, last)
