"""Nobody alone brings a household onto the black board: the vote is written down by somebody else."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import staff
from pointsbank.boards.models import BlackBoardResolutionRow
from pointsbank.boards.records import Record
from pointsbank.boards.states import RED
from pointsbank.dates import start_of_day
from pointsbank.errors import NotAllowed

CONTROL = staff.declare(
    staff.Control(
        act="黑榜表决上榜",
        controlled="who recorded the villagers' resolution, proposed the household or notified it",
        controls="another of the committee or the supervisor writes the vote down; the household objects",
        where=__name__,
        permissions=(staff.Permission.BOARD_DECIDE, staff.Permission.BOARD_VOTE),
        people=(staff.Permission.BOARD_DECIDE.roles, staff.Permission.BOARD_VOTE.roles),
    )
)


class RecorderTookPart(NotAllowed):
    """Who recorded the resolution, proposed the household or notified it does not record the vote too."""

    code = "recorder_took_part"
    sentence = (
        "黑榜的表决要由没有提名、没有登记告知、也没有登记决议的人来登记，请另一位评议小组成员或村务监督登记。"
    )
    fixed_by = "监督委员会"


def check_recorder(session: Session, record: Record, *, by: str, at: datetime) -> None:
    """Raise unless `by` is another person than all who prepared this black listing; red ones are free.

    Raises:
        RecorderTookPart: `by` recorded the resolution, proposed the household or notified it.

    And those of `staff.independence.check`.

    Example:
        check_recorder(session, record, by="zhao", at=now)
    """
    row = record.row
    if row.board == RED:
        return
    resolution = session.get(BlackBoardResolutionRow, (row.village_id, row.resolution_id))
    prepared = [(row.proposed_by, row.proposed_at, row.proposed_at)]
    if resolution:
        prepared.append((resolution.recorded_by, resolution.recorded_at, resolution.recorded_at))
    if record.notified:
        # The day is kept, not the moment at which it was written down: that may be any since.
        prepared.append((record.notified.notified_by, start_of_day(record.notified.notified_on), at))
    if by in {who for who, _, _ in prepared}:
        raise RecorderTookPart()
    for who, start, end in sorted(prepared):
        staff.independence.check(session, first=who, second=by, at=at, begun_at=start, begun_by=end)
