"""The switch of the black board: off until the villagers' resolution is recorded, or after its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, staff, villages
from pointsbank.boards.deciding import BlackBoardOff, DayInvalid, end
from pointsbank.boards.models import BlackBoardResolutionRow, ListingRow
from pointsbank.boards.records import lock, records
from pointsbank.boards.states import BLACK, LIVE, PROPOSED, UP
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.text import clean_required

CONTROL = staff.declare(
    staff.Control(
        act="登记黑榜决议",
        controlled="the committee, which says what the villagers resolved",
        controls="whoever writes down a vote under it: another person, see `boards.witnessing`",
        where=__name__,
        permissions=(staff.Permission.SETTINGS_CHANGE,),
    )
)


class BlackBoardOn(Refused):
    """A resolution is already in force."""

    code = "black_board_on"
    sentence = "本村设立黑榜的决议已经登记，不用再登记。"
    fixed_by = "村委"


class ResolutionDayInvalid(DayInvalid):
    """A resolution is recorded ahead of its day."""

    code = "resolution_day_invalid"
    sentence = "日期“{day}”有误：决议日期不能晚于今天，请重新填写。"
    at = ("on",)


class EndDayInvalid(DayInvalid):
    """The black board ends before it was resolved, or in the future."""

    code = "black_board_end_invalid"
    sentence = "日期“{day}”有误：应在设立黑榜之后，并且不晚于今天，请重新填写。"
    at = ("on",)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A village's decision to have a black board."""

    id: str
    resolution: str
    adopted_on: date
    ended_on: date | None


def black_board_resolution(session: Session, *, village: str) -> Resolution | None:
    """Return the resolution in force, or None: then there is no black board.

    Example:
        black_board_resolution(session, village="chayuan")  # Resolution(id="…", adopted_on=…, …)
    """
    row = _in_force(session, village)
    return row.into(Resolution) if row else None


def resolve_black_board(
    session: Session, *, village: str, resolution: str, on: date, by: str, at: datetime
) -> Resolution:
    """Record that the villagers resolved to have a black board.

    Raises:
        VillageUnknown: there is no such village.
        ResolutionDayInvalid: `on` is in the future.
        BlackBoardOn: a resolution is in force already.
        TextInvalid: the resolution is empty, or longer than 200 characters.

    And those of `ledger.record`.

    Example:
        resolve_black_board(
            session, village="chayuan", resolution="2026年第3号决议", on=date(2026, 8, 20), by="li", at=now
        )
    """
    villages.get(session, village)
    if on > day_of(at):
        raise ResolutionDayInvalid(day=on)
    if _in_force(session, village):
        raise BlackBoardOn()
    row = BlackBoardResolutionRow(
        village_id=village,
        id=new_id(session),
        resolution=clean_required(resolution, maximum=200),
        adopted_on=on,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    with refusing_duplicates(BlackBoardOn()):
        session.flush()
    words = {
        "id": row.id,
        "resolution": row.resolution,
        "adopted_on": on.isoformat(),
        "recorded_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="black_board_resolved", by=by, at=at, words=words)
    return row.into(Resolution)


def end_black_board(
    session: Session, *, village: str, resolution: str, on: date, by: str, at: datetime
) -> Resolution:
    """Record the resolution that ends the black board; everything on it comes down at once.

    Locks the resolution in force, then every black listing.

    Raises:
        BlackBoardOff: no resolution is in force.
        EndDayInvalid: `on` is before the black board was resolved, or in the future.
        TextInvalid: the resolution is empty, or longer than 200 characters.

    And those of `end` and `ledger.record`.

    Example:
        ended = {"resolution": "第9号决议", "on": date(2026, 9, 2)}
        end_black_board(session, village="chayuan", **ended, by="li", at=now).ended_on  # date(2026, 9, 2)
    """
    row = _in_force(session, village, lock=True)
    if row is None:
        raise BlackBoardOff()
    if not row.adopted_on <= on <= day_of(at):
        raise EndDayInvalid(day=on)
    row.ended_on, row.ended_resolution, row.ended_by = on, clean_required(resolution, maximum=200), by
    for record in lock(session, village, col(ListingRow.board) == BLACK):
        if record.status in LIVE:
            end(session, record, reason="村民决议取消黑榜", by=by, at=at)
    words = {"id": row.id, "ended_on": on.isoformat(), "ended_resolution": row.ended_resolution}
    ledger.record(session, village=village, kind="black_board_ended", by=by, at=at, words=words)
    return row.into(Resolution)


def ended_with_it(session: Session, *, village: str) -> tuple[int, int]:
    """Return how many warnings come down, and how many proposals are withdrawn, when the black board ends.

    Example:
        ended_with_it(session, village="chayuan")  # (1, 2)
    """
    states = [one.status for one in records(session, village, col(ListingRow.board) == BLACK)]
    return states.count(UP), states.count(PROPOSED)


@ledger.describes("black_board_resolved")
def _resolved(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the resolution and its day."""
    return f"{words['adopted_on']}：{words['resolution']}"


@ledger.describes("black_board_ended")
def _ended(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the resolution that ended it, and its day."""
    return f"{words['ended_on']}：{words['ended_resolution']}"


def _in_force(session: Session, village: str, *, lock: bool = False) -> BlackBoardResolutionRow | None:
    """Return the row of the resolution in force."""
    query = select(BlackBoardResolutionRow).where(
        BlackBoardResolutionRow.in_village(village), col(BlackBoardResolutionRow.ended_on).is_(None)
    )
    return session.exec(query.with_for_update() if lock else query).first()
