"""What a veto leads to, and until when: by the cells of its item."""

from datetime import date
from typing import Any

import pytest

from pointsbank.scoring import consequences
from pointsbank.scoring.cells import item_cells, scheme_table
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.shapes import points_for
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows

TENTH = date(2026, 9, 10)


def read(**cells: str) -> Any:
    """One item of a table with these cells."""
    row = {"编号": "V1", "条目": "拒不整改", "方向": "一票否决"} | cells
    return read_items(Table.of(list(row), [list(row.values())]))


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("兑换", ("redemption",)),
        ("不上红榜、暂停兑换", ("redemption", "red_board")),
        ("评星 评优", ("titles",)),
        ("参评资格；兑换", ("participation", "redemption")),
        ("", ()),
    ],
)
def test_a_consequence_is_read_as_villages_write_it(cell: str, kinds: tuple[str, ...]) -> None:
    assert consequences.kinds_of(cell) == kinds


@pytest.mark.parametrize(
    ("cell", "last"),
    [
        ("年底", date(2026, 12, 31)),
        ("当年和次年", date(2027, 12, 31)),
        ("1个月", date(2026, 10, 9)),
        ("12 月", date(2027, 9, 9)),
        ("", None),
        ("解除为止", None),
    ],
)
def test_an_end_is_counted_from_the_day_it_begins(cell: str, last: date | None) -> None:
    assert consequences.last_day(cell, TENTH) == last


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"后果": "罚款"}, "后果"),
        ({"后果": "兑换", "后果期限": "永远"}, "后果期限"),
        ({"后果": "兑换", "后果期限": "0个月"}, "后果期限"),
        ({"后果": "兑换", "后果期限": "61个月"}, "后果期限"),
        ({"后果期限": "年底"}, "后果"),
        ({"方向": "扣分", "分值": "5", "后果": "兑换"}, "后果"),
    ],
)
def test_a_cell_that_says_no_consequence_is_named(cells: dict[str, str], column: str) -> None:
    with pytest.raises(BadRows) as bad:
        read(**cells)

    assert [one.column for one in bad.value.problems] == [column]


def test_a_veto_without_a_consequence_is_warned_of() -> None:
    assert any("没有写后果" in one for one in read().warnings)
    assert read(后果="兑换").warnings == []


def test_a_veto_goes_out_and_comes_back_as_it_was() -> None:
    [item] = read(后果="兑换、红榜", 后果期限="次年年底").items

    again = read_items(scheme_table([item_cells(item)])).items

    assert again == [item]
    assert dict(item.terms) == {"consequence": "兑换、红榜", "consequence_until": "次年年底"}


def test_a_veto_moves_no_points_and_takes_none() -> None:
    [item] = read(后果="兑换").items

    assert points_for(item, None, None) == 0
    with pytest.raises(QuantityWrong):
        points_for(item, 200, None)
    with pytest.raises(ScoreValueInvalid):
        points_for(item, None, 500)
