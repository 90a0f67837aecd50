"""Finding pages: one by its number, a meeting's with how far each is, and that of a photo or why not."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import attachments, scoring, villages
from pointsbank.score_sheets.marks import open_boxes
from pointsbank.score_sheets.models import ScoreSheetEntryRow, ScoreSheetReadingRow, ScoreSheetRow
from pointsbank.score_sheets.printing import in_two
from pointsbank.score_sheets.refusing import (
    SheetEntered,
    SheetForeign,
    SheetMeetingClosed,
    SheetOfOtherGroup,
    SheetOfOtherMeeting,
    SheetPageUnknown,
)

OWNER_KIND = "score_sheet"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was printed; `items` codes from the left, `people` ids from above; `group` its name."""

    number: str
    meeting_id: str
    group_id: str
    group: str
    first: str
    page: int
    pages: int
    items: tuple[str, ...]
    people: tuple[str, ...]
    printed_at: datetime
    printed_by: str

    @property
    def label(self) -> str:
        """Return e.g. 一组第1页（共2页）."""
        return f"{self.group}第{self.page}页（共{self.pages}页）"

    @property
    def in_two(self) -> str:
        """Return its number as it stands on the paper."""
        return in_two(self.number)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a photo of a page says; `answers` as `marks`; `photo`, `cutouts`: attachments (ids)."""

    sheet: str
    number: int
    answers: str
    photo_id: str
    cutouts_id: str | None
    read_at: datetime
    read_by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered of a page; `first` and `last`: numbers of its scores within the meeting."""

    sheet: str
    reading: int
    ticks: str
    first: int | None
    last: int | None
    entered_at: datetime
    entered_by: str

    @property
    def count(self) -> int:
        """Return how many scores came of it."""
        return count_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """A page and how far it is: `reading` of its photo, `entry` once it is entered.

    `has_photo`: the photo is still there; of an entered page it goes in time, and what it said stays.
    """

    page: Page
    reading: Reading | None
    entry: Entry | None
    has_photo: bool = False

    @property
    def asked(self) -> int:
        """Return how many boxes a person has to decide."""
        return len(open_boxes(self.reading.answers)) if self.reading else 0


def count_between(first: int | None, last: int | None) -> int:
    """Return how many scores have numbers from `first` to `last`.

    Example:
        >>> count_between(3, 5), count_between(None, None)
        (3, 0)
    """
    return 0 if first is None or last is None else last - first + 1


def page(session: Session, *, village: str, number: str, groups: Collection[str] | None = None) -> Page:
    """Return one page.

    Args:
        groups: only pages of these groups (ids) are there; None for the whole village.

    Raises:
        SheetPageUnknown: the village, or these groups of it, have none of this number.

    Example:
        score_sheets.page(session, village="cy", number="7K3M9QWXYZ").people  # ("k3v7…", …)
    """
    row = session.get(ScoreSheetRow, (village, number))
    if row is None or (groups is not None and row.group_id not in groups):
        raise SheetPageUnknown()
    return _views(session, village, [row])[0]


def page_of_photo(
    session: Session, *, village: str, meeting: str, number: str, groups: Collection[str] | None = None
) -> Page:
    """Return the page whose number stands on a photo that is sent to a meeting (id), if it belongs there.

    Args:
        groups: those (ids) that who sends it leads; None for the whole village.

    Raises:
        SheetForeign: the village printed no such page.
        SheetOfOtherGroup: it is of another group than these.
        SheetMeetingClosed, SheetOfOtherMeeting: its meeting has ended, or is another one.
        SheetEntered: it was entered before.
        MeetingUnknown: there is no such meeting.

    Example:
        page_of_photo(session, village="cy", meeting=id, number="7K3M9QWXYZ").label  # "一组第1页（共2页）"
    """
    row = session.get(ScoreSheetRow, (village, number))
    if row is None:
        raise SheetForeign(number=in_two(number))
    if groups is not None and row.group_id not in groups:
        raise SheetOfOtherGroup(number=in_two(number))
    sat = scoring.meeting(session, village=village, meeting_id=row.meeting_id)
    title, day, shown = sat.title, sat.held_on, in_two(number)
    if sat.status != "open":
        raise SheetMeetingClosed(title=title, day=day, number=shown, meeting=sat.id)
    if row.meeting_id != meeting:
        raise SheetOfOtherMeeting(title=title, day=day, number=shown, meeting=sat.id)
    [found] = _views(session, village, [row])
    entered = session.get(ScoreSheetEntryRow, (village, number))
    if entered is not None:
        raise already_entered(found, entered.into(Entry))
    return found


