"""Adds the sample village's staff, with random passwords shown once."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from pointsbank import staff
from pointsbank.database import Database


@dataclass(frozen=True, slots=True)
class Person:
    """A person who can sign in to the sample village."""

    login: str
    name: str
    role: str
    password: str = field(repr=False)


_STAFF = (
    ("admin", "孙管理员", "admin"),
    ("li", "李主任", "committee"),
    ("zhou", "周文书", "committee"),
    ("chen", "陈店员", "clerk"),
    ("zhao", "赵监督", "supervisor"),
)


def hire(
    database: Database, *, village: str, by: str, at: datetime
) -> tuple[dict[str, str], tuple[Person, ...]]:
    """Add the staff; return their ids by login, and how they sign in."""
    people = tuple(Person(login, name, role, secrets.token_urlsafe(9)) for login, name, role in _STAFF)
    with database.writing() as session:
        ids = {
            person.login: staff.add(
                session,
                login=person.login,
                password=person.password,
                name=person.name,
                roles=[(village, person.role)],
                by=by,
                at=at,
            ).id
            for person in people
        }
    return ids, people
