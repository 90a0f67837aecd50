"""Staff for the tests: the cast of tests/builders.py with logins."""

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlmodel import Session

from pointsbank import governing, ledger, staff, villages
from pointsbank.database import Database
from pointsbank.staff.models import SecondFactorRow
from pointsbank.staff.permissions import Staff
from tests.builders import NOW, VILLAGE
from tests.founding import founded_once

PASSWORD = "a long enough password"
# As cheap as argon2id can be: some thousand tests sign somebody in.
HASHED = staff.PasswordHash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD))
LONG_AGO = NOW - timedelta(days=2)
NAMES = {"li": "李主任", "chen": "陈店员", "zhao": "赵监督", "sun": "孙管理员", "county": "县里"}


@founded_once
def hire(database: Database, login: str, *roles: str, village: str | None = VILLAGE) -> Staff:
    """Somebody with these roles in the village, founded if it is not there; the login is long their own."""
    with database.writing() as session:
        known = {one.id for one in villages.everyone(session)}
        for missing in {VILLAGE, village or VILLAGE} - known:
            ledger.found_village(session, code=missing, name=f"{missing}村", by="operator", at=NOW)
        added = governing.add_staff(
            session,
            login=login,
            password=HASHED,
            name=NAMES.get(login, login),
            roles=[(village, role) for role in roles],
            by="operator",
            at=LONG_AGO,
        )
        settle_in(session, added)
    return added


def settle_in(session: Session, person: Staff, *, at: datetime = LONG_AGO) -> None:
    """Let somebody choose the password himself: a day later the login is in nobody else's hands."""
    staff.change_password(session, staff=person.id, password=HASHED, by=person.id, at=at)


def give_factor(session: Session, person: Staff, *, at: datetime = LONG_AGO) -> None:
    """Let somebody have a telephone, whose codes nobody is asked for here; a role may need one."""
    session.add(SecondFactorRow(staff_id=person.id, sealed=b"sealed", made_at=at, confirmed_at=at))
