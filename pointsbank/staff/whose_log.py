"""In which villages' logs rows about staff are told: conditions on a village, or on a column of them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlmodel import SQLModel

OfVillage = Callable[[Any], ColumnElement[bool]]


def of_role(village: Any) -> ColumnElement[bool]:
    """Return the condition that a role reaches this village or a group of it, also from its township."""
    roles, lying = _table("staff_role"), _table("village_township")
    place, township = roles.c.village_id, roles.c.township_id
    around = select(lying.c.township_id).where(lying.c.village_id == village).correlate_except(lying)
    return or_(place == village, and_(place.is_(None), township.is_(None)), township.in_(around))


def of_person(person: Any) -> OfVillage:
    """Return the condition that a row is of a person with a role that reaches a village, or with none.

    Who has left is still named beside what was done.

    Args:
        person: the column that holds their id.
    """

    def of_village(village: Any) -> ColumnElement[bool]:
        roles = select(_table("staff_role").c.staff_id)
        return or_(person.in_(roles.where(of_role(village))), person.not_in(roles))

    return of_village


def of_place(place: Any) -> OfVillage:
    """Return the condition that a row is of a village; rows of no village are in the log of the first one.

    Not in every log: whoever guesses at logins would fill thousands of them.

    Args:
        place: the column that holds the village's code.
    """

    def of_village(village: Any) -> ColumnElement[bool]:
        villages = _table("village")
        first = select(villages.c.id).order_by(villages.c.founded_at, villages.c.id).limit(1)
        nowhere = and_(place.is_(None), first.correlate(None).scalar_subquery() == village)
        return or_(place == village, nowhere)

    return of_village


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
