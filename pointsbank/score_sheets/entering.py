"""Entering a page as scores of its meeting, once, as a person has confirmed it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, scoring
from pointsbank.errors import Refused
from pointsbank.score_sheets.marks import ticked_boxes
from pointsbank.score_sheets.models import ScoreSheetEntryRow
from pointsbank.score_sheets.printing import in_two
from pointsbank.score_sheets.reading import Page, already_entered, count_between, standing_of
from pointsbank.score_sheets.taking_in import SheetPhotoGone
from pointsbank.scoring import Score, ScoreRow


class SheetReadAgain(Refused):
    """Another photo of the page came while somebody confirmed the one before."""

    code = "sheet_read_again"
    sentence = "这张评分表刚刚又上传了一张照片，没有录入。请核对新照片读出的结果，再录入。"
    fixed_by = "本人"


def rows_of(
    session: Session, found: Page, places: Sequence[int], *, village: str, day: date
) -> list[ScoreRow]:
    """Return what the boxes at some places of a page mean: whose, which item, for a deed of that day.

    Example:
        score_sheets.rows_of(session, page, [0], village="cy", day=day)[0].participant_code  # "0101"
    """
    people = roster.by_ids(session, village=village, ids=set(found.people))
    boxes = [divmod(place, len(found.items)) for place in places]
    return [ScoreRow(people[found.people[row]].code, found.items[column], day) for row, column in boxes]


def enter(
    session: Session,
    *,
    village: str,
    number: str,
    reading: int,
    ticks: str,
    day: date,
    left_out: Collection[int] = (),
    again: Collection[int] = (),
    groups: Collection[str] | None = None,
    request_id: str | None = None,
    by: str,
    at: datetime,
) -> list[Score]:
    """Enter the ticks of a page into its open meeting, all or none; return the scores.

    Locks as `scoring.enter_scores`; of two who enter the same page at once the second is refused.

    Args:
        reading: number of the reading that was confirmed.
        ticks: `x` or `.` for each box, as `marks.decided`.
        day: of the deeds.
        left_out: places of ticks that are not entered: they were judged already.
        again: places of ticks that were judged already and are meant once more.
        groups: those (ids) that who enters leads; None for the whole village.
        request_id: the same id again answers with the scores entered the first time.

    Raises:
        SheetPageUnknown: there is no such page.
        SheetPhotoGone, SheetReadAgain: there is no photo of it; there is a newer one.
        SheetEntered: it was entered before.
        MeetingClosed: its meeting has ended.

    And those of `scoring.enter_scores`.

    Example:
        score_sheets.enter(
            session, village="cy", number="7K3M9QWXYZ", reading=1, ticks="x.", day=day, by="li", at=now
        )[0].counted_points  # 500 hundredths
    """
    standing = standing_of(session, village=village, number=number, groups=groups)
    found = standing.page
    is_repeated = request_id is not None and ledger.was_answered(
        session, village=village, request_id=request_id
    )
    if standing.entry is not None and not is_repeated:
        raise already_entered(found, standing.entry)
    places = [place for place in ticked_boxes(ticks) if place not in left_out]
    entered: list[Score] = []
    if places:
        entered = scoring.enter_scores(
            session,
            village=village,
            meeting=found.meeting_id,
            rows=rows_of(session, found, places, village=village, day=day),
            request_id=request_id,
            confirmed=False,
            meant={row for row, place in enumerate(places, start=1) if place in again},
            groups=groups,
            by=by,
            at=at,
        )
    elif scoring.meeting(session, village=village, meeting_id=found.meeting_id).status != "open":
        raise scoring.problems.MeetingClosed()
    # Once more, now that the meeting is ours: somebody may have been first while we waited for it.
    standing = standing_of(session, village=village, number=number, groups=groups)
    if standing.entry is not None:
        if is_repeated and (standing.entry.first, standing.entry.last) == _span(entered):
            return entered
        raise already_entered(found, standing.entry)
    if standing.reading is None:
        raise SheetPhotoGone()
    if standing.reading.number != reading:
        raise SheetReadAgain()
    _write(session, village, found, reading, ticks, entered, by=by, at=at)
    return entered


def _span(entered: Sequence[Score]) -> tuple[int | None, int | None]:
    """Return the first and last number of some scores within their meeting."""
    return (entered[0].number, entered[-1].number) if entered else (None, None)


def _write(
    session: Session,
    village: str,
    found: Page,
    reading: int,
    ticks: str,
    entered: Sequence[Score],
    *,
    by: str,
    at: datetime,
) -> None:
    """Write that a page is entered, and tell the log of it."""
    first, last = _span(entered)
    row = ScoreSheetEntryRow(
        village_id=village,
        sheet=found.number,
        reading=reading,
        ticks=ticks,
        first=first,
        last=last,
        entered_at=at,
        entered_by=by,
    )
    session.add(row)
    session.flush()
    words = {
        "sheet": found.number,
        "meeting": found.meeting_id,
        "reading": reading,
        "ticks": ticks,
        "first": first,
        "last": last,
    }
    ledger.record(session, village=village, kind="score_sheet_entered", by=by, at=at, words=words)


@ledger.describes("score_sheet_entered")
def _entered(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 表号7K3M9 QWXYZ，录入35条."""
    return f"表号{in_two(words['sheet'])}，录入{count_between(words['first'], words['last'])}条"
