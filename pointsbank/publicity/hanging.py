"""Recording that a notice's paper hangs: where, since which day; the first record begins its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, staff, walls
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.publicity.models import HangingRow, NoticeRow
from pointsbank.publicity.notices import SETTLED, Notice, notice_row, view
from pointsbank.text import clean_required
from pointsbank.walls import A4

CONTROL = staff.declare(
    staff.Control(
        act="登记公示张贴",
        controlled="the committee, which wants what it judged to be posted soon",
        controls="everybody: the paper is seen or it is not, and the log names who recorded it and when",
        where=__name__,
        permissions=(staff.Permission.NOTICE_HANG,),
    )
)

_OFTEN, _LOOKED_THROUGH = 4, 40
_FIRST_PLACE = "村务公开栏"


class HangingDayInvalid(Invalid):
    """The day lies before there was anything to hang, or is yet to come."""

    code = "hanging_day_invalid"
    sentence = "张贴日期应在{first}至{last}之间：不能早于评议会结束或更正的那天，也不能晚于今天。"
    fixed_by = "本人"
    at = ("hung_on",)


class HangingStands(Refused):
    """That it hangs there is recorded already."""

    code = "hanging_stands"
    sentence = "“{place}”已经登记过张贴，不用再登记；贴在别处的，请写别处的名称。"
    fixed_by = "本人"


class NoticeSettled(Refused):
    """The notice is settled: nothing hangs on its days any more."""

    code = "notice_settled"
    sentence = "这份公示已经入账，不用再登记张贴。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One place where a notice's paper hangs, and since when; `number` counts those of a notice from 1."""

    notice: str
    number: int
    place: str
    hung_on: date
    recorded_at: datetime
    recorded_by: str


def check_hung_on(day: date, *, published_on: date, today: date) -> date:
    """Return the day of a hanging: not before its meeting closed, and not yet to come.

    Raises:
        HangingDayInvalid: it is not so.

    Example:
        >>> check_hung_on(date(2026, 9, 2), published_on=date(2026, 9, 1), today=date(2026, 9, 2))
        datetime.date(2026, 9, 2)
    """
    if not published_on <= day <= today:
        raise HangingDayInvalid(first=published_on, last=today)
    return day


def last_day(hung_on: date, days: int) -> date:
    """Return the last day of display of a paper, which hangs `days` days (1 to 60) after that of its hanging.

    Source: Civil Code art. 201: the day on which something begins is not counted.

    Example:
        >>> last_day(date(2026, 9, 1), 3)
        datetime.date(2026, 9, 4)
    """
    return hung_on + timedelta(days=days)


def hang(
    session: Session,
    *,
    village: str,
    notice: str,
    place: str,
    hung_on: date | None = None,
    size: str = A4,
    by: str,
    at: datetime,
) -> Hanging:
    """Record that a notice's paper hangs in a place; the first record says when its days end, for good.

    Locks the notice.

    Args:
        place: where, 1 to 60 characters.
        hung_on: since which day; None is today.
        size: a code of `labels.paper_size`; what corrects it hangs there in the same.

    Raises:
        SizeInvalid, CopyStands, WallDayInvalid: raised by `walls.put_up`.
        NoticeUnknown: there is no such notice.
        NoticeSettled: it is settled.
        HangingDayInvalid: the day lies before its meeting closed, or is yet to come.
        HangingStands: that it hangs there is recorded.
        TextInvalid: the place is empty or too long.

    And those of `ledger.record`.

    Example:
        hang(session, village="chayuan", notice=id, place="村务公开栏", by="li", at=now).number  # 1
    """
    where = clean_required(place, maximum=60)
    row = notice_row(session, village, notice, lock=True)
    if row.status == SETTLED:
        raise NoticeSettled()
    today = day_of(at)
    day = check_hung_on(hung_on or today, published_on=row.published_on, today=today)
    before = hangings(session, village=village, notice=notice)
    if any(one.place == where for one in before):
        raise HangingStands(place=where)
    added = HangingRow(
        village_id=village,
        notice_id=notice,
        number=len(before) + 1,
        place=where,
        hung_on=day,
        recorded_on=today,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(added)
    words = {
        "notice": notice,
        "title": row.title,
        "number": added.number,
        "place": where,
        "hung_on": day.isoformat(),
        "recorded_at": at.astimezone(UTC).isoformat(),
    }
    if row.ends_on is None and row.days is not None:
        row.hung_on, row.ends_on = day, last_day(day, row.days)
        words |= {"begins_on": day.isoformat(), "ends_on": row.ends_on.isoformat()}
    session.flush()
    walls.put_up(
        session,
        village=village,
        paper="notice",
        subject=notice,
        place=where,
        size=size,
        hung_on=day,
        take_down_on=(row.ends_on or today) + timedelta(days=1),
        by=by,
        at=at,
        logged=False,
    )
    ledger.record(session, village=village, kind="notice_hung", by=by, at=at, words=words)
    return _view(added)


@ledger.describes("notice_hung")
def _hung(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会公示：村务公开栏，2026-09-01张贴，公示到2026-09-04."""
    until = f"，公示到{words['ends_on']}" if "ends_on" in words else ""
    return f"{words['title']}：{words['place']}，{words['hung_on']}张贴{until}"


def hangings(session: Session, *, village: str, notice: str) -> list[Hanging]:
    """Return where a notice's paper hangs, in the order in which it was recorded.

    Example:
        hangings(session, village="chayuan", notice=id)[0].place  # "村务公开栏"
    """
    mine = (HangingRow.in_village(village), col(HangingRow.notice_id) == notice)
    return [
        _view(row) for row in session.exec(select(HangingRow).where(*mine).order_by(col(HangingRow.number)))
    ]


def usual_places(session: Session, *, village: str) -> list[str]:
    """Return up to four places where the village's papers were hung of late, the one used most first.

    A village that has hung nothing yet is offered its board.

    Example:
        usual_places(session, village="chayuan")  # ["村务公开栏", "一组路口"]
    """
    lately = (
        select(HangingRow.place)
        .where(HangingRow.in_village(village))
        .order_by(col(HangingRow.recorded_at).desc())
        .limit(_LOOKED_THROUGH)
    )
    found = list(session.exec(lately))
    # Of those used as often the one that was used last: sorting keeps their order.
    often = sorted(dict.fromkeys(found), key=lambda place: -found.count(place))
    return often[:_OFTEN] or [_FIRST_PLACE]


def unhung(session: Session, *, village: str) -> list[Notice]:
    """Return the notices of a village that hang nowhere yet, oldest first.

    Example:
        unhung(session, village="chayuan")[0].title  # "九月评议会公示"
    """
    waiting = (NoticeRow.in_village(village), col(NoticeRow.ends_on).is_(None))
    oldest = select(NoticeRow).where(*waiting).order_by(col(NoticeRow.published_at), col(NoticeRow.id))
    return [view(row) for row in session.exec(oldest)]


def _view(row: HangingRow) -> Hanging:
    """Return a row as others see it."""
    return row.into(Hanging, notice=row.notice_id)
