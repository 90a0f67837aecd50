"""The notice of titles is a paper on a wall: put up, hanging until a day, off at once where it must."""

from typing import Any

import pytest

from pointsbank import boards, publicity, titles, walls
from pointsbank.database import Database
from tests.builders import VILLAGE
from tests.titles.scene import TODAY, checked, founded, given, here, hung, later, nominated, voted
from tests.titles.test_titles import answered, object_to, refusal

problems = titles.problems


def hanging(database: Database, *codes: str, **more: Any) -> list[titles.Title]:
    """Titles of some households on one notice."""
    ones = [checked(database, nominated(database, code, **more)) for code in codes]
    return hung(database, *voted(database, *ones))


def papers(database: Database, days: int) -> list[tuple[str, str, bool]]:
    """Place, last day and whether it is due, of what hangs."""
    with database.reading() as session:
        found = walls.hanging(session, village=VILLAGE, at=later(days))
    return [(one.place, f"{one.take_down_on:%m-%d}", one.due_on(later(days).date())) for one in found]


def down(database: Database, days: int) -> None:
    """The first paper comes off."""
    with database.writing() as session:
        first = walls.hanging(session, village=VILLAGE, at=later(days))[0]
        walls.take_down(session, copy=first.id, **here(days))


def again(database: Database, one: titles.Title, days: int, place: str = "村务公开栏") -> walls.WallCopy:
    """The notice is hung somewhere else, or anew."""
    with database.writing() as session:
        return titles.put_up_notice(session, title_id=one.id, place=place, **here(days))


def test_one_notice_is_one_paper_that_comes_off_after_its_days(database: Database) -> None:
    founded(database)
    first, second = hanging(database, "0101", "0102")

    assert papers(database, 0) == [("村务公开栏", "09-07", False)]
    assert papers(database, 6) == [("村务公开栏", "09-07", True)]
    assert refusal(again, database, second, 1) == "CopyStands"
    again(database, second, 1, "一组路口")
    assert [place for place, _, _ in papers(database, 1)] == ["一组路口", "村务公开栏"]
    down(database, 2)
    with database.reading() as session:
        [one, other] = titles.papers_of(session, first, village=VILLAGE, at=later(2))
    assert (one.place, other.taken_on) == ("村务公开栏", later(2).date())
    assert given(database, first).state == "standing"
    assert refusal(again, database, first, 6, "村口") == "TitleNotHanging"


@pytest.mark.parametrize("why", ["objection", "withdrawn", "name", "left"])
def test_a_paper_comes_off_at_once_where_it_says_what_may_not_be_said(
    sqlite_database: Database, why: str
) -> None:
    personal = {"name": "好媳妇", "holder": "person", "quota": None} if why == "name" else {}
    founded(sqlite_database, **personal)
    told = {"kind": "好媳妇", "person": "李梅花", "agreed_on": TODAY} if why == "name" else {}
    first, second = hanging(sqlite_database, "0101", "0102", **told)
    assert papers(sqlite_database, 2)[0][2] is False

    with sqlite_database.writing() as session:
        if why == "withdrawn":
            titles.withdraw(session, title_id=first.id, reason="本户不想参评", **here(2))
        elif why == "name":
            titles.withdraw_name(session, title_id=first.id, **here(2))
        elif why == "left":
            boards.leave(session, participant="0101", signed_on=later(2).date(), **here(2))
    objection = object_to(sqlite_database, first) if why == "objection" else None

    with sqlite_database.reading() as session:
        printed = titles.titles_to_print(session, village=VILLAGE, at=later(2))
    assert [one.id for one in printed] == [
        one.id for one in (first, second) if why == "name" or one is second
    ]
    assert papers(sqlite_database, 2) == [("村务公开栏", "09-03", True)]
    down(sqlite_database, 2)
    again(sqlite_database, second, 3)
    made_up_for = [("村务公开栏", "09-08", False)]
    assert papers(sqlite_database, 3) == made_up_for
    if objection is not None:
        answered(sqlite_database, objection, upheld=False)
        assert papers(sqlite_database, 3) == made_up_for


def test_a_title_is_not_given_whose_papers_came_off_early_until_its_days_are_made_up(
    sqlite_database: Database,
) -> None:
    founded(sqlite_database)
    [one] = hanging(sqlite_database, "0101")
    down(sqlite_database, 4)

    with pytest.raises(problems.TitleNoticeShort, match="还差2天"):
        given(sqlite_database, one, 8)
    again(sqlite_database, one, 8)
    assert papers(sqlite_database, 8) == [("村务公开栏", "09-11", False)]
    with pytest.raises(problems.TitleNoticeShort, match="还差1天"):
        given(sqlite_database, one, 9)
    assert given(sqlite_database, one, 10).state == "standing"


@pytest.mark.parametrize(
    ("before", "shown", "due"), [(0, "numbered", True), (0, None, True), (3, None, False)]
)
def test_a_paper_comes_off_once_its_household_takes_back_to_be_named(
    sqlite_database: Database, before: int, shown: str | None, due: bool
) -> None:
    founded(sqlite_database)
    who = {"participant": "0101"}
    with sqlite_database.writing() as session:
        publicity.give_consent(session, **who, **here(before))
    hanging(sqlite_database, "0101", "0102")
    assert papers(sqlite_database, 4)[0][2] is False

    with sqlite_database.writing() as session:
        if shown:
            publicity.give_consent(session, shown_as=shown, **who, **here(4))
        else:
            publicity.withdraw_consent(session, **who, **here(4))
    assert papers(sqlite_database, 4)[0][2] is due
    with sqlite_database.writing() as session:
        publicity.give_consent(session, **who, **here(5))
    assert papers(sqlite_database, 5)[0][2] is False
