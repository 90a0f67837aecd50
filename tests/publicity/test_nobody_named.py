"""No text that hangs names anybody of the village, at whichever door and whenever it was written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from pointsbank import boards, governing, law, publicity, roster, scoring
from pointsbank.boards.facts import neutral_fact
from pointsbank.database import Database
from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.boards.test_black_board import hang, propose, resolved, tell, vote, wall
from tests.builders import NOW
from tests.publicity.scene import CODE, LI, after, found_village, meeting_with

ITEMS = "编号,类别,条目,方向,分值\nA1,环境卫生,{title},加分,5\n"
ROSTER = "户号,户主,小组,人口,类别\nY09,{name},,,志愿队\n"
TABLES = {
    title: read_table("s.csv", ITEMS.format(title=title).encode()) for title in ("看望邻居赵翠花", "门前整洁")
}
HERE: dict[str, Any] = {"village": CODE, "by": LI, "at": NOW}


def neighbour(database: Database) -> None:
    """A household of the village that no text is about."""
    with database.writing() as session:
        roster.add(session, code="0909", name="赵翠花", group="一组", people=2, **HERE)


def meet(session: Any, title: str) -> Any:
    """Open a meeting."""
    return scoring.open_meeting(session, held_on=date(2026, 9, 1), title=title, judges=["李会计"], **HERE)


def adopt(session: Any, title: str, resolution: str) -> Any:
    """Adopt a scheme of one item."""
    table = TABLES[title]
    day = {"resolution": resolution, "from_date": date(2026, 9, 1)}
    return scoring.import_scheme(session, table=table, **day, **HERE)


def rename(session: Any, name: str) -> Any:
    """Rename a group that is made first."""
    made = governing.make_group(session, name="河东组", **HERE)
    return governing.rename_group(session, group=made.id, name=name, **HERE)


DOORS: dict[str, Callable[[Any], Any]] = {
    "a meeting's title": lambda session: meet(session, "讨论赵翠花家积分评议会"),
    "an item": lambda session: adopt(session, "看望邻居赵翠花", "村民会议第1号决议"),
    "a resolution": lambda session: adopt(session, "门前整洁", "赵翠花家评议决议"),
    "a new group": lambda session: governing.make_group(session, name="赵翠花组", **HERE),
    "a renamed group": lambda session: rename(session, "赵翠花组"),
    "a team": lambda session: roster.add(
        session, code="Y9", name="赵翠花帮扶队", kind="volunteer_team", **HERE
    ),
    "a new group of a household": lambda session: roster.add(
        session, code="0910", name="张三", group="赵翠花组", **HERE
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_takes_a_text_that_names_a_villager(sqlite_database: Database, door: str) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
    neighbour(sqlite_database)

    with pytest.raises(law.problems.NamesSomebody, match="赵翠花"), sqlite_database.writing() as session:
        DOORS[door](session)


def test_nor_does_a_file(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
    neighbour(sqlite_database)
    table = read_table("r.csv", ROSTER.format(name="赵翠花服务队").encode())

    with pytest.raises(BadRows, match="赵翠花"), sqlite_database.writing() as session:
        roster.import_roster(session, table=table, **HERE)


@pytest.mark.parametrize("given", [{"fact": "在赵翠花家门前堆放杂物"}, {"rule": "第3条赵翠花家"}])
def test_nor_does_the_black_board(sqlite_database: Database, given: dict[str, str]) -> None:
    resolved(sqlite_database)
    neighbour(sqlite_database)

    with pytest.raises(law.problems.NamesSomebody, match="赵翠花"):
        propose(sqlite_database, **given)


def test_why_a_listing_came_down_names_nobody(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    neighbour(sqlite_database)

    with pytest.raises(law.problems.NamesSomebody), sqlite_database.writing() as session:
        reason = {"reason": "赵翠花家的杂物已清理", "by": LI, "at": after(8)}
        boards.take_down(session, village=CODE, listing=listing.id, **reason)


def test_who_comes_later_takes_down_what_names_them(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database, fact="在赵翠花家门前堆放杂物")
    tell(sqlite_database, listing)
    vote(sqlite_database, listing)
    assert len(wall(sqlite_database).black or ()) == 1

    neighbour(sqlite_database)

    assert wall(sqlite_database).black == ()


def test_a_notice_from_before_names_nobody(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"), ("Y01", "A1"))
        notice = publicity.close_and_publish(session, village=CODE, meeting=meeting, by=LI, at=NOW)
        session.connection().execute(text("UPDATE village_group SET name='赵翠花组' WHERE name='一组'"))
        session.connection().execute(text("UPDATE participant SET name='赵翠花服务队' WHERE code='Y01'"))
        session.connection().execute(text("DROP TRIGGER IF EXISTS notice_kept_update"))
    neighbour_of = {"code": "0909", "name": "赵翠花", "people": 2}
    with sqlite_database.writing() as session:
        roster.add(session, **neighbour_of, **HERE)

    with sqlite_database.reading() as session:
        wall = publicity.public_notice(session, village=CODE, notice_id=notice.id)
        named = {one.name for one in publicity.unshown_names(session, village=CODE)}
    assert "赵翠花" not in repr(wall)
    assert named == {"赵翠花组", "赵翠花服务队"}


def test_a_member_of_the_staff_is_named_as_little(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        wang = roster.by_code(session, village=CODE, code="0101")
        people = governing.named_people(session, village=CODE)

    assert "wangjianguo" in people.readings
    with pytest.raises(boards.problems.FactNamesSomebody):
        neutral_fact("老王家门前堆放杂物", wang, people=people)
