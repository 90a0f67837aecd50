"""What is done to the whole installation is written down once, from what to what, for every village."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff.models import StaffEventRow
from tests.builders import NOW, VILLAGE
from tests.staff.people import hire


def change(database: Database, value: str, *, hours: int, by: str = "operator") -> None:
    """Note the present address."""
    with database.writing() as session:
        values = {staff.ADDRESS_SET: value, staff.BACKUP_FOLDERS_SET: ""}
        staff.note_changes(session, values=values, by=by, at=NOW + timedelta(hours=hours))


def noted(database: Database) -> list[tuple[str, str, str]]:
    """Kind, who, and what of the acts that a village reads, oldest first."""
    with database.reading() as session:
        found = staff.account_events(session, village=VILLAGE)
    return [(one.kind, one.by, one.note) for one in reversed(found) if one.kind in staff.INSTALLATION_ACTS]


def test_a_change_is_told_from_what_to_what_and_what_stays_is_not(database: Database) -> None:
    sun = hire(database, "sun", "admin", village=None)

    change(database, "", hours=0)
    change(database, "http://192.168.1.20:8000", hours=1, by=sun.id)
    change(database, "http://192.168.1.20:8000", hours=2)
    change(database, "https://jf.cn", hours=3)
    change(database, "", hours=4)

    assert noted(database) == [
        ("address_set", sun.id, "无 → http://192.168.1.20:8000"),
        ("address_set", "operator", "http://192.168.1.20:8000 → https://jf.cn"),
        ("address_set", "operator", "https://jf.cn → 无"),
    ]


def test_a_kind_of_event_that_nobody_knows_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError, match="ck_staff_event_kind"), database.writing() as session:
        session.add(StaffEventRow(id="x", kind="borrowed", happened_at=NOW, made_by="li"))
