"""The values of a month's poster: frozen, already masked, already worded."""

from dataclasses import dataclass
from datetime import date

from pointsbank.dates import month_in_words
from pointsbank.points import Points
from pointsbank.publicity import BlackPlace
from pointsbank.sheets.base import SheetValue


@dataclass(frozen=True, slots=True)
class RedEntry:
    """One line of the red board: place, name as it may be shown, points and the reason."""

    rank: int
    name: str
    group: str
    points: Points
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupBar:
    """One group in the group ranking: its place, its name and its mark."""

    rank: int
    name: str
    points: Points


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The month in figures: what was given, spent, and said against it."""

    households_scored: int
    issued: Points
    redeemed: Points
    goods_given: int
    outstanding: Points
    objections_raised: int
    objections_upheld: int


@dataclass(frozen=True, slots=True)
class EarlierAnchor:
    """The digits of a month closed before, printed again so that old paper and new paper agree."""

    month: str
    digits: str


@dataclass(frozen=True, slots=True)
class AnchorPrint:
    """The month's anchor (存证码): text of its code, 30 digits in fives, digits of months before."""

    content: str
    digits: str
    earlier: tuple[EarlierAnchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Poster(SheetValue):
    """Everything on the poster of one month; `black=None` prints no black board at all."""

    village: str
    month: str
    red: tuple[RedEntry, ...]
    groups: tuple[GroupBar, ...]
    figures: MonthFigures
    publicity_from: date
    publicity_until: date
    issued_by: str
    issued_on: date
    black: tuple[BlackPlace, ...] | None = None
    anchor: AnchorPrint | None = None
    basis: str = ""
    objection_channel: str = ""
    hotline: str = ""
    group_measure: str = "户均荣誉积分"

    @property
    def description(self) -> str:
        """Which month's poster it is."""
        return f"{month_in_words(self.month)}的海报"

    @property
    def file_label(self) -> str:
        """The month."""
        return self.month

    @property
    def facts(self) -> dict[str, object]:
        """The month."""
        return {"month": self.month}
