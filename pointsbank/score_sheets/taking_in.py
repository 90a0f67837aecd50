"""Taking in what a photo of a page says, with the photo as evidence; until it is confirmed nothing counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import attachments, ledger, publicity, scoring, villages
from pointsbank.attachments import Owner
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.prepared import chunks
from pointsbank.score_sheets.marks import open_boxes
from pointsbank.score_sheets.models import ScoreSheetEntryRow, ScoreSheetReadingRow, ScoreSheetRow
from pointsbank.score_sheets.printing import in_two
from pointsbank.score_sheets.reading import (
    OWNER_KIND,
    Page,
    Reading,
    already_entered,
    page_of_photo,
    standing_of,
)

PHOTO_DAYS = 180
"""Days that a photo stays at most."""

WAITING_DAYS = 14
"""So many days after a meeting the photo of a page that was never entered stays: who asks is shown it."""


class SheetShapeOther(Invalid):
    """The photo shows another number of boxes than was printed: a number made up, or read wrongly."""

    code = "sheet_shape_other"
    sentence = "表号{number}的照片和打印的表对不上，没有读入。请把四个角的码拍清楚，重新拍一张。"
    fixed_by = "村委"


class SheetPhotoGone(Refused):
    """There is no photo of this page that waits."""

    code = "sheet_photo_gone"
    sentence = "这张评分表没有等着核对的照片，请重新上传。"
    fixed_by = "本人"


def take_in(
    session: Session,
    *,
    village: str,
    meeting: str,
    number: str,
    rows: int,
    columns: int,
    answers: str,
    photo: bytes,
    cutouts: bytes = b"",
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> tuple[Page, Reading]:
    """Keep what a photo of a page says for an open meeting (id), in the place of an earlier photo of it.

    The very same photo again changes nothing. Locks the village's row.

    Args:
        number: the page's, as it stands in its corners.
        rows, columns: of boxes, as its corners say.
        answers: one character a box (`marks`), row after row.
        photo: bare, as `photos` draws it anew.
        cutouts: a picture of the boxes that are asked about; empty where there are none.
        groups: those (ids) that who sends it leads; None for the whole village.

    Raises:
        SheetForeign, SheetOfOtherGroup, SheetMeetingClosed, SheetOfOtherMeeting, SheetEntered: as
            `page_of_photo`.
        SheetShapeOther: it has other rows or columns than were printed.

    And those of `attachments.add` and `ledger.record`.

    Example:
        score_sheets.take_in(
            session, village="cy", meeting=id, number="7K3M9QWXYZ", rows=2, columns=1, answers="x.",
            photo=jpeg, by="li", at=now,
        )[1].number  # 1
    """
    villages.lock(session, village=village)
    found = page_of_photo(session, village=village, meeting=meeting, number=number, groups=groups)
    if (rows, columns) != (len(found.people), len(found.items)) or len(answers) != rows * columns:
        raise SheetShapeOther(number=found.in_two)
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": number}
    earlier = standing_of(session, village=village, number=number).reading
    if earlier is not None:
        _, content = attachments.read(session, **whose, attachment=earlier.photo_id)
        if content == photo and earlier.answers == answers:
            return found, earlier
        _withdraw(session, whose, earlier, by=by, at=at)
    kept = attachments.add(session, **whose, content=photo, by=by, at=at)
    shown = attachments.add(session, **whose, content=cutouts, by=by, at=at) if cutouts else None
    mine = (ScoreSheetReadingRow.in_village(village), col(ScoreSheetReadingRow.sheet) == number)
    last = session.exec(select(func.max(ScoreSheetReadingRow.number)).where(*mine)).one()
    row = ScoreSheetReadingRow(
        village_id=village,
        sheet=number,
        number=(last or 0) + 1,
        answers=answers,
        photo_id=kept.id,
        cutouts_id=shown.id if shown else None,
        read_at=at,
        read_by=by,
    )
    session.add(row)
    session.flush()
    words = {
        "sheet": number,
        "meeting": meeting,
        "number": row.number,
        "answers": answers,
        "photo": row.photo_id,
        "cutouts": row.cutouts_id,
    }
    ledger.record(session, village=village, kind="score_sheet_read", by=by, at=at, words=words)
    return found, row.into(Reading)


def drop_photo(
    session: Session,
    *,
    village: str,
    number: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> None:
    """Delete the photo of a page that is not entered yet: the wrong one, or one to be taken again.

    Args:
        groups: as `take_in`.

    Raises:
        SheetPageUnknown: there is no such page.
        SheetEntered: it is entered; the photo is its evidence.
        SheetPhotoGone: no photo of it waits.
        MeetingClosed: its meeting has ended: for 14 days who asks is shown what was not entered.

    And those of `attachments.withdraw`.

    Example:
        score_sheets.drop_photo(session, village="cy", number="7K3M9QWXYZ", by="li", at=now)
    """
    villages.lock(session, village=village)
    found = standing_of(session, village=village, number=number, groups=groups)
    if found.entry is not None:
        raise already_entered(found.page, found.entry)
    if found.reading is None:
        raise SheetPhotoGone()
    if scoring.meeting(session, village=village, meeting_id=found.page.meeting_id).status != "open":
        raise scoring.problems.MeetingClosed()
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": number}
    _withdraw(session, whose, found.reading, by=by, at=at)


def photos_until(*, closed_on: date | None, is_entered: bool, settled_on: date | None) -> date | None:
    """Return the last day on which a page's photo is needed; None while nobody knows.

    Args:
        closed_on: the day on which its meeting ended.
        is_entered: scores came of it.
        settled_on: the last day of display of the notice on which they hang, once that is settled.

    Example:
        >>> photos_until(closed_on=date(2026, 9, 1), is_entered=False, settled_on=None)
        datetime.date(2026, 9, 15)
        >>> photos_until(closed_on=date(2026, 9, 1), is_entered=True, settled_on=date(2026, 9, 8))
        datetime.date(2026, 9, 8)
        >>> photos_until(closed_on=date(2026, 9, 1), is_entered=True, settled_on=None) is None
        True
    """
    if closed_on is None:
        return None
    return settled_on if is_entered else closed_on + timedelta(days=WAITING_DAYS)


@ledger.describes("score_sheet_read")
def _read(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 表号7K3M9 QWXYZ，读出35个勾，3格待定."""
    answers = words["answers"]
    asked = len(open_boxes(answers))
    waits = f"，{asked}格待定" if asked else ""
    return f"表号{in_two(words['sheet'])}，读出{answers.count('x')}个勾{waits}"


