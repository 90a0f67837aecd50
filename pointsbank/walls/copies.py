"""Papers on walls: put up, hanging now, to be taken down on a day, taken down: one machine for every paper.

A copy is known by what it is of, and by its place. Of a listing, and of a poster that shows one, it comes off
as soon as the listing is shown no more, whatever day was foreseen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import labels, ledger
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.text import clean_required
from pointsbank.walls.models import WallCopyRow

NOTICE, POSTER, LISTING, CORRECTION = "notice", "poster", "listing", "correction"
TITLE_NOTICE = "title_notice"
A4, A3 = "a4", "a3"


class CopyStands(Refused):
    """It is recorded that this paper hangs there."""

    code = "wall_copy_stands"
    sentence = "“{place}”已经登记贴着同一张，不用再登记；贴在别处的，请写别处的名称。"
    fixed_by = "本人"
    at = ("place",)


class CopyUnknown(NotFound):
    """There is no such paper on a wall."""

    code = "wall_copy_unknown"
    sentence = "没有找到这张贴着的纸，请从“墙上的纸”里选择。"
    fixed_by = "本人"


class CopyTaken(Refused):
    """The paper was taken down already."""

    code = "wall_copy_taken"
    sentence = "这张纸已经登记撤下，不用再登记。"
    fixed_by = "本人"


class SizeInvalid(Invalid):
    """The size is none of the list."""

    code = "paper_size_invalid"
    sentence = "请选纸张大小：A4、A3、A2，或更大。"
    at = ("size",)


class WallDayInvalid(Invalid):
    """A paper that hung before there was anything to hang, or is to hang in the future."""

    code = "wall_day_invalid"
    sentence = "日期“{day}”有误：应在有这张纸以后，并且不晚于今天。"
    at = ("hung_on", "on")


@dataclass(frozen=True, slots=True)
class WallCopy:
    """One paper on a wall; `taken_on` and `taken_by` (id) are None while it hangs.

    Attributes:
        take_down_on: the last day on which it may hang; earlier than foreseen where what it shows is over.
    """

    id: str
    paper: str
    subject_id: str
    place: str
    size: str
    hung_on: date
    take_down_on: date
    recorded_by: str
    recorded_at: datetime
    taken_on: date | None
    taken_by: str | None

    def due_on(self, day: date) -> bool:
        """Return whether it should come off on this day, or should have before."""
        return self.taken_on is None and self.take_down_on <= day


def put_up(
    session: Session,
    *,
    village: str,
    paper: str,
    subject: str,
    place: str,
    size: str,
    hung_on: date,
    take_down_on: date,
    by: str,
    at: datetime,
    logged: bool = True,
) -> WallCopy:
    """Record that a paper hangs in a place; whoever knows what the paper is says until when.

    Args:
        paper, size: codes of `labels.wall_paper` and `labels.paper_size`.
        subject: what it is of: an id, or a month.
        place: 1 to 60 characters.
        logged: write an entry into the log; False where the caller's own entry tells of it.

    Raises:
        CopyStands: it is recorded that it hangs there.
        SizeInvalid: the size is none of the list.
        WallDayInvalid: it is to hang in the future.
        TextInvalid: the place is empty or too long.

    And those of `ledger.record`.

    Example:
        walls.put_up(session, village="cy", paper="poster", subject="2026-09", place="村务公开栏", size="a3",
                     hung_on=today, take_down_on=later, by=li.id, at=now).place  # "村务公开栏"
    """
    where = clean_required(place, maximum=60)
    if size not in PAPER_SIZE.codes:
        raise SizeInvalid()
    if hung_on > day_of(at):
        raise WallDayInvalid(day=hung_on)
    row = WallCopyRow(
        village_id=village,
        id=new_id(session),
        paper=paper,
        subject_id=subject,
        place=where,
        size=size,
        hung_on=hung_on,
        take_down_on=max(take_down_on, hung_on),
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    with refusing_duplicates(CopyStands(place=where)):
        session.flush()
    if logged:
        _record(session, "wall_put_up", row, by=by, at=at, on=hung_on)
    return row.into(WallCopy)


def take_down(
    session: Session, *, village: str, copy: str, on: date | None = None, by: str, at: datetime
) -> WallCopy:
    """Record that a paper (id) came off the wall, today unless another day is given. Locks it.

    Raises:
        CopyUnknown: there is no such paper.
        CopyTaken: it was taken down already.
        WallDayInvalid: the day lies before it hung, or is yet to come.

    And those of `ledger.record`.

    Example:
        walls.take_down(session, village="cy", copy=id, by=li.id, at=now).taken_by  # li.id
    """
    mine = (WallCopyRow.in_village(village), col(WallCopyRow.id) == copy)
    row = session.exec(select(WallCopyRow).where(*mine).with_for_update()).first()
    if row is None:
        raise CopyUnknown()
    if row.taken_on is not None:
        raise CopyTaken()
    day = on or day_of(at)
    if not row.hung_on <= day <= day_of(at):
        raise WallDayInvalid(day=day)
    row.taken_on, row.taken_by, row.taken_at = day, by, at
    session.flush()
    _record(session, "wall_taken_down", row, by=by, at=at, on=day)
    return row.into(WallCopy)


def _record(session: Session, kind: str, row: WallCopyRow, *, by: str, at: datetime, on: date) -> None:
    """Tell the log of a paper that went up or came off."""
    words = {
        "copy": row.id,
        "paper": row.paper,
        "subject": row.subject_id,
        "place": row.place,
        "size": row.size,
        "on": on.isoformat(),
        "until": row.take_down_on.isoformat(),
        "recorded_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=row.village_id, kind=kind, by=by, at=at, words=words)


@ledger.describes("wall_put_up")
def _put_up(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 红黑榜海报（A3）：村务公开栏，2026-10-01张贴，2026-11-01撤下."""
    what = f"{labels.name('wall_paper', words['paper'])}（{PAPER_SIZE.name(words['size'])}）"
    return f"{what}：{words['place']}，{words['on']}张贴，最迟{words['until']}撤下"


@ledger.describes("wall_taken_down")
def _taken_down(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 红黑榜海报（A3）：村务公开栏，2026-11-01撤下."""
    what = f"{labels.name('wall_paper', words['paper'])}（{PAPER_SIZE.name(words['size'])}）"
    return f"{what}：{words['place']}，{words['on']}撤下"
