"""A check of a keeper's place: faults by item, a score of a hundred, a second look; struck where wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import attachments, ledger, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of, month_in_words, month_of
from pointsbank.errors import Invalid, NotAllowed, NotFound, Refused
from pointsbank.keepers.check_lists import list_on
from pointsbank.keepers.models import KeeperCheckRow, KeeperFaultRow
from pointsbank.keepers.patrolling import check_day, find_keeper
from pointsbank.keepers.rules import Lost, lost_by, refuse_faultless, score_of
from pointsbank.points import Points, show
from pointsbank.text import clean, clean_name, clean_required

OWNER_KIND = "keeper_check"
MAXIMUM_PHOTOS, LONGEST_DAYS = 3, 60


class CheckListMissing(Refused):
    """No list of what is looked at is in force on the day."""

    code = "keeper_list_missing"
    sentence = "{day}还没有检查表：请先在“管护员”页登记检查表的决议。"
    fixed_by = "村委"


class CheckMonthClosed(Refused):
    """The month of a check is closed: what it gives for pay is frozen."""

    code = "keeper_month_closed"
    sentence = "{month}已经月结，检查和评分不能再登记或作废。"
    fixed_by = "村委"


class CheckUnknown(NotFound):
    """There is no such check."""

    code = "keeper_check_unknown"
    sentence = "没有找到这次检查，请回到“管护员”页再看。"
    fixed_by = "本人"


class CheckSettled(Refused):
    """A check has no fault to look at again, was looked at again, or was struck."""

    code = "keeper_check_settled"
    sentence = "这次检查{why}，不能再改。"
    fixed_by = "村委"


class StrikesOwnCheck(NotAllowed):
    """Who wrote a check down does not strike it alone."""

    code = "keeper_strikes_own_check"
    sentence = "登记检查的人不能自己作废，请另一位工作人员来办。"
    fixed_by = "村委"


class DueDayInvalid(Invalid):
    """The day of the second look is not after the check, or too far from it."""

    code = "keeper_due_day_invalid"
    sentence = "复查日期要在检查以后的{days}天以内，没有问题就不用填，请改日期。"
    at = ("due_on",)


def record_check(
    session: Session,
    *,
    village: str,
    keeper: str,
    place: str,
    checked_on: date,
    checker: str,
    faults: Mapping[int, int],
    due_on: date | None = None,
    words: str = "",
    photos: Sequence[bytes] = (),
    by: str,
    at: datetime,
) -> str:
    """Write down a check of a keeper's place by the list in force on the day; return its id.

    Locks the keeper's accounts, after the months. The same check again is one.

    Args:
        keeper: code of the keeper.
        checker: who looked, 1 to 60 characters.
        faults: how many faults there are of an item, by its place in the list from 1.
        due_on: by which day they are put right; None where nobody looks again.
        photos: three at most, drawn anew.

    Raises:
        ParticipantUnknown, ParticipantClosed, NotKeeper: as `find_keeper`.
        TextInvalid: a text is empty or too long.
        KeeperDayInvalid: as `check_day`.
        DueDayInvalid: the second look comes too early or too late.
        CheckListMissing: nothing says what is looked at.
        FaultsWrong: as `lost_by`.
        CheckMonthClosed: the month is closed.

    And those of `attachments.add` and `ledger.record`.

    Example:
        keepers.record_check(session, keeper="G01", place="村口", checked_on=today, faults={1: 2}, **more)
    """
    villages.hold_months(session, village=village)
    who = find_keeper(session, village=village, code=keeper)
    spot, note = clean_required(place, maximum=40), clean(words, maximum=200)
    looked = clean_name(clean_required(checker, maximum=60))
    check_day(checked_on, at, "checked_on")
    _refuse_closed_month(session, village, checked_on)
    wanted = list_on(session, village=village, day=checked_on)
    if wanted is None:
        raise CheckListMissing(day=checked_on.isoformat())
    lost = lost_by(wanted.items, faults)
    if due_on is not None and not (lost and 0 < (due_on - checked_on).days <= LONGEST_DAYS):
        raise DueDayInvalid(days=LONGEST_DAYS)
    ledger.lock_accounts(session, village=village, participants=[who.id])
    score = score_of(lost)
    fields: dict[str, Any] = {
        "participant_id": who.id,
        "list_number": wanted.number,
        "place": spot,
        "checked_on": checked_on,
        "checker": looked,
        "score": score,
        "failed": score < wanted.pass_mark,
        "words": note,
        "due_on": due_on,
    }
    found_faults = [[one.position, one.faults, one.lost] for one in lost]
    if (known := _same_check(session, village, fields, found_faults)) is not None:
        return known
    check = _written(session, village, fields, lost, by=by, at=at)
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": check, "about": who.id}
    for photo in photos:
        attachments.add(session, **whose, content=photo, by=by, at=at)
    return check


def recheck(
    session: Session, *, village: str, check: str, put_right: Sequence[int], by: str, at: datetime
) -> None:
    """Write down what the second look found; the score stays as it was.

    Args:
        put_right: places of the items that are in order now; the others are left.

    Raises:
        CheckUnknown: there is no such check.
        CheckSettled: it had no faults to look at again, was looked at, or was struck.
        NoSuchFault: `put_right` names an item that had no fault.

    And those of `ledger.record`.

    Example:
        keepers.recheck(session, village="cy", check=id, put_right=[1], by=li.id, at=now)
    """
    row = _row(session, village, check)
    why = (
        "已经作废"
        if row.struck_at
        else "已经复查过"
        if row.looked_at
        else "没有要复查的问题"
        if row.due_on is None
        else ""
    )
    if why:
        raise CheckSettled(why=why)
    fault = KeeperFaultRow
    mine = select(fault).where(fault.in_village(village), col(fault.check_id) == check)
    found, faults = [], session.exec(mine.order_by(col(fault.position))).all()
    refuse_faultless(put_right, [one.position for one in faults])
    for one in faults:
        one.status = "put_right" if one.position in put_right else "left"
        found.append([one.position, one.status])
    row.looked_on, row.looked_at, row.looked_by = day_of(at), at, by
    session.flush()
    words = {
        "check": check,
        "participant": row.participant_id,
        "looked_on": day_of(at).isoformat(),
        "found": found,
    }
    ledger.record(session, village=village, kind="keeper_looked_again", by=by, at=at, words=words)


def strike_check(session: Session, *, village: str, check: str, reason: str, by: str, at: datetime) -> None:
    """Strike a check that was written down wrongly, by another person; it can be seen, and counts no more.

    Args:
        reason: 1 to 200 characters.

    Raises:
        CheckUnknown: there is no such check.
        TextInvalid: the reason is empty or too long.
        StrikesOwnCheck: `by` wrote it down.
        CheckSettled: it is struck.
        CheckMonthClosed: its month is closed.

    And those of `ledger.record`.

    Example:
        keepers.strike_check(session, village="cy", check=id, reason="填错了人", by=zhao.id, at=now)
    """
    villages.hold_months(session, village=village)
    why = clean_required(reason, maximum=200)
    row = _row(session, village, check)
    if row.struck_at:
        raise CheckSettled(why="已经作废")
    if row.recorded_by == by:
        raise StrikesOwnCheck()
    _refuse_closed_month(session, village, row.checked_on)
    row.struck_at, row.struck_by, row.struck_why = at, by, why
    session.flush()
    words = {"check": check, "participant": row.participant_id, "reason": why}
    ledger.record(session, village=village, kind="keeper_check_struck", by=by, at=at, words=words)


def _written(
    session: Session, village: str, fields: dict[str, Any], lost: Sequence[Lost], *, by: str, at: datetime
) -> str:
    """Write a check with its faults, and its entry in the log; return its id."""
    row = KeeperCheckRow(village_id=village, id=new_id(session), **fields, recorded_at=at, recorded_by=by)
    session.add(row)
    session.flush()
    for one in lost:
        session.add(KeeperFaultRow(village_id=village, check_id=row.id, **one._asdict()))
    session.flush()
    words = {
        "check": row.id,
        "participant": row.participant_id,
        "list": row.list_number,
        "place": row.place,
        "checked_on": row.checked_on.isoformat(),
        "score": int(row.score),
        "failed": row.failed,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "faults": [[one.position, one.faults, one.lost] for one in lost],
    }
    ledger.record(session, village=village, kind="keeper_checked", by=by, at=at, words=words)
    return row.id


def _same_check(
    session: Session, village: str, fields: Mapping[str, Any], lost: Sequence[Sequence[int]]
) -> str | None:
    """Return a check (id) with just these contents that stands."""
    row, fault = KeeperCheckRow, KeeperFaultRow
    same = [col(getattr(row, name)) == value for name, value in fields.items() if value is not None]
    rows = session.exec(select(row).where(row.in_village(village), *same, col(row.struck_at).is_(None)))
    for one in rows.all():
        mine = select(fault).where(fault.in_village(village), col(fault.check_id) == one.id)
        found = [[each.position, each.faults, each.lost] for each in session.exec(mine)]
        if sorted(found) == sorted(map(list, lost)) and one.due_on == fields["due_on"]:
            return one.id
    return None


def _refuse_closed_month(session: Session, village: str, day: date) -> None:
    month = month_of(day)
    if villages.is_closed(session, village=village, month=month):
        raise CheckMonthClosed(month=month_in_words(month))


def _row(session: Session, village: str, check: str) -> KeeperCheckRow:
    """Return a check, locked."""
    row = KeeperCheckRow
    query = select(row).where(row.in_village(village), col(row.id) == check).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise CheckUnknown()
    return found


@ledger.describes("keeper_checked")
def _checked(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 周福生，2026-09-03，村口，得85分."""
    whose = f"{names(words['participant'])}，{words['checked_on']}，{words['place']}"
    return f"{whose}，得{show(Points(words['score']))}分{'，不合格' if words['failed'] else ''}"


@ledger.describes("keeper_looked_again")
def _looked(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return how many faults were put right, and how many left."""
    right = sum(status == "put_right" for _, status in words["found"])
    return f"{names(words['participant'])}：整改{right}项，没有整改{len(words['found']) - right}项"


@ledger.describes("keeper_check_struck")
def _struck(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return whose check was struck, and why."""
    return f"{names(words['participant'])}（{words['reason']}）"
