"""A draw begins: how many entries is fixed before any dice, and then the dice are written down, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, roster, staff, villages
from pointsbank.dates import month_in_words
from pointsbank.law import Use
from pointsbank.proof import anchor
from pointsbank.spot_checks.models import SpotCheckRow, SpotCheckThrowRow
from pointsbank.spot_checks.reading import SpotCheck, eligible, spot_check
from pointsbank.spot_checks.signers import check_roles
from pointsbank.spot_checks.states import (
    DEFAULT_SIZE,
    MAXIMUM_NOTE,
    DicePutRight,
    DiceReasonMissing,
    DiceThrown,
    NothingToDraw,
    SameWitness,
    SpotCheckPlanned,
    read_dice,
    size_of,
)
from pointsbank.text import clean

CONTROL = staff.declare(
    staff.Control(
        act="掷骰抽查",
        controlled="whoever would have an entry looked at or left alone, and who says what was found",
        controls="dice and the month's seal by a rule anybody recomputes, two signatures of two roles",
        where=__name__,
        permissions=(staff.Permission.SPOT_CHECK,),
        people=(staff.Permission.SPOT_CHECK.roles, staff.Permission.SPOT_CHECK.roles),
    )
)


def plan(
    session: Session, *, village: str, month: str, size: int = DEFAULT_SIZE, by: str, at: datetime
) -> SpotCheck:
    """Fix how many entries of a closed month are drawn; the same again is one act. Locks the village.

    Args:
        size: 10 to 100, or all where there are fewer; never more than there are.

    Raises:
        AnchorUnknown: the month is not closed.
        NothingToDraw: no score was posted in it.
        SizeInvalid, SizeTooSmall: the number is out of its bounds.
        SpotCheckPlanned: another number was fixed before.

    And those of `villages.lock` and `ledger.record`.

    Example:
        spot_checks.plan(session, village="chayuan", month="2026-09", by=zhao, at=now).size  # 20
    """
    villages.lock(session, village=village)
    digest = anchor(session, village=village, month=month).digest.hex()
    population = len(eligible(session, village=village, month=month))
    if not population:
        raise NothingToDraw(month=month_in_words(month))
    drawn = size_of(size, population, month=month_in_words(month))
    row = session.get(SpotCheckRow, (village, month))
    if row is not None:
        if row.size != drawn:
            raise SpotCheckPlanned(month=month_in_words(month), size=row.size)
        return spot_check(session, village=village, month=month)
    row = SpotCheckRow(
        village_id=village, month=month, size=drawn, population=population, planned_by=by, planned_at=at
    )
    session.add(row)
    session.flush()
    words = {"month": month, "size": drawn, "population": population, "digest": digest}
    ledger.record(session, village=village, kind="spot_check_planned", by=by, at=at, words=words)
    return spot_check(session, village=village, month=month)


def throw(
    session: Session,
    *,
    village: str,
    month: str,
    dice: str,
    thrower: str,
    witness: str,
    reason: str = "",
    by: str,
    at: datetime,
) -> SpotCheck:
    """Write ten dice down, before anything is looked at; again once, by another, to put a slip right.

    Locks the village. Sent again as it was, it is one act.

    Args:
        dice: ten digits from 1 to 6 in their order; spaces and commas between them do no harm.
        thrower, witness: codes of the households whose people threw and saw it; two.
        reason: why the first record is wrong, at most 200 characters; empty for the first one.

    Raises:
        SpotCheckUnknown: the number of entries was not fixed.
        DiceInvalid, SameWitness: they are no ten dice; nobody of another household saw it.
        ParticipantUnknown: there is no household with such a code.
        DiceThrown: there are dice, and no reason is given or by who recorded them.
        DicePutRight: that was done once, or something was looked at already.
        DiceReasonMissing: what puts a record right gives no reason that can be read.
        Wording, NamesSomebody: the reason holds what may not be shown, or names somebody; as `law.check`.
        SameRole, LoginNotIndependent: who puts it right is not surely another person of another role.

    And those of `villages.lock`, `text.clean` and `ledger.record`.

    Example:
        spot_checks.throw(
            session, month="2026-09", dice="3164522614", thrower="0101", witness="0303", **common
        ).drawn[0]  # 812
    """
    villages.lock(session, village=village)
    one = spot_check(session, village=village, month=month)
    digits, reason = read_dice(dice), clean(reason, maximum=MAXIMUM_NOTE)
    threw = roster.by_code(session, village=village, code=thrower)
    saw = roster.by_code(session, village=village, code=witness)
    if threw.id == saw.id:
        raise SameWitness()
    if one.throws:
        last = one.throws[-1]
        if (digits, threw.id, saw.id, reason) == (last.dice, last.thrower_id, last.witness_id, last.reason):
            return one
        _check_again(session, village, one, reason, by=by, at=at)
    row = SpotCheckThrowRow(
        village_id=village,
        month=month,
        number=len(one.throws) + 1,
        dice=digits,
        thrower_id=threw.id,
        witness_id=saw.id,
        reason=reason if one.throws else "",
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    words = {"month": month, "number": row.number, "dice": digits, "thrower": threw.id, "witness": saw.id}
    ledger.record(session, village=village, kind="spot_check_thrown", by=by, at=at, words=words)
    return spot_check(session, village=village, month=month)


def _check_again(
    session: Session, village: str, one: SpotCheck, reason: str, *, by: str, at: datetime
) -> None:
    """Refuse a second record but the one by which somebody else puts the first right."""
    if one.answers:
        raise DicePutRight(why="已经有人去看过")
    if len(one.throws) > 1:
        raise DicePutRight(why="已经更正过一次")
    first = one.throws[0]
    if not reason and by != first.recorded_by:
        raise DiceReasonMissing()
    if not reason or by == first.recorded_by:
        raise DiceThrown(month=month_in_words(one.month), dice=first.dice)
    people = governing.named_people(session, village=village)
    law.check(lawful_words(reason), Use.FACT, field="更正的原因", people=people, at=("reason",))
    check_two(session, village, first.recorded_by, by, at=at, begun_at=first.recorded_at)


def lawful_words(reason: str) -> str:
    """Return a reason without the word for dice, which the rules know from gambling alone.

    Example:
        >>> lawful_words("第三个骰子看错了")
        '第三个数看错了'
    """
    return reason.replace("骰子", "数")


def check_two(
    session: Session, village: str, first: str, second: str, *, at: datetime, begun_at: datetime
) -> None:
    """Refuse a second person (id) who is not surely another than the first, with another role.

    Raises:
        LoginNotIndependent: as `staff.independence.check`.
        SameRole: one of them has no role that the other lacks.
    """
    staff.independence.check(session, first=first, second=second, at=at, begun_at=begun_at)
    roles = roles_of(session, village)
    check_roles(roles.get(first, frozenset()), roles.get(second, frozenset()))


def roles_of(session: Session, village: str) -> dict[str, frozenset[str]]:
    """Return the roles by which somebody (id) has to do with draws."""
    known = staff.everyone(session, village=village)
    return {one.staff.id: one.roles_in(village) & staff.Permission.SPOT_CHECK.roles for one in known}


@ledger.describes("spot_check_planned")
def _planned(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年9月，341条里抽20条."""
    return f"{month_in_words(words['month'])}，{words['population']}条里抽{words['size']}条"


@ledger.describes("spot_check_thrown")
def _thrown(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年9月，3164522614."""
    again = "，更正" if words["number"] > 1 else ""
    return f"{month_in_words(words['month'])}，{words['dice']}{again}"
