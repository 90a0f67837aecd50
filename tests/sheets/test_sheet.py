"""A score sheet holds a group's households and the items that a tick is enough for; its number says which."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pointsbank import scoring, sheets
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.omr.corner_codes import CornerCode, read_text
from pointsbank.printing import Fonts
from pointsbank.sheets.sheet.choosing import (
    ItemNotTicked,
    NoHouseholdOnSheet,
    NoItemOnSheet,
    NoMeetingOpen,
    TooManyItems,
)
from pointsbank.sheets.sheet.values import Line, ScoreSheet, item_head, paginated
from pointsbank.text import Replaceable
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.printing.reading import codes_on, squeezed, text_of
from tests.proof import month
from tests.sheets.prints import printed


def opened(database: Database, *, title: str = "九月评议会") -> str:
    """A village with its rules, and a meeting that is open."""
    with database.writing() as session:
        return scoring.open_meeting(
            session,
            village=VILLAGE,
            held_on=date(2026, 9, 1),
            title=title,
            judges=["李会计"],
            by=COMMITTEE,
            at=NOW,
        ).id


def gathered(database: Database, **options: Any) -> ScoreSheet:
    common: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW, "public_url": ""}
    value = sheets.find("sheet").gather_from(database, **common, **options)
    assert isinstance(value, ScoreSheet)
    return value


def test_a_sheet_names_the_households_of_a_group_in_full_and_says_it_is_not_to_hang(
    sqlite_database: Database, tmp_path: Path
) -> None:
    month.begin(sqlite_database)
    opened(sqlite_database)
    sheet = gathered(sqlite_database, group="一组")
    pdf = printed(sheet, Fonts(tmp_path))
    text = squeezed(text_of(pdf))
    corners = sorted(code for one in codes_on(pdf) if (code := read_text(one.text)))

    assert [line.code for line in sheet.pages[0].lines][:2] == ["0101", "0102"]
    # A quantity, a mark: a tick is not enough.
    assert [head.code for head in sheet.heads] == ["HJ01", "HJ08"]
    assert "王建国" in text and "九月评议会" in text and "不张贴" in text
    [page] = sheet.pages
    assert corners == [CornerCode(page.number, len(page.lines), 2, corner) for corner in range(4)]


def test_printing_the_same_again_gives_the_same_number_and_another_meeting_another(
    sqlite_database: Database,
) -> None:
    month.begin(sqlite_database)
    first = opened(sqlite_database)
    once, again = (gathered(sqlite_database, group="一组", meeting=first) for _ in range(2))
    other = gathered(sqlite_database, group="一组", meeting=opened(sqlite_database, title="补评"))
    fewer = gathered(sqlite_database, group="一组", meeting=first, items=["HJ08"])

    assert once == again
    assert len({sheet.pages[0].number for sheet in (once, other, fewer)}) == 3


def lines(count: int) -> list[Line]:
    return [Line(f"{number:04}", Replaceable("王建国", f"户号{number:04}")) for number in range(count)]


def test_a_household_more_gives_the_page_another_number_and_no_two_pages_share_one() -> None:
    heads = [item_head("HJ01", "门前整洁")]
    some, more = (
        paginated(lines(count), heads, sheet=("cy", "m", "g"), group="一组") for count in (117, 116)
    )

    assert len(some) == 3
    assert len({page.number for page in (*some, *more)}) == 5


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"group": "一组", "items": ["HJ01", "HJ03"]}, ItemNotTicked),
        ({"group": "一组", "items": ["HJ99"]}, scoring.problems.ItemUnknown),
        ({"group": "一组", "items": [f"HJ{number:02}" for number in range(1, 14)]}, TooManyItems),
        ({"group": "四组"}, NoHouseholdOnSheet),
        ({"group": "一组", "meeting": "nothing"}, scoring.problems.MeetingUnknown),
    ],
)
def test_what_cannot_be_printed_says_why(
    sqlite_database: Database, options: dict[str, Any], refusal: type[Problem]
) -> None:
    month.begin(sqlite_database)
    opened(sqlite_database)

    with pytest.raises(refusal):
        gathered(sqlite_database, **options)


def test_a_sheet_is_for_an_open_meeting_and_for_items_to_tick(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    with pytest.raises(NoMeetingOpen):
        gathered(sqlite_database, group="一组")
    meeting = opened(sqlite_database)
    table = month.table("scheme", "编号,条目,方向,分值,单位\nGY01,志愿服务,加分,2,小时\n")
    with sqlite_database.writing() as session:
        scoring.import_scheme(
            session,
            village=VILLAGE,
            table=table,
            resolution="第3号决议",
            from_date=date(2026, 9, 1),
            by=COMMITTEE,
            at=NOW,
        )
    with pytest.raises(NoItemOnSheet):
        gathered(sqlite_database, group="一组")
    with sqlite_database.writing() as session:
        scoring.close_meeting(session, village=VILLAGE, meeting=meeting, by=COMMITTEE, at=NOW)
    with pytest.raises(scoring.problems.MeetingClosed):
        gathered(sqlite_database, group="一组", meeting=meeting)
