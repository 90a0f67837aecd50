"""What scoring hands out and is handed: schemes, items, meetings, rows to enter and scores."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from pointsbank.points import Points
from pointsbank.spreadsheets import Imported

PLUS, MINUS, VETO = "plus", "minus", "veto"

_ID = re.compile(r"[a-z2-7]{16}")

ENTERED, PUBLISHED, CONTESTED, WITHDRAWN, POSTED = "entered", "published", "contested", "withdrawn", "posted"


@dataclass(frozen=True, slots=True)
class Item:
    """One rule of the scheme; points are hundredths without sign: `direction` (plus, minus, veto) says it.

    `terms` are the cells that only the item's shape reads (bounds, steps): numbers and texts by column key.
    """

    id: str
    code: str
    category: str
    title: str
    direction: str
    shape: str
    points: Points | None = None
    unit: str = ""
    cap_period: str = ""
    cap_points: Points | None = None
    cap_times: int | None = None
    evidence: str = ""
    applies_to: str = ""
    legal_basis: str = ""
    scored_in: str = ""
    double_months: int = 0
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of the rules; `resolution` and `from_date` are set once it is adopted."""

    id: str
    version: int
    status: str
    resolution: str
    from_date: date | None
    adopted_by: str | None
    adopted_at: datetime | None
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeImported(Imported):
    """What an import of a scheme did; `removed` items are those that the new version no longer has."""

    scheme: Scheme
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresImported(Imported):
    """What an import of scores did; `unchanged` rows stood in the minutes before."""

    scores: list["Score"]


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody who sits in a meeting, with the households that they do not judge.

    Attributes:
        participant_code: the code of their own.
        relatives: pairs of participant id and relation (a code of `labels.relation`).
    """

    name: str
    participant_code: str | None = None
    relatives: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its minutes: who sat, who was missing, how many scores, what was added later."""

    id: str
    title: str
    held_on: date
    status: str
    judges: tuple[str, ...]
    absentees: tuple[str, ...]
    minutes: str
    scores: int
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    index: int | None
    notes: tuple["MeetingNote", ...] = ()
    kind: str | None = None

    @property
    def is_day_book(self) -> bool:
        """Return whether it is the day book of the counter, in which nobody sat."""
        return self.kind is not None


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """Something added to closed minutes."""

    text: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score to be entered; `points` without sign, `row` its place in the file it came from.

    `same_deed`: what says that it is the same deed as others, as `same_deed.Together` reads it.
    """

    participant_code: str
    item: str
    occurred_on: date
    quantity: Decimal | int | None = None
    points: Points | None = None
    note: str = ""
    row: int | None = None
    same_deed: str = ""


@dataclass(frozen=True, slots=True)
class StoredScore:
    """The columns of a score, all but its village.

    `points` as judged, `counted_points` after caps, both signed; they and `quantity` are hundredths.
    `same_deed` is the first score (id) of the deed, where this one was said to be the same deed.
    """

    id: str
    meeting_id: str
    number: int
    participant_id: str
    item_id: str
    item_code: str
    occurred_on: date
    quantity: int | None
    points: Points
    counted_points: Points
    counted_in: str
    late: bool
    note: str
    remark: str
    recused: str
    status: str
    entered_by: str
    entered_at: datetime
    posted_at: datetime | None
    log_index: int | None
    same_deed: str | None


@dataclass(frozen=True, slots=True)
class Score(StoredScore):
    """A score as it stands, with its participant and its item in words.

    What is not `publishable` (its item's words may not hang) is on nothing public.
    """

    code: str
    name: str
    title: str
    category: str
    direction: str
    publishable: bool


class MonthTotal(NamedTuple):
    """What a participant earned and lost in one month; `late` is the part entered late (补录)."""

    honour: Points
    plus: Points
    minus: Points
    late: Points


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of each score asked for: posted now, posted before, frozen, withdrawn."""

    posted: tuple[str, ...]
    already: tuple[str, ...]
    contested: tuple[str, ...]
    withdrawn: tuple[str, ...]


def is_id(given: str) -> bool:
    """Return whether a text can be one of our ids: PostgreSQL compares no text that holds a NUL."""
    return _ID.fullmatch(given) is not None
