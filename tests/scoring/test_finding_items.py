"""Items are found as people call them, by the rule by which people are found."""

import pytest

from pointsbank.points import whole
from pointsbank.scoring import Item, find_items, meant_item

ITEMS = [
    Item(code, code, "环境", title, "plus", "fixed", whole(2))
    for code, title in (
        ("HJ01", "门前整洁"),
        ("HJ02", "门前三包"),
        ("HJ10", "清扫村道"),
        ("XZ06", "参与修渠、修路等集体建设投工"),
        ("7", "志愿服务"),
    )
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("HJ01", ["HJ01"]),
        ("ｈｊ０１", ["HJ01"]),
        ("hj", ["HJ01", "HJ02", "HJ10"]),
        ("门前", ["HJ01", "HJ02"]),
        ("mq", ["HJ01", "HJ02"]),
        ("menqianzheng", ["HJ01"]),
        ("xq", ["XZ06"]),
        ("修渠", ["XZ06"]),
        ("7", ["7"]),
        ("zyfw", ["7"]),
        ("门前 三包", ["HJ02"]),
        ("没有这一条", []),
        ("%_", []),
        ("", ["HJ01", "HJ02", "HJ10", "XZ06", "7"]),
    ],
)
def test_the_best_fit_comes_first(typed: str, found: list[str]) -> None:
    assert [one.code for one in find_items(ITEMS, typed)] == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [("hj01", "HJ01"), ("mqz", "HJ01"), ("zj", "HJ01"), ("mqsb", "HJ02"), ("", None), ("hj", None)],
)
def test_one_is_meant_by_its_number_or_where_no_other_fits(typed: str, code: str | None) -> None:
    found = meant_item(ITEMS, typed)

    assert (found.code if found else None) == code


def test_the_very_number_is_meant_beside_longer_ones() -> None:
    longer = [*ITEMS, Item("HJ011", "HJ011", "环境", "门前绿化", "plus", "fixed", whole(1))]

    assert [one.code for one in find_items(longer, "HJ01")] == ["HJ01", "HJ011"]
    assert meant_item(longer, "hj01") == ITEMS[0]
