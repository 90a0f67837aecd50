"""Adds the sample village's staff, with random passwords shown once."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pointsbank import governing, staff
from pointsbank.sample.stage import CODE, OPERATOR, Stage, moment


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


def hire(stage: Stage) -> tuple[Person, ...]:
    """Add the staff, who choose their passwords at once, and return how they sign in."""
    people = tuple(Person(login, name, role, staff.make_password()) for login, name, role in _STAFF)
    at = moment(date(2026, 7, 10), 10)
    hashed = {one.login: staff.hash_password(one.password) for one in people}
    with stage.database.writing() as session:
        for one in people:
            seat, password = (CODE, one.role), hashed[one.login]
            added = governing.add_staff(
                session, login=one.login, password=password, name=one.name, roles=[seat], by=OPERATOR, at=at
            )
            stage.staff[one.login] = added.id
            own: dict[str, Any] = {"staff": added.id, "by": added.id, "at": at + timedelta(hours=1)}
            staff.change_password(session, password=password, **own)
    return people
