"""The letter to a household that has a helper: who comes and how, and to nobody who has none."""

from typing import Any

import pytest

from pointsbank import helping
from pointsbank.database import Database
from pointsbank.law.clearing import Wording
from pointsbank.printing import Fonts
from pointsbank.sheets.help_letter import SHEET, HelpLetter, NobodyHelped
from tests.boards.test_black_board import hang
from tests.printing.reading import squeezed, text_of
from tests.publicity.scene import CODE, LI, after
from tests.sheets.prints import printed


def letter(database: Database, **options: Any) -> HelpLetter:
    """The letter, as the committee prints it on the tenth day."""
    return SHEET.gather_from(database, village=CODE, by=LI, at=after(10), public_url="", **options)


def test_a_household_is_told_who_helps_until_the_help_ends(sqlite_database: Database, fonts: Fonts) -> None:
    listing = hang(sqlite_database).id
    here: dict[str, Any] = {"village": CODE, "listing": listing, "by": LI}
    with pytest.raises(NobodyHelped):
        letter(sqlite_database)
    with sqlite_database.writing() as session:
        helping.assign_helper(session, **here, name="龙凤泉", at=after(8))
        visited = {"on": after(9).date(), "form": "talk", "words": "答应周末清走"}
        helping.record_visit(session, **here, **visited, at=after(9))
    words = squeezed(text_of(printed(letter(sqlite_database, agreed="每周六下午"), fonts), as_drawn=True))

    for said in (
        "龙凤泉",
        "不是处罚",
        "谈心、劝导、调解",
        "每周六下午",
        "已来过1次",
        "本人同意",
        "来帮的人签字",
    ):
        assert said in words
    assert "答应周末清走" not in words
    with pytest.raises(Wording):
        letter(sqlite_database, agreed="等他信教的事说完")
    with sqlite_database.writing() as session:
        helping.end_help(session, **here, outcome="turned", words="清干净了", at=after(12))
    with pytest.raises(NobodyHelped):
        letter(sqlite_database, listing=listing)