def already_entered(found: Page, entry: Entry) -> SheetEntered:
    """Return the refusal that says that a page was entered before.

    Example:
        raise score_sheets.already_entered(standing.page, standing.entry)
    """
    return SheetEntered(
        group=found.group, page=found.page, number=found.in_two, count=entry.count, sheet=found.number
    )


def pages_of(
    session: Session, *, village: str, meeting: str, groups: Collection[str] | None = None
) -> list[Page]:
    """Return the pages that were printed for a meeting (id), by group, print and page.

    Args:
        groups: as `page`.

    Example:
        [one.label for one in score_sheets.pages_of(session, village="cy", meeting=id)]
    """
    row = ScoreSheetRow
    mine = [row.in_village(village), col(row.meeting_id) == meeting]
    if groups is not None:
        mine.append(col(row.group_id).in_(sorted(groups)))
    order = (col(row.printed_at), col(row.first), col(row.page))
    found = _views(session, village, session.exec(select(row).where(*mine).order_by(*order)).all())
    known = {
        group.id: place
        for place, group in enumerate(villages.groups(session, village=village, also_closed=True))
    }
    return sorted(found, key=lambda one: known.get(one.group_id, len(known)))


def standing(session: Session, *, village: str, pages: Sequence[Page]) -> list[Standing]:
    """Return how far each of some pages is, in their order.

    Example:
        score_sheets.standing(session, village="cy", pages=pages)[0].entry is None  # True
    """
    numbers = [one.number for one in pages]
    read, sealed = ScoreSheetReadingRow, ScoreSheetEntryRow
    photos = attachments.of_owners(session, village=village, owner_kind=OWNER_KIND, owners=numbers)
    there = {one.id for some in photos.values() for one in some if one.removed_on is None}
    mine = (read.in_village(village), col(read.sheet).in_(numbers))
    # The last one of each page stands; one whose photo is gone says nothing any more.
    readings = {
        row.sheet: row.into(Reading)
        for row in session.exec(select(read).where(*mine).order_by(col(read.number)))
    }
    entries = {
        row.sheet: row.into(Entry)
        for row in session.exec(
            select(sealed).where(sealed.in_village(village), col(sealed.sheet).in_(numbers))
        )
    }
    found = []
    for one in pages:
        reading = readings.get(one.number)
        has_photo = reading is not None and reading.photo_id in there
        stands = has_photo or one.number in entries
        entry = entries.get(one.number)
        found.append(Standing(one, reading if stands else None, entry, has_photo))
    return found


def standing_of(
    session: Session, *, village: str, number: str, groups: Collection[str] | None = None
) -> Standing:
    """Return how far one page is.

    Args:
        groups: as `page`.

    Raises:
        SheetPageUnknown: as `page`.

    Example:
        score_sheets.standing_of(session, village="cy", number="7K3M9QWXYZ").reading.answers  # "x..?…"
    """
    found = page(session, village=village, number=number, groups=groups)
    return standing(session, village=village, pages=[found])[0]


def count_entered(session: Session, *, village: str, meeting: str) -> tuple[int, int]:
    """Return how many pages of a meeting (id) are entered, and how many scores came of them.

    Example:
        score_sheets.count_entered(session, village="cy", meeting=id)  # (3, 120)
    """
    every = standing(session, village=village, pages=pages_of(session, village=village, meeting=meeting))
    entries = [one.entry for one in every if one.entry is not None]
    return len(entries), sum(one.count for one in entries)


def missing_pages(every: Sequence[Standing]) -> list[Page]:
    """Return the pages without a photo, of prints of which another page has one."""
    begun: dict[str, list[Standing]] = defaultdict(list)
    for one in every:
        begun[one.page.first].append(one)
    return [
        one.page
        for some in begun.values()
        if any(each.reading is not None for each in some)
        for one in some
        if one.reading is None
    ]


def _views(session: Session, village: str, rows: Sequence[ScoreSheetRow]) -> list[Page]:
    names = {one.id: one.name for one in villages.groups(session, village=village, also_closed=True)}
    return [
        row.into(
            Page,
            group=names[row.group_id],
            items=tuple(json.loads(row.items)),
            people=tuple(json.loads(row.people)),
        )
        for row in rows
    ]
