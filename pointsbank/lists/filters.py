"""What a list can be narrowed by: words to search for, one of some choices, days from and to.

Each filter knows two ways: as a condition of the database, and over rows that are in memory.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, true
from sqlmodel import Session

from pointsbank import dates
from pointsbank.dates import SHANGHAI
from pointsbank.errors import Invalid
from pointsbank.labels import Labels

Choices = list[tuple[str, str]]
Row = dict[str, Any]

_NAMED = 12
"""What there is instead of a name that is unknown is named up to so many."""


class FilterInvalid(Invalid):
    """What was typed into a filter is no day."""

    code = "filter_invalid"
    sentence = "“{given}”不是有效的日期，请写成 2026-09-01 这样的形式，或留空。"


class ChoiceUnknown(Invalid):
    """What was typed is none of the choices of a filter."""

    code = "list_choice_unknown"
    sentence = "没有“{given}”这种{title}，可以写：{known}。"


class NamedUnknown(Invalid):
    """What a filter names, a group, a household, goods or a person, is not there."""

    code = "list_filter_unknown"
    sentence = "没有找到{title}“{given}”，请核对后再试{known}。"


@dataclass(frozen=True)
class Filter(ABC):
    """One way to narrow a list: its name in the address, its title, and the query's column it is about."""

    name: str
    title: str
    column: str

    @abstractmethod
    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return the condition on the query's columns."""

    @abstractmethod
    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether a row in memory stays."""

    def check(self, value: str) -> None:  # noqa: B027 - any words may be searched for
        """Raise where the value is none that this filter knows."""

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether the one thing that the value names is there; a search names nothing."""
        return True

    def check_named(self, session: Session, value: str, village: str, at: datetime) -> None:
        """Refuse a name of which there is nothing: no rows would look as if it had none.

        Raises:
            NamedUnknown: there is none.
        """
        if not self.is_there(session, value, village, at):
            words = "、".join(word for _, word in (self.choices(session, village) or ())[:_NAMED])
            known = f"；有：{words}" if words else ""
            raise NamedUnknown(title=self.title, given=value[:30], known=known, at=(self.name,))

    def kept(self, session: Session, rows: Sequence[Row], value: str, village: str) -> list[Row]:
        """Return the rows in memory that stay."""
        return [row for row in rows if self.keeps(row, value)]

    def choices(self, session: Session, village: str) -> Choices | None:
        """Return what may be chosen, each with its words; None where something is typed."""
        return None

    @property
    def typed(self) -> str:
        """Return the type of the field on the page."""
        return "search"

    @property
    def unset_words(self) -> str:
        """Return what is seen as long as none of the choices is taken."""
        return "全部"


@dataclass(frozen=True)
class AlreadyApplied(Filter):
    """The rows are read by this value already: none is left to be taken away."""

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that every row stays."""
        return true()

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return that the row stays."""
        return True


@dataclass(frozen=True)
class Search(Filter):
    """All the words typed stand in the column."""

    words: Callable[[str], list[str]] = str.split

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that every word is found."""
        return and_(*(columns[self.column].contains(word, autoescape=True) for word in self.words(value)))

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether every word is found."""
        return all(word in str(row[self.column]) for word in self.words(value))


@dataclass(frozen=True)
class OneOf(Filter):
    """The column holds this code of a closed list."""

    labels: Labels = field(kw_only=True)
    codes: Sequence[str] = field(default=(), kw_only=True)

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that it is this code, or the one of this word; of another word, nothing."""
        code = self.labels.code(value)
        return false() if code is None else bool_of(columns[self.column] == code)

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether it is this code, or the one of this word."""
        return bool(row[self.column] == self.labels.code(value))

    def check(self, value: str) -> None:
        """Refuse what is neither a code nor a word of the list.

        Raises:
            ChoiceUnknown: it is neither.
        """
        if self.labels.code(value) is None:
            known = "、".join(self.labels.name(code) for code in self.codes or self.labels.codes)
            raise ChoiceUnknown(given=value[:30], title=self.title, known=known)

    def choices(self, session: Session, village: str) -> Choices:
        """Return the codes that occur, each with its word."""
        return [(code, self.labels.name(code)) for code in self.codes or self.labels.codes]


@dataclass(frozen=True)
class Days(Filter):
    """The column's day is not before, or with `until` not after, the day that was typed."""

    until: bool = False
    moments: bool = False

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that it is within; raises FilterInvalid."""
        edge = self._edge(value)
        column = columns[self.column]
        if self.until:
            return bool_of(column < edge if self.moments else column <= edge)
        return bool_of(column >= edge)

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether it is within; raises FilterInvalid."""
        edge, stands = self._edge(value), row[self.column]
        if self.until:
            return bool(stands < edge if self.moments else stands <= edge)
        return bool(stands >= edge)

    def check(self, value: str) -> None:
        """Refuse what is no day.

        Raises:
            FilterInvalid: it is none.
        """
        self._edge(value)

    @property
    def typed(self) -> str:
        """Return the type of the field on the page."""
        return "date"

    def _edge(self, value: str) -> date | datetime:
        """Return the day, or the moment at which it begins here, or with `until` ends."""
        try:
            day = date.fromisoformat(value)
            if not 1990 <= day.year <= 2099:
                raise ValueError(day)
        except ValueError:
            raise FilterInvalid(given=value[:30]) from None
        if not self.moments:
            return day
        return datetime.combine(day + timedelta(days=self.until), time(), SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class Month(Filter):
    """The column holds this month, YYYY-MM."""

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that it is this month; raises MonthInvalid as `dates.parse_month`."""
        return bool_of(columns[self.column] == dates.parse_month(value))

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether it is this month; raises MonthInvalid as `dates.parse_month`."""
        return bool(row[self.column] == dates.parse_month(value))

    def check(self, value: str) -> None:
        """Raise MonthInvalid as `dates.parse_month`."""
        dates.parse_month(value)

    @property
    def typed(self) -> str:
        """Return the type of the field on the page."""
        return "month"


def bool_of(condition: Any) -> ColumnElement[bool]:
    """Return a comparison as what it is: columns of a query have no type that mypy could know."""
    found: ColumnElement[bool] = condition
    return found
