"""What the callers hand over to be printed: frozen values, already masked, already worded."""

from dataclasses import dataclass
from datetime import date

from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class CardFace:
    """The face of one household's card (积分卡): what stands on it and what its code says."""

    village: str
    household: str
    group: str
    content: str
    number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RedEntry:
    """One line of the red board: place, name as it may be shown, points and the reason."""

    rank: int
    name: str
    group: str
    points: Points
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BlackEntry:
    """One line of the black board: a masked name, the rule, a neutral fact, and when it comes down."""

    name: str
    group: str
    rule: str
    fact: str
    expires_on: date
    first_month: str | None = None


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
    """The month's anchor (存证码): the text for its code, its 30 digits, and those of earlier months."""

    content: str
    digits: str
    earlier: tuple[EarlierAnchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything that stands on the poster of one month; `black=None` prints no black board at all."""

    village: str
    month: str
    red: tuple[RedEntry, ...]
    groups: tuple[GroupBar, ...]
    figures: MonthFigures
    publicity_from: date
    publicity_until: date
    issued_by: str
    issued_on: date
    black: tuple[BlackEntry, ...] | None = None
    anchor: AnchorPrint | None = None
    basis: str = ""
    objection_channel: str = ""
    hotline: str = ""
    group_measure: str = "户均荣誉积分"