def _withdraw(session: Session, whose: dict[str, str], reading: Reading, *, by: str, at: datetime) -> None:
    for attachment in filter(None, (reading.photo_id, reading.cutouts_id)):
        attachments.withdraw(session, **whose, attachment=attachment, by=by, at=at)


def _ended(session: Session, village: str, ids: Sequence[str]) -> dict[str, date]:
    """Return since when the photos of some pages are no longer needed."""
    notices = {one.meeting: one for one in publicity.notices(session, village=village)}
    found: dict[str, date] = {}
    sheet, entry = ScoreSheetRow, ScoreSheetEntryRow
    for some in chunks(list(ids)):
        rows = session.exec(select(sheet).where(sheet.in_village(village), col(sheet.number).in_(some))).all()
        mine = (entry.in_village(village), col(entry.sheet).in_(some))
        entered = set(session.exec(select(entry.sheet).where(*mine)))
        for row in rows:
            sat = scoring.meeting(session, village=village, meeting_id=row.meeting_id)
            notice = notices.get(row.meeting_id)
            until = photos_until(
                closed_on=day_of(sat.closed_at) if sat.closed_at else None,
                is_entered=row.number in entered,
                settled_on=notice.ends_on if notice and notice.settled_at else None,
            )
            if until is not None:
                found[row.number] = until
    return found


# A photo and the cut-outs of one reading; an earlier one is withdrawn before.
OWNER = attachments.declare(Owner(OWNER_KIND, maximum=2, days=PHOTO_DAYS, ended=_ended))
