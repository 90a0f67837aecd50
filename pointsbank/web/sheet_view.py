"""A page of paper as its page on the screen shows it: the boxes as on the paper, ticked as they were read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from pointsbank import roster, score_sheets, scoring
from pointsbank.omr.layout import MAXIMUM_COLUMNS
from pointsbank.roster import Participant
from pointsbank.score_sheets import Page, Standing
from pointsbank.scoring import Entered, Meeting, Score
from pointsbank.web import access
from pointsbank.web.bound import BoundForm

BOX, CHOICE = "b-", "d-"
"""Before a box's place: the field of its tick; and of the answer for one that is asked about."""

YES, NO = "yes", "no"
UNANSWERED = "请看图选“有勾”或“没有勾”。"
MOVED = "这一户已经不在您这个小组了，请改成没有勾，交给村委会录入。"

TILE = (144, 72)
"""Width and height of one cut-out in the strip of them, in points, as `omr.sending` draws it."""


@dataclass(frozen=True, slots=True)
class Column:
    """An item above its boxes; `hint`: what a tick comes to."""

    code: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Box:
    """One box as it is drawn.

    Attributes:
        name: of its field.
        asked: its place among those that are asked about, from 0; None for a clear one.
        crossed_out: it looks as if a mark was struck out.
        choice: `yes`, `no`, or nothing yet, for one that is asked about.
    """

    place: int
    name: str
    person: Participant
    column: Column
    ticked: bool
    asked: int | None
    crossed_out: bool
    choice: str
    wrong: str
    entered: Entered | None


@dataclass
class SheetView:
    """What is known of a page, and its boxes: a row of them for each household.

    `scores`: what came of it, once it is entered.
    """

    standing: Standing
    meeting: Meeting
    people: Sequence[Participant]
    columns: Sequence[Column]
    has_photo: bool = False
    entered: Mapping[tuple[str, str], Entered] = field(default_factory=dict)
    recused: Mapping[str, str] = field(default_factory=dict)
    scores: Sequence[Score] = ()

    @property
    def page(self) -> Page:
        """The page as it was printed."""
        return self.standing.page

    @property
    def answers(self) -> str:
        """What the photo says; empty without one."""
        return self.standing.reading.answers if self.standing.reading else ""

    @property
    def decided(self) -> int:
        """How many boxes a person has decided."""
        return len(score_sheets.open_boxes(self.answers))

    @property
    def changed(self) -> int:
        """How many boxes a person has changed that seemed clear."""
        ticks = self.standing.entry.ticks if self.standing.entry else ""
        asked = set(score_sheets.open_boxes(self.answers))
        pairs = enumerate(zip(self.answers, ticks, strict=False))
        return sum(read != entered for place, (read, entered) in pairs if place not in asked)

    def explain_moved(self, form: BoundForm) -> None:
        """Say of households that have left the group of who asks that they have left it."""
        groups = access.groups()
        if groups is None:
            return
        moved = {place for place, person in enumerate(self.people) if person.group_id not in groups}
        for place in range(len(self.answers)):
            for name in (f"{BOX}{place}", f"{CHOICE}{place}"):
                if place // len(self.columns) in moved and name in form.errors:
                    form.errors[name] = MOVED

    def doubts(self, rows: Sequence[tuple[Participant, Sequence[Box]]]) -> list[Box]:
        """Return the boxes that a person has to decide."""
        return [box for _, boxes in rows for box in boxes if box.asked is not None]

    def drawn(self, form: BoundForm, *, is_sent: bool) -> list[tuple[Participant, list[Box]]]:
        """Return the rows with their boxes: as they were sent, or as they were read."""
        boxes = list(self._boxes(form, is_sent))
        wide = len(self.columns)
        return [(person, boxes[row * wide : (row + 1) * wide]) for row, person in enumerate(self.people)]

    def _boxes(self, form: BoundForm, is_sent: bool) -> Iterator[Box]:
        asked = {place: number for number, place in enumerate(score_sheets.open_boxes(self.answers))}
        for place, answer in enumerate(self.answers):
            row, column = divmod(place, len(self.columns))
            name = f"{CHOICE if place in asked else BOX}{place}"
            value = form.values.get(name, "") if is_sent else ""
            person, head = self.people[row], self.columns[column]
            is_open = is_sent and place in asked and value not in (YES, NO)
            yield Box(
                place=place,
                name=name,
                person=person,
                column=head,
                ticked=bool(value) if is_sent else answer == score_sheets.MARKED,
                asked=asked.get(place),
                crossed_out=answer == "/",
                choice=value if value in (YES, NO) else "",
                wrong=form.errors.get(name, UNANSWERED if is_open else ""),
                entered=self.entered.get((person.id, head.code)),
            )


def read_sheet(session: Session, village: str, meeting: str, number: str) -> SheetView:
    """Return what the page of one sheet shows.

    Raises:
        MeetingUnknown: there is no such meeting.
        SheetPageUnknown: it has no such page, for who asks.
    """
    sat = scoring.meeting(session, village=village, meeting_id=meeting)
    standing = score_sheets.standing_of(session, village=village, number=number, groups=access.groups())
    page = standing.page
    if page.meeting_id != meeting:
        raise score_sheets.problems.SheetPageUnknown()
    found = roster.by_ids(session, village=village, ids=set(page.people))
    minutes = scoring.minutes_of(session, sat, village=village)
    recused: dict[str, list[str]] = {}
    for one in minutes.recused:
        for household in one.households:
            recused.setdefault(household, []).append(one.name)
    entry = standing.entry
    span = (entry.first, entry.last) if entry and entry.first and entry.last else None
    scores = scoring.scores(session, village=village, meeting=meeting, numbers=span) if span else []
    return SheetView(
        standing,
        sat,
        people=[found[one] for one in page.people],
        columns=list(_columns(session, village, page.items, sat.held_on)),
        has_photo=standing.has_photo,
        entered=scoring.entered_cells(session, village=village, meeting=meeting, people=page.people),
        recused={household: "、".join(names) for household, names in recused.items()},
        scores=scores,
    )


def fitting_items(session: Session, village: str, meeting: Meeting) -> list[scoring.Item]:
    """Return the items that may stand on a score sheet of a meeting."""
    try:
        scheme = scoring.items(session, village=village, day=meeting.held_on)
    except scoring.problems.SchemeUnknown:
        return []
    return [item for item in scheme if scoring.is_ticked(item, kind="household")]


def picked_items(fitting: Sequence[scoring.Item], asked: Sequence[str]) -> list[str]:
    """Return the codes that are ticked on the form that prints: those asked for, else the first 12."""
    return list(asked) or [item.code for item in fitting[:MAXIMUM_COLUMNS]]


def _columns(session: Session, village: str, codes: Sequence[str], day: date) -> Iterator[Column]:
    try:
        known = {item.code: item for item in scoring.items(session, village=village, day=day)}
    except scoring.problems.SchemeUnknown:
        known = {}
    for code in codes:
        item = known.get(code)
        yield Column(code, item.title if item else code, scoring.label(item) if item else "")
