"""The sheet to mark on has a box for each judge and household, and none where somebody is recused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pointsbank import sheets
from pointsbank.database import Database
from pointsbank.printing import Fonts
from pointsbank.sheets.mark_sheet import MarkSheet, NothingToMark, example
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.printing.reading import page_count, squeezed, text_of
from tests.scoring.judging import judge
from tests.sheets.prints import printed


def gathered(database: Database, **more: str) -> MarkSheet:
    given: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW, "public_url": ""}
    value = sheets.find("mark_sheet").gather_from(database, **given, **more)
    assert isinstance(value, MarkSheet)
    return value


def test_each_judge_has_a_sheet_with_the_range_and_what_is_left_to_others(
    sqlite_database: Database, tmp_path: Path
) -> None:
    judging = judge(sqlite_database)
    with pytest.raises(NothingToMark):
        gathered(sqlite_database)
    judging.put("0101", "0202")

    value = gathered(sqlite_database, way="each")
    text = squeezed(text_of(printed(value, Fonts(tmp_path))))

    assert [(one.code, one.bounds, one.recused) for one in value.lines] == [
        ("0101", "5至10", (0,)),
        ("0202", "5至10", ()),
    ]
    assert text.count("评议员：") == 5
    # Once in the box of 龙凤泉; each sheet explains the word.
    assert text.count("回避") == 5 + 1


@pytest.mark.parametrize(("together", "pages"), [(True, 4), (False, 2 * 5)])
def test_all_judges_are_on_one_sheet_or_each_has_one(together: bool, pages: int, tmp_path: Path) -> None:
    value = replace(example(40), together=together)

    assert page_count(printed(value, Fonts(tmp_path))) == pages
