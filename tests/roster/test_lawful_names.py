"""A group of people is no place: its name, and a team's, tells nothing that the law keeps private."""

from typing import Any

import pytest
from sqlalchemy import text

from pointsbank import governing, law, publicity, roster, sheets
from pointsbank.database import Database
from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW, Chayuan, chayuan
from tests.publicity.scene import CODE, LI, after, found_village, meeting_with

HEADER = "户号,户主,小组,人口,类别\n"
MAKE: dict[str, Any] = {"name": "低保户组"}
TEAM: dict[str, Any] = {"code": "Y01", "name": "精神病监护小队", "kind": "volunteer_team"}


def rename(village: Chayuan, name: str) -> None:
    """Give the village's group another name."""
    made = village.write(governing.make_group, name="河东组")
    village.write(governing.rename_group, group=made.id, name=name)


def test_a_group_is_made_under_no_name_that_tells_of_its_people(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match=r"小组名称不能上墙.*可以写：“一组”"):
        village.write(governing.make_group, **MAKE)


def test_nor_renamed_to_one(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match="小组名称"):
        rename(village, "刑满释放人员帮教组")


def test_a_team_is_added_under_none(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match=r"名称不能上墙.*可以写：“志愿服务队”"):
        village.write(roster.add, **TEAM)


def test_nor_a_household_with_a_new_group_of_that_name(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match="小组名称"):
        village.write(roster.add, code="0901", name="张三", group="信教户")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("0901,张三,低保户组,2,户\n", "第2行“小组”：“低保户组”不能上墙"),
        ("Y01,精神病监护小队,,,志愿队\n", "第2行“户主”：“精神病监护小队”不能上墙"),
    ],
)
def test_a_file_with_such_a_name_is_refused_row_by_row(
    sqlite_database: Database, row: str, sentence: str
) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(BadRows) as refused:
        village.write(roster.import_roster, table=read_table("r.csv", (HEADER + row).encode()))

    assert str(refused.value.problems[0]).startswith(sentence)


def test_names_from_before_stand_as_a_number_and_are_named_to_the_staff(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"), ("Y01", "A1"))
        notice = publicity.close_and_publish(session, village=CODE, meeting=meeting, by=LI, at=NOW)
        session.connection().execute(text("UPDATE village_group SET name='低保户组' WHERE name='一组'"))
        session.connection().execute(text("UPDATE participant SET name='精神病小队' WHERE code='Y01'"))

    with sqlite_database.reading() as session:
        wall = publicity.public_notice(session, village=CODE, notice_id=notice.id)
        common: dict[str, Any] = {"village": CODE, "by": LI, "at": after(5), "public_url": "http://v.test"}
        cards = sheets.find("cards").gather(session, **common)
        unshown = publicity.unshown_names(session, village=CODE)
    assert "第1个小组" in {entry.group for entry in wall.entries}
    assert "户号Y01" in {entry.name for entry in wall.entries}
    assert not any(word in repr((wall, cards.faces)) for word in ("低保", "精神病"))
    named = {one.name: one.instead for one in unshown}
    assert named == {"低保户组": "第1个小组", "精神病小队": "户号Y01"}


def test_a_household_still_joins_a_group_named_before(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        session.connection().execute(text("UPDATE village_group SET name='低保户组' WHERE name='一组'"))
        added = roster.add(session, village=CODE, code="0901", name="张三", group="低保户组", by=LI, at=NOW)
    assert added.group == "低保户组"
