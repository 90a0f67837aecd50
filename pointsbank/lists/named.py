"""Filters that name one thing: whose row it is, of which goods, sold by whom, of which group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session

from pointsbank import market, roster, staff, villages
from pointsbank.database import execute
from pointsbank.lists.filters import Choices, Filter, Row, bool_of

FINDER_WORDS = "户号、姓名、首字母、小组或卡号"
"""What may be typed where a household is looked for."""


@dataclass(frozen=True)
class Household(Filter):
    """Whose row it is: found as everywhere, by code, name, pinyin, initials, group or card number.

    `of_one`: the list is of one meeting or notice. Its rows are gone through; SQLite would else fetch all
    that those found ever had, and look which of it is in the list: that took fifteen times as long.
    """

    of_one: bool = field(default=False, kw_only=True)

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that the row is of one of those found."""
        column = columns[self.column]
        whose = func.coalesce(column, "") if self.of_one else column
        return bool_of(whose.in_(roster.ids_found(village=village, query=value)))

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Ask nobody: whose rows stay is found for all rows at once."""
        raise AssertionError("rows of households are narrowed by `kept`")

    def kept(self, session: Session, rows: Sequence[Row], value: str, village: str) -> list[Row]:
        """Return the rows of those found."""
        found = {id for (id,) in execute(session, roster.ids_found(village=village, query=value))}
        return [row for row in rows if row[self.column] in found]

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether anybody is found; a list of participants itself is searched, and may find nobody."""
        found = roster.ids_found(village=village, query=value).limit(1)
        return self.column == "id" or execute(session, found).first() is not None


@dataclass(frozen=True)
class OfGoods(Filter):
    """Of which goods the row is: all the words typed stand in their code or name."""

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that the row is of one of those found."""
        return bool_of(columns[self.column].in_(market.goods_found(village=village, words=value.split())))

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Ask nobody: no list of goods' rows is in memory."""
        raise AssertionError("rows of goods are narrowed in the database")

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether any goods are found."""
        found = market.goods_found(village=village, words=value.split()).limit(1)
        return execute(session, found).first() is not None


@dataclass(frozen=True)
class Clerk(Filter):
    """The column holds the id of who is called so: by login, name or id; who has left is found too."""

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that it is this one."""
        return bool_of(columns[self.column].in_(staff.ids_called(value)))

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Ask nobody: no list with a clerk is in memory."""
        raise AssertionError("lists with a clerk have a statement")

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether there is such a person."""
        return execute(session, staff.ids_called(value)).first() is not None

    def choices(self, session: Session, village: str) -> Choices:
        """Return who may sell in the village, by name."""
        sellers = (one for one in staff.everyone(session, village=village) if _sells(one, village))
        return sorted((one.staff.id, one.staff.name) for one in sellers)


def _sells(who: staff.SignedIn, village: str) -> bool:
    return staff.may(who, village, staff.Permission.TILL)


@dataclass(frozen=True)
class OfGroup(Filter):
    """The column holds the id of this group, or the row's `group` its name."""

    def condition(self, columns: Any, value: str, village: str) -> ColumnElement[bool]:
        """Return that it is this group."""
        return or_(columns[self.column] == value, columns["group"] == value)

    def keeps(self, row: Mapping[str, Any], value: str) -> bool:
        """Return whether it is this group."""
        return value in (row[self.column], row["group"])

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether there is, or was, such a group."""
        known = villages.groups(session, village=village, also_closed=True)
        return any(value in (one.id, one.name) for one in known)

    def choices(self, session: Session, village: str) -> Choices:
        """Return the groups of the village."""
        return [(one.id, one.name) for one in villages.groups(session, village=village)]
