"""Finding titles: one with its steps, a household's, those in some states, and how many places are taken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from pointsbank import objections, roster
from pointsbank.errors import NotFound
from pointsbank.titles.kinds import TitleKind, kinds
from pointsbank.titles.models import TitleAgreementRow, TitleCheckRow, TitleRow, TitleStepRow
from pointsbank.titles.objecting_kind import TITLES
from pointsbank.titles.rules import Span
from pointsbank.titles.states import (
    GIVEN,
    GIVEN_BACK,
    GIVEN_ONCE,
    HUNG,
    LOST,
    NOMINATED,
    SEATED,
    STANDING,
    TAKEN_OFF,
)


class TitleUnknown(NotFound):
    """There is no such title in this village."""

    code = "title_unknown"
    sentence = "没有找到这个称号，请从“称号”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `until_on` as in the table: what it means depends on the kind of step."""

    title_id: str
    number: int
    kind: str
    state: str
    met: bool | None
    day: date
    until_on: date | None
    votes_for: int | None
    votes_against: int | None
    place: str
    words: str
    seen_by: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A later word of the person of a title: named in full from this day on, or not any more."""

    title_id: str
    number: int
    agreed: bool
    day: date
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Title:
    """One title of one household, or of a person of it, as it stands; `who` as staff see it.

    `agreed_on`: since when its person is named in full, None where nobody agreed or took it back;
    `first_agreed_on`: what was signed at the nomination; `agreements`: every later word.
    """

    id: str
    number: int
    kind: TitleKind
    participant: roster.Participant
    person: str
    agreed_on: date | None
    nominated_by: str
    nominator: str
    reason: str
    nominated_on: date
    recorded_at: datetime
    recorded_by: str
    steps: tuple[Step, ...]
    contested: bool
    first_agreed_on: date | None
    agreements: tuple[Agreement, ...]

    @property
    def name_withdrawn(self) -> bool:
        """Whether its person said last not to be named in full."""
        return bool(self.agreements) and not self.agreements[-1].agreed

    @property
    def state(self) -> str:
        """A code of `labels.title_state`."""
        return self.steps[-1].state if self.steps else NOMINATED

    @property
    def since(self) -> date:
        """The day of the last step."""
        return self.steps[-1].day if self.steps else self.nominated_on

    @property
    def who(self) -> str:
        """Whose it is: 王建国（0101）, or 李秀英（王建国家，0101）."""
        home = self.participant
        return (
            f"{self.person}（{home.name}家，{home.code}）" if self.person else f"{home.name}（{home.code}）"
        )

    @property
    def given_on(self) -> date | None:
        """The day on which the certificate was given."""
        return next((one.day for one in self.steps if one.kind == GIVEN), None)

    @property
    def is_given(self) -> bool:
        """Whether it was given and is not lost: perhaps its plate is off for now."""
        return self.state in GIVEN_ONCE

    @property
    def hung(self) -> Step | None:
        """The notice."""
        return next((one for one in reversed(self.steps) if one.kind == HUNG), None)

    @property
    def review_on(self) -> date | None:
        """The day on which it is looked at again, while it stands; None for no day."""
        return self.steps[-1].until_on if self.state == STANDING else None

    @property
    def deadline(self) -> date | None:
        """The day by which it is put right, while the plate is off."""
        off = next((one for one in reversed(self.steps) if one.kind == TAKEN_OFF), None)
        return off.until_on if off is not None and self.state in (TAKEN_OFF, "put_right") else None

    @property
    def barred_until(self) -> date | None:
        """The first day on which who lost it may stand again."""
        return self.steps[-1].until_on if self.state == LOST else None

    @property
    def spans(self) -> list[Span]:
        """The days on which it stood: a plate that is off ends one, one given back begins another."""
        found: list[Span] = []
        first: date | None = None
        for one in self.steps:
            if one.kind in (GIVEN, GIVEN_BACK):
                first = one.day
            elif first is not None and one.state not in GIVEN_ONCE[:2]:
                found.append(Span(first, one.day))
                first = None
        return [*found, Span(first)] if first is not None else found


def title(session: Session, *, village: str, title_id: str) -> Title:
    """Return one title.

    Raises:
        TitleUnknown: the village has none with this id.

    Example:
        titles.title(session, village="chayuan", title_id=id).state  # "standing"
    """
    # PostgreSQL compares no text that holds a NUL.
    found = [] if "\x00" in title_id else _read(session, village, col(TitleRow.id) == title_id)
    if not found:
        raise TitleUnknown()
    return found[0]


def titles(
    session: Session,
    *,
    village: str,
    states: Collection[str] | None = None,
    name: str | None = None,
    participant: str | None = None,
) -> list[Title]:
    """Return the titles of a village, those nominated first first.

    Args:
        states: only those that stand so; None for all.
        name: only of this kind.
        participant: only of this household (id).

    Example:
        len(titles.titles(session, village="chayuan", states=["standing"]))  # 12
    """
    conditions = [] if participant is None else [col(TitleRow.participant_id) == participant]
    return [
        one
        for one in _read(session, village, *conditions)
        if (states is None or one.state in states) and (name is None or one.kind.name == name)
    ]


def taken(found: Sequence[Title]) -> dict[str, int]:
    """Return how many places of each kind (name) are taken by these titles.

    Example:
        titles.taken(titles.titles(session, village="chayuan"))  # {"清洁户": 8}
    """
    counted: dict[str, int] = {}
    for one in found:
        if one.state in SEATED:
            counted[one.kind.name] = counted.get(one.kind.name, 0) + 1
    return counted


def checks(session: Session, *, village: str, title_id: str) -> dict[int, dict[int, bool]]:
    """Return, by the number of a step, whether each criterion was met.

    Example:
        titles.checks(session, village="chayuan", title_id=id)[1]  # {1: True, 2: False}
    """
    row = TitleCheckRow
    found: dict[int, dict[int, bool]] = {}
    mine = select(row).where(row.in_village(village), col(row.title_id) == title_id)
    for one in session.exec(mine.order_by(col(row.number), col(row.criterion))):
        found.setdefault(one.number, {})[one.criterion] = one.met
    return found


def _read(session: Session, village: str, *conditions: ColumnElement[bool]) -> list[Title]:
    """Return the titles under these conditions with their steps."""
    row, step = TitleRow, TitleStepRow
    query = select(row).where(row.in_village(village), *conditions).order_by(col(row.number))
    rows = session.exec(query.execution_options(populate_existing=True)).all()
    if not rows:
        return []
    steps: dict[str, list[Step]] = {one.id: [] for one in rows}
    # One is asked for by its id; of a household or a village all steps are read at once.
    mine = [step.in_village(village)]
    if len(rows) == 1:
        mine.append(col(step.title_id) == rows[0].id)
    for one in session.exec(select(step).where(*mine).order_by(col(step.number))):
        if one.title_id in steps:
            steps[one.title_id].append(one.into(Step))
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in rows})
    adopted = {one.id: one for one in kinds(session, village=village)}
    contested = objections.open_subjects(session, TITLES, village=village)
    agreements = _agreements(session, village, [one.id for one in rows if one.person])
    return [
        one.into(
            Title,
            agreed_on=_agreed_on(one, agreements.get(one.id, ())),
            first_agreed_on=one.agreed_on,
            agreements=tuple(agreements.get(one.id, ())),
            kind=adopted[one.kind_id],
            participant=people[one.participant_id],
            steps=tuple(steps[one.id]),
            contested=one.id in contested,
        )
        for one in rows
    ]


def _agreed_on(row: TitleRow, later: Sequence[Agreement]) -> date | None:
    """Return since when the person of a title is named in full; None where it is not."""
    if not later:
        return row.agreed_on
    return later[-1].day if later[-1].agreed else None


def _agreements(session: Session, village: str, ids: Sequence[str]) -> dict[str, list[Agreement]]:
    """Return by title (id) what its person said of being named after the nomination, in order."""
    if not ids:
        return {}
    row = TitleAgreementRow
    mine = [row.in_village(village)]
    if len(ids) == 1:
        mine.append(col(row.title_id) == ids[0])
    found: dict[str, list[Agreement]] = {}
    for one in session.exec(select(row).where(*mine).order_by(col(row.number))):
        found.setdefault(one.title_id, []).append(one.into(Agreement))
    return found
