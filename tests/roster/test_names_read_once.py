"""Whose names may not hang is read anew exactly when a name changed, whoever changed it."""

import pytest
from sqlalchemy import text

from pointsbank import roster
from pointsbank.database import Database
from pointsbank.roster import lawful_names
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan, chayuan
from tests.missed_rules import TakenOut, check


def known(village: Chayuan) -> set[str]:
    """The names that are read now."""
    return {one.name for one in village.read(roster.persons)}


def test_names_are_read_anew_exactly_when_one_changed_in_whatever_process(database: Database) -> None:
    village = chayuan(database)
    before = village.read(roster.persons)
    assert village.read(roster.persons) is before

    elsewhere = Database(database.url)
    with elsewhere.writing() as session:
        roster.add(session, village=VILLAGE, code="0901", name="赵翠花", by=COMMITTEE, at=NOW)
    assert known(village) == {one.name for one in before} | {"赵翠花"}
    with elsewhere.writing() as session:
        session.connection().execute(text("UPDATE participant SET name = '赵翠兰' WHERE code = '0901'"))
    elsewhere.dispose()

    assert known(village) == {one.name for one in before} | {"赵翠兰"}
    assert law_reads(village, "赵翠兰") == ("zhaocuihua",)


def law_reads(village: Chayuan, name: str) -> tuple[str, ...]:
    """How somebody's name is read."""
    return next(one.readings for one in village.read(roster.persons) if one.name == name)


def test_a_village_without_people_has_none(sqlite_database: Database) -> None:
    assert chayuan(sqlite_database).read(roster.persons, village="nowhere") == ()


def test_kept_by_its_village_alone_a_change_is_missed(request: pytest.FixtureRequest) -> None:
    test = test_names_are_read_anew_exactly_when_one_changed_in_whatever_process
    check(TakenOut(lawful_names.persons, 'session.exec(query).one() or ""', "village", test), request)
