"""Which scores are one deed, because a person says so. Pure: rows and what is on record in, deeds out.

A row says it with a mark that it shares with other rows of the same household and day, or by naming a score:
its number in this meeting (第12条) or its id. A deed is kept under the id of its first score.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pointsbank.scoring.values import MINUS, VETO, Item, ScoreRow, is_id
from pointsbank.text import narrow

MAXIMUM_MARK = 40
_NUMBER = re.compile(r"(?:第|#|No\.?)?\s*([0-9]{1,6})\s*条?", re.IGNORECASE)


class DeedKey(NamedTuple):
    """Under which the scores of one deed stand in a history."""

    deed: str


@dataclass(frozen=True, slots=True)
class DeedOnRecord:
    """A score that a row names.

    Attributes:
        first: the id of the first score of its deed.
        called: how sentences name it: 第12条.
        is_standing: it was not withdrawn.
    """

    first: str
    participant_id: str
    occurred_on: date
    direction: str
    called: str
    is_standing: bool


def number_in(mark: str) -> int | None:
    """Return the number of a score in its meeting that somebody wrote; None where it is no number.

    Example:
        >>> number_in("第12条"), number_in("12"), number_in("甲")
        (12, 12, None)
    """
    found = _NUMBER.fullmatch(narrow(mark))
    return int(found[1]) if found else None


def is_reference(mark: str) -> bool:
    """Return whether a mark may name a score: an id, or a number."""
    return is_id(mark) or number_in(mark) is not None


class Together:
    """The deeds of a list's rows, while they are resolved one after the other."""

    def __init__(self, rows: Sequence[ScoreRow], on_record: Mapping[str, DeedOnRecord]) -> None:
        """Count the marks; `on_record` are the scores that marks name."""
        marked = [row for row in rows if row.same_deed]
        self._times = Counter(household_day(row) for row in marked)
        self._on_record = on_record
        self._begun: dict[tuple[str, date, str], tuple[str, str]] = {}

    def deed_of(self, row: ScoreRow, item: Item, participant_id: str, *, place: int) -> tuple[str, str]:
        """Return the deed of a row, and why it is none in a sentence; both empty where the row says nothing.

        Args:
            place: of the row in the list, from 1.
        """
        mark = row.same_deed
        if not mark:
            return "", ""
        if item.direction == VETO:
            return "", "一票否决不计分，不用写同一件事，请留空。"
        if not is_id(mark) and self._times[household_day(row)] > 1:
            return self._of_list(row, item, place)
        found = self._on_record.get(mark)
        if found is None:
            how = "同一户同一天的几行写一样的记号，或者写这次评议会已记的第几条，例如“第12条”"
            return "", f"“{mark[:20]}”找不到：{how}。"
        if (found.participant_id, found.occurred_on) != (participant_id, row.occurred_on):
            return "", f"{_named(mark)}不是这一户这一天的，请核对。"
        if not found.is_standing:
            return "", f"{found.called}已经撤回，不用和它算一件事，请留空。"
        if found.direction != item.direction:
            return "", _both_ways(found.called, found.direction)
        return found.first, ""

    def _of_list(self, row: ScoreRow, item: Item, place: int) -> tuple[str, str]:
        """Return the deed of a row that shares its mark with others of the list."""
        deed, direction = self._begun.setdefault(household_day(row), (f"#{place}", item.direction))
        if direction != item.direction:
            return "", _both_ways("另一行", direction)
        return deed, ""


class FirstScores:
    """The first score of each deed of a list, while its scores are made one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._first: dict[str, str] = {}

    def of(self, deed: str, id: str) -> str | None:
        """Return the first score of the deed of a score (id), unless it is that itself, or alone."""
        if not deed or is_id(deed):
            return deed or None
        first = self._first.setdefault(deed, id)
        return None if first == id else first


def household_day(row: ScoreRow) -> tuple[str, date, str]:
    """Return what rows of one deed have alike."""
    return row.participant_code, row.occurred_on, row.same_deed


def _named(mark: str) -> str:
    """Return how a sentence names a score by what was written."""
    return "选的那一条" if is_id(mark) else f"第{number_in(mark)}条"


def _both_ways(called: str, direction: str) -> str:
    """Return why one deed is not given as plus and as minus."""
    kind = "扣分" if direction == MINUS else "加分"
    return f"{called}记的是{kind}，同一件事不能又加分又扣分：请先撤回那一条，再登记这一条。"
