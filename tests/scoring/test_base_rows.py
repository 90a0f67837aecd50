"""A row of base points in a scheme's table: what it needs, what it may not have, and back into a file."""

from dataclasses import replace
from datetime import date

import pytest

from pointsbank import scoring
from pointsbank.scoring.base_items import given_again, given_on
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.values import Item, Scheme
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows
from tests.scoring.licence import LICENCE, MONTHLY, ONCE


def read(*rows: dict[str, str]) -> list[Item]:
    """The items of these rows."""
    headers = ["编号", *dict.fromkeys(name for row in rows for name in row)]
    cells = [[f"J{place}", *(row.get(name, "") for name in headers[1:])] for place, row in enumerate(rows)]
    return read_items(Table.of(headers, cells)).items


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"方向": "扣分", "分值": "12"}, "方向请填“加分”"),
        ({"分值": ""}, "请填写分值"),
        ({"周期": ""}, "多久给一次"),
        ({"周期": "日"}, "多久给一次"),
        ({"周期": "周"}, "多久给一次"),
        ({"方向": "一票否决"}, "一票否决不能是基础分"),
        ({"点名": "是"}, "只有记分的条目才填"),
        ({"周期": "一次"}, "没有期满"),
        ({"期满": ""}, "扣完的后果"),
        ({"后果": "吃饭"}, "看不懂后果"),
        ({"上限": "5"}, "请留空"),
        ({"单位": "人"}, "请留空"),
        ({"适用": "勤劳的人"}, "主体的类别"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(BadRows, match=said):
        read(LICENCE | changed)


def test_deductions_come_off_one_account() -> None:
    with pytest.raises(BadRows, match="扣分从哪一份里扣分不清"):
        read(LICENCE, LICENCE | {"条目": "又一份", "适用": "户"})

    assert len(read(LICENCE, MONTHLY | {"期满": "清零"}, ONCE)) == 3


def test_what_is_written_for_no_is_as_if_the_cell_were_empty() -> None:
    [item] = read(ONCE | {"可兑换": "否", "期满": "结转", "周期": "自然年"})

    assert (dict(item.terms), item.cap_period) == ({}, "year")


def test_base_points_under_another_number_are_asked_about() -> None:
    once, monthly, licence = read(ONCE, MONTHLY, LICENCE)
    renumbered = [replace(once, code="K1", title="基础分"), replace(licence, code="K2"), monthly]

    assert list(given_again([once, monthly, licence], renumbered)) == [
        "“基础分”的编号从J0变成了K1，当作另一份基础分，会再发一次：还是原来那一份的，请把编号写成J0。",
        (
            "“文明驾照分”的编号从J2变成了K2，当作另一份基础分，要等原来那一份期满以后才发："
            "还是原来那一份的，请把编号写成J2。"
        ),
    ]
    assert not list(given_again([once, monthly], [once, monthly, licence]))


@pytest.mark.parametrize("row", [LICENCE, ONCE, MONTHLY])
def test_a_row_written_out_is_read_back_equal(row: dict[str, str]) -> None:
    [item] = read(row)

    again = read_items(scoring.scheme_table([scoring.item_cells(item)])).items

    assert again == [item]


def test_a_change_holds_from_the_next_period() -> None:
    old, new = read(LICENCE)[0], read(LICENCE | {"分值": "20"})[0]
    versions = tuple(
        Scheme(str(number), number, "adopted", "决议", day, None, None, None)
        for number, day in ((1, date(2026, 1, 1)), (2, date(2026, 7, 1)))
    )
    book = Rulebook(versions, {"1": {old.code: old}, "2": {new.code: new}})

    found = [given_on(book, day)[0].item.points for day in (date(2026, 12, 31), date(2027, 1, 1))]

    assert found == [1200, 2000]


def test_before_there_is_a_scheme_nothing_is_given() -> None:
    assert given_on(Rulebook((), {}), date(2026, 9, 1)) == []
