"""Staff for the tests: the cast of tests/builders.py with logins."""

from pointsbank import ledger, staff, villages
from pointsbank.database import Database
from pointsbank.staff.permissions import Staff
from tests.builders import NOW, VILLAGE

PASSWORD = "a long enough password"
HASHED = staff.hash_password(PASSWORD)
NAMES = {"li": "李主任", "chen": "陈店员", "zhao": "赵监督", "sun": "孙管理员", "county": "县里"}


def hire(database: Database, login: str, *roles: str, village: str | None = VILLAGE) -> Staff:
    """Somebody with these roles in the village, which is founded if it is not there."""
    with database.writing() as session:
        known = {one.id for one in villages.everyone(session)}
        for missing in {VILLAGE, village or VILLAGE} - known:
            ledger.found_village(session, code=missing, name=f"{missing}村", by="operator", at=NOW)
        return staff.add(
            session,
            login=login,
            password=HASHED,
            name=NAMES.get(login, login),
            roles=[(village, role) for role in roles],
            by="operator",
            at=NOW,
        )
