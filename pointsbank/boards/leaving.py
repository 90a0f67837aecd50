"""A household leaves all boards by one signature: it is praised, ranked and printed nowhere any more.

It is scored as before, and still learns its own place on its card's page (`own_place`). A warning on the
black board is no honour that could be declined: it is not touched.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import ledger, roster
from pointsbank.boards.leave_models import BoardLeaveRow
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.once import once_a_reading
from pointsbank.prepared import fetch


class BoardsLeftAlready(Refused):
    """The household stands on no board already."""

    code = "boards_left_already"
    sentence = "{name}已经登记退出各种榜，不用再登记。"
    fixed_by = "村委"


class BoardsNotLeft(Refused):
    """The household never left the boards, or is back."""

    code = "boards_not_left"
    sentence = "{name}没有登记过退出，不用恢复。"
    fixed_by = "村委"


class SigningDayInvalid(Invalid):
    """The household signed in the future, or came back before it left."""

    code = "signing_day_invalid"
    sentence = "日期“{day}”有误：签字日期不能晚于今天，恢复也不能早于退出，请重新填写。"
    fixed_by = "村委"
    at = ("signed_on",)


class HasLeftBoards(Refused):
    """The household asked to stand on no board."""

    code = "has_left_boards"
    sentence = "{name}已签字退出各种榜，不能上红榜；想回来的，请本人再签一次字。"
    fixed_by = "村民"


def leave(session: Session, *, village: str, participant: str, signed_on: date, by: str, at: datetime) -> str:
    """Record that a participant, by code, signed to stand on no board; return its id.

    Args:
        signed_on: the day of the signature, not after today.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        SigningDayInvalid: the day is yet to come.
        BoardsLeftAlready: it has left.

    And those of `ledger.record`.

    Example:
        boards.leave(session, village="cy", participant="0101", signed_on=today, by="li", at=now)
    """
    who = roster.by_code(session, village=village, code=participant)
    roster.refuse_closed(session, village=village, participants=[who.id])
    if signed_on > day_of(at):
        raise SigningDayInvalid(day=signed_on)
    if _in_force(session, village, who.id) is not None:
        raise BoardsLeftAlready(name=who.name)
    row = BoardLeaveRow(
        village_id=village,
        id=new_id(session),
        participant_id=who.id,
        signed_on=signed_on,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    with refusing_duplicates(BoardsLeftAlready(name=who.name)):
        session.flush()
    words = {"leave": row.id, "participant": who.id, "signed_on": signed_on.isoformat()}
    ledger.record(session, village=village, kind="boards_left", by=by, at=at, words=words)
    return who.id


def rejoin(
    session: Session, *, village: str, participant: str, signed_on: date, by: str, at: datetime
) -> str:
    """Record that a participant, by code, signed to stand on boards again; return its id. Locks the row.

    Raises:
        ParticipantUnknown: there is no such participant.
        BoardsNotLeft: it has not left.
        SigningDayInvalid: the day is yet to come, or before the day on which it left.

    And those of `ledger.record`.

    Example:
        boards.rejoin(session, village="cy", participant="0101", signed_on=today, by="li", at=now)
    """
    who = roster.by_code(session, village=village, code=participant)
    row = _in_force(session, village, who.id, lock=True)
    if row is None:
        raise BoardsNotLeft(name=who.name)
    if not row.signed_on <= signed_on <= day_of(at):
        raise SigningDayInvalid(day=signed_on)
    row.back_on, row.back_by, row.back_at = signed_on, by, at
    session.flush()
    words = {"leave": row.id, "participant": who.id, "back_on": signed_on.isoformat()}
    ledger.record(session, village=village, kind="boards_rejoined", by=by, at=at, words=words)
    return who.id


class _Leave(NamedTuple):
    """Who left all boards, and the day of the signature."""

    participant_id: str
    signed_on: date


_IN_FORCE = select_columns(*BoardLeaveRow.columns_of(_Leave)).where(
    BoardLeaveRow.in_village(bindparam("village")), col(BoardLeaveRow.back_on).is_(None)
)


@once_a_reading
def who_left(session: Session, *, village: str) -> Mapping[str, date]:
    """Return who (id) stands on no board now, with the day of the signature.

    Example:
        boards.who_left(session, village="cy")  # {"7qk…": date(2026, 9, 1)}
    """
    found = fetch(session, _IN_FORCE, {"village": village}, into=_Leave).all()
    return {one.participant_id: one.signed_on for one in found}


def has_left(session: Session, *, village: str, participant: str) -> bool:
    """Return whether a participant (id) stands on no board now.

    Example:
        boards.has_left(session, village="cy", participant=wang.id)  # False
    """
    return participant in who_left(session, village=village)


def refuse_left(session: Session, *participants: str, village: str) -> None:
    """Raise if one of these participants (ids) asked to stand on no board.

    Raises:
        HasLeftBoards: one did.
    """
    left = who_left(session, village=village)
    for one in participants:
        if one in left:
            raise HasLeftBoards(name=roster.by_id(session, village=village, id=one).name)


@ledger.describes("boards_left")
def _left(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return who left, and the day of the signature."""
    return f"{names(words['participant'])}，{words['signed_on']}签字"


@ledger.describes("boards_rejoined")
def _rejoined(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return who came back, and the day of the signature."""
    return f"{names(words['participant'])}，{words['back_on']}签字"


def _in_force(
    session: Session, village: str, participant: str, *, lock: bool = False
) -> BoardLeaveRow | None:
    """Return the row by which a participant (id) stands on no board."""
    query = select(BoardLeaveRow).where(
        BoardLeaveRow.in_village(village),
        col(BoardLeaveRow.participant_id) == participant,
        col(BoardLeaveRow.back_on).is_(None),
    )
    return session.exec(query.with_for_update() if lock else query).first()
