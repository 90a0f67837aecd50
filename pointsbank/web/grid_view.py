"""The grid of a meeting as its page shows it: whose rows, which items stand side by side, what was typed.

Which group, items and day is chosen in the address; a cell's field is called after the household's id and the
item's code, so that what was typed means the same whatever else the page then shows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import request, url_for
from sqlmodel import Session

from pointsbank import dates, roster, scoring, villages
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.roster import Participant
from pointsbank.scoring import CellValue, Entered, Item, Meeting
from pointsbank.web import access
from pointsbank.web.bound import BoundForm
from pointsbank.web.typed_values import TypedValues

CELL = "c-"
"""Before the household's id and the item's code: the field in which a cell is typed."""

ROWS = 100
"""Households on one page; a larger group has several."""

HOUSEHOLD, NO_GROUP = "household", "none"

_CELL = re.compile(r"c-([a-z2-7]{16})-(.{1,32})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows that can be chosen: a group's households, or all of a kind; `lacking` are without an entry."""

    key: str
    name: str
    kind: str
    size: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is drawn: its field, what was typed, what is wrong with it, what is entered already."""

    name: str
    item: Item
    typed: str
    wrong: str
    entered: Entered | None


@dataclass
class Grid:
    """What the page of one meeting's grid shows.

    Attributes:
        chosen: whose rows these are; None where the village has nobody to show.
        fitting: every item that could be a column; `columns` are those that are.
        notes: what of the address was left out, in sentences.
        recused: by participant id, who leaves this household to the others.
        pages: how many pages of rows there are; `number` is this one's, from 1.
    """

    meeting: Meeting
    day: date
    choices: Sequence[Choice] = ()
    chosen: Choice | None = None
    fitting: Sequence[Item] = ()
    columns: Sequence[Item] = ()
    rows: Sequence[Participant] = ()
    entered: Mapping[tuple[str, str], Entered] = field(default_factory=dict)
    recused: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    number: int = 1
    pages: int = 1

    def in_address(self) -> dict[str, Any]:
        """Return what an address of this very grid says of it: group, items, day and page."""
        return {
            "group": self.chosen.key if self.chosen else None,
            "item": [item.code for item in self.columns],
            "day": self.day.isoformat(),
            "page": self.number if self.number > 1 else None,
        }

    def address(self, endpoint: str = "meeting_grid", **other: Any) -> str:
        """Return an address of this very grid; `other` stand in the place of its own parts."""
        given = (request.view_args or {}) | self.in_address() | other
        return url_for(f"pages.{endpoint}", **given)

    def drawn(self, form: BoundForm) -> list[tuple[Participant, list[Cell]]]:
        """Return the rows with their cells, as a form has them."""
        errors, values = form.errors, form.values
        return [(one, [self._cell(one, item, values, errors) for item in self.columns]) for one in self.rows]

    def _cell(self, one: Participant, item: Item, values: TypedValues, errors: Mapping[str, str]) -> Cell:
        name = self.name(one, item)
        known = self.entered.get((one.id, item.code))
        return Cell(name, item, values.get(name, ""), errors.get(name, ""), known)

    def name(self, person: Participant, item: Item) -> str:
        """Return the name of a cell's field."""
        return f"{CELL}{person.id}-{item.code}"


