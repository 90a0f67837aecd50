"""What the callers hand over to be printed: frozen values, already masked, already worded."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
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


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One score on a notice: whom (as it may be shown), for what, on which day, how many points."""

    name: str
    group: str
    item: str
    occurred_on: date
    points: Points
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A notice of scores (公示) as it hangs: its lines, until when, and how to object."""

    village: str
    title: str
    lines: tuple[NoticeLine, ...]
    published_on: date
    ends_on: date
    issued_by: str
    intro: str = ""
    objection_channel: str = ""
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One kind of goods on a slip: how many pieces, and the points for one."""

    goods: str
    quantity: int
    points: Points


@dataclass(frozen=True, slots=True)
class Receipt:
    """A slip of the shop: what was taken, what is left, and where the village's log holds it."""

    village: str
    household: str
    day_and_time: str
    clerk: str
    lines: tuple[ReceiptLine, ...]
    total: Points
    balance: Points
    index: int
    leaf: str
    title: str = "积分兑换小票"
    phone: str = ""


def texts_of(value: object) -> Iterator[str]:
    """Every text within a value, however deep: what the fonts must be able to draw."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
