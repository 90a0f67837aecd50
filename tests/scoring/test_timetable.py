"""Which version holds today, and which are adopted for a later day."""

from datetime import date

import pytest
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.database import Database
from pointsbank.scoring.timetable import Timetable
from tests.builders import Chayuan, chayuan
from tests.scoring.panel import SCHEME, scheme_table

TODAY = date(2026, 9, 1)


def adopt(village: Chayuan, points: str, day: date) -> None:
    """Adopt a version in which sweeping counts so many points, from a day on."""
    table = scheme_table({"清扫": {**SCHEME["清扫"], "分值": points}})
    village.write(scoring.import_scheme, table=table, resolution=f"清扫{points}分", from_date=day)


def told(found: Timetable) -> tuple[str | None, list[tuple[str, date | None]]]:
    """The resolution in force, and those to come with their days."""
    return found.current and found.current.resolution, [
        (one.resolution, one.from_date) for one in found.coming
    ]


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    """茶源村 without a scheme."""
    return chayuan(sqlite_database)


def test_a_village_without_a_scheme_has_none_to_come(village: Chayuan) -> None:
    assert told(village.read(scoring.scheme_timetable, day=TODAY)) == (None, [])


def test_a_version_of_a_later_day_waits_for_it(village: Chayuan) -> None:
    adopt(village, "5", date(2026, 1, 1))
    adopt(village, "6", date(2026, 10, 1))
    adopt(village, "7", date(2027, 1, 1))

    before, on_the_day = (
        village.read(scoring.scheme_timetable, day=day) for day in (date(2026, 9, 30), date(2026, 10, 1))
    )

    assert told(before) == ("清扫5分", [("清扫6分", date(2026, 10, 1)), ("清扫7分", date(2027, 1, 1))])
    assert told(on_the_day) == ("清扫6分", [("清扫7分", date(2027, 1, 1))])


def test_of_two_versions_of_one_day_the_later_one_will_hold(village: Chayuan) -> None:
    adopt(village, "5", date(2026, 10, 1))
    adopt(village, "6", date(2026, 10, 1))

    assert told(village.read(scoring.scheme_timetable, day=TODAY)) == (None, [("清扫6分", date(2026, 10, 1))])


def test_a_draft_is_no_version_to_come(village: Chayuan) -> None:
    def draft(session: Session, **who: object) -> None:
        scoring.import_scheme(session, table=scheme_table(), **who)  # type: ignore[arg-type]

    village.write(draft)

    assert told(village.read(scoring.scheme_timetable, day=TODAY)) == (None, [])
