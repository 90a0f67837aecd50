"""Kinds of values in a list: how each is written on a page, in a cell of Excel, in CSV and as JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pointsbank import labels, points
from pointsbank.dates import SHANGHAI
from pointsbank.labels import Labels

Cell = str | int | Decimal | date
"""What Excel is given: text, a number or a day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of a column are written; None is written as nothing everywhere, as JSON it is null.

    Attributes:
        shown: as people read it.
        cell: as a cell of Excel; what an import reads back.
        json: for programs.
        numeric: it stands on the right, and a minus is shown as one.
    """

    shown: Callable[[Any], str]
    cell: Callable[[Any], Cell]
    json: Callable[[Any], Any]
    numeric: bool = False


def _same(value: Any) -> Any:
    return value


def _count(value: int) -> str:
    return str(value).replace("-", "−")


def _points(value: int) -> str:
    return points.show(value).replace("-", "−")


def _signed(value: int) -> str:
    return ("+" if value > 0 else "") + _points(value)


def _moment(value: datetime) -> str:
    return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _moment_in_utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


TEXT = Kind(str, str, _same)
COUNT = Kind(_count, int, _same, numeric=True)
POINTS = Kind(_points, points.to_decimal, points.to_decimal, numeric=True)
SIGNED = Kind(_signed, points.to_decimal, points.to_decimal, numeric=True)
"""Points with their sign, as a statement shows them."""
DAY = Kind(date.isoformat, _same, date.isoformat)
MOMENT = Kind(_moment, _moment, _moment_in_utc)
"""A moment by the village's clock, to the minute."""
YES = Kind(lambda value: "是" if value else "", lambda value: "是" if value else "", bool)


def word_of(family: Labels) -> Kind:
    """Return the kind of a code of a closed list: its Chinese word for people, the code for programs."""
    return Kind(family.name, family.name, _same)


def word_in(family: str) -> Kind:
    """Return the kind of a code of the closed list with this name; as `word_of`."""

    def word(code: str) -> str:
        return labels.name(family, code)

    return Kind(word, word, _same)