def read_grid(session: Session, village: str, meeting: str) -> Grid:
    """Return the grid that the address of the request asks for.

    Raises:
        MeetingUnknown: there is no such meeting.
        GroupUnknown: there is no such group for who asks.
    """
    found = scoring.meeting(session, village=village, meeting_id=meeting)
    grid = Grid(found, dates.day_of(access.now()))
    _read_day(grid)
    minutes = scoring.minutes_of(session, found, village=village)
    grid.choices = list(choices(session, village, meeting, minutes.area))
    grid.chosen = _chosen(grid.choices)
    if grid.chosen is None or found.status != "open":
        return grid
    _read_columns(session, grid, village)
    everybody = _members(session, village, grid.chosen)
    grid.pages = max(1, -(-len(everybody) // ROWS))
    asked = request.args.get("page", "1")
    grid.number = min(int(asked) if re.fullmatch("[0-9]{1,4}", asked) else 1, grid.pages) or 1
    grid.rows = everybody[(grid.number - 1) * ROWS : grid.number * ROWS]
    ids = [one.id for one in grid.rows]
    grid.entered = scoring.entered_cells(session, village=village, meeting=meeting, people=ids)
    recused: dict[str, list[str]] = {}
    for one in minutes.recused:
        for household in one.households:
            recused.setdefault(household, []).append(one.name)
    grid.recused = {household: "、".join(names) for household, names in recused.items()}
    return grid


def typed_cells() -> dict[str, str]:
    """Return what stands in the cells of the posted form, by the field's name; empty ones are left out."""
    sent = {name: value for name, value in request.form.items() if _CELL.fullmatch(name)}
    return {name: value for name, value in sent.items() if value.strip()}


def read_cells(grid: Grid, typed: Mapping[str, str]) -> tuple[dict[str, CellValue], dict[str, str]]:
    """Return what each filled cell says, and the sentences of those that say nothing their item takes."""
    values, wrong = {}, {}
    shown = {grid.name(person, item): item for person in grid.rows for item in grid.columns}
    for name, item in shown.items():
        if name not in typed:
            continue
        try:
            value = scoring.read_cell(item, typed[name])
        except scoring.problems.GridCellWrong as problem:
            wrong[name] = problem.detail
        else:
            if value is not None:
                values[name] = value
    return values, wrong


def cells_gone(session: Session, grid: Grid, village: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into cells that the table has no more, each with whose and what it was."""
    shown = {grid.name(person, item) for person in grid.rows for item in grid.columns}
    gone = {name: found for name in typed if name not in shown and (found := _CELL.fullmatch(name))}
    people = roster.by_ids(session, village=village, ids={found[1] for found in gone.values()})
    titles = {item.code: item.title for item in grid.fitting}
    words = {}
    for name, found in gone.items():
        person = people.get(found[1])
        is_named = person is not None and roster.is_within(person, access.groups())
        whose = f"{person.name} {person.code}" if person is not None and is_named else "别的户"
        words[name] = f"{whose}，{titles.get(found[2], found[2])}：{typed[name]}"
    return words


def _read_day(grid: Grid) -> None:
    """Take the day of the address; today where it names none that can be."""
    asked, today = request.args.get("day", ""), grid.day
    try:
        grid.day = date.fromisoformat(asked) if asked else today
    except ValueError:
        grid.notes.append(f"“{asked[:20]}”不是日期，先按今天。请重选发生日期。")
    if grid.day > today:
        grid.day = today
        grid.notes.append(f"{asked[:20]}还没有到，先按今天。请重选发生日期。")


def choices(session: Session, village: str, meeting: str, area: Sequence[str]) -> Iterator[Choice]:
    """Yield whose rows can be chosen by who asks, in the order of the groups."""
    scored = scoring.participants_scored(village=village, meeting=meeting)
    shares = roster.group_shares(session, village=village, without=scored)
    households = {one.group: one for one in shares if one.kind == HOUSEHOLD}
    allowed = access.groups()
    for group in villages.groups(session, village=village):
        share = households.get(group.id)
        if share and (allowed is None or group.id in allowed) and (not area or group.name in area):
            yield Choice(group.id, group.name, HOUSEHOLD, share.size, share.lacking)
    if allowed is not None or area:
        return
    if None in households:
        yield Choice(NO_GROUP, "未分组", HOUSEHOLD, households[None].size, households[None].lacking)
    for kind, name in PARTICIPANT_KIND.names.items():
        of_it = [one for one in shares if one.kind == kind and kind != HOUSEHOLD]
        if of_it:
            yield Choice(kind, name, kind, sum(x.size for x in of_it), sum(x.lacking for x in of_it))


def _chosen(choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that the address names, or the first that lacks entries.

    Raises:
        GroupUnknown: it names none of them.
    """
    asked = request.args.get("group")
    if not asked:
        return next((one for one in choices if one.lacking), choices[0] if choices else None)
    found = next((one for one in choices if one.key == asked), None)
    if found is None:
        raise villages.problems.GroupUnknown()
    return found


def _read_columns(session: Session, grid: Grid, village: str) -> None:
    """Choose the columns: the items of the address, or those that need least typing."""
    assert grid.chosen is not None
    try:
        items = scoring.items(session, village=village, day=grid.day)
    except scoring.problems.SchemeUnknown:
        items = []
    grid.fitting = scoring.grid_items(items, kind=grid.chosen.kind, day=grid.day)
    asked = set(request.args.getlist("item"))
    columns = [item for item in grid.fitting if item.code in asked]
    if len(columns) > scoring.MAXIMUM_COLUMNS:
        grid.notes.append(f"一次最多{scoring.MAXIMUM_COLUMNS}个条目，先列了前面的。")
    grid.columns = columns[: scoring.MAXIMUM_COLUMNS] or scoring.usual_columns(grid.fitting)


def _members(session: Session, village: str, chosen: Choice) -> list[Participant]:
    """Return whose rows these are, in the order of their codes."""
    is_group = chosen.kind == HOUSEHOLD
    group = chosen.key if is_group and chosen.key != NO_GROUP else None
    return roster.staying_in(session, village=village, kind=chosen.kind, group=group, anywhere=not is_group)
