"""A notice by household: everything about each in one place, under its group, on as few pages as it takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank.disclosure.households import by_household, usual_month
from pointsbank.points import whole
from pointsbank.printing import Fonts
from pointsbank.printing.pages import starts
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.notice.examples import example
from pointsbank.sheets.notice.household_rows import break_up, household_rows
from tests.printing.reading import page_count, squeezed, text_of
from tests.sheets.prints import printed

OCTOBER = 10


def entry(
    position: int = 1, item: str = "清扫", day: int = 3, points: Any = 3, **changes: Any
) -> PublicEntry:
    """An entry of October, of the household with this number."""
    given: dict[str, Any] = {"name": "王*国", "group": "一组", "late": False, "contested": False} | changes
    when = given.pop("occurred_on", date(2026, OCTOBER, day))
    return PublicEntry(
        position=position, item=item, occurred_on=when, points=whole(points), code=f"010{position}", **given
    )


@pytest.mark.parametrize(
    ("entries", "plus", "minus", "total"),
    [
        ([entry()], ["清扫 3日 +3"], [], 3),
        ([entry(day=3), entry(day=10)], ["清扫 3日、10日 各+3"], [], 6),
        ([entry(day=3), entry(day=10, points=2)], ["清扫 3日 +3", "清扫 10日 +2"], [], 5),
        ([entry(day=3), entry(day=10, contested=True)], ["清扫 3日 +3", "清扫 10日 +3（有异议）"], [], 6),
        ([entry(occurred_on=date(2026, 9, 28), late=True)], ["清扫 9月28日 +3（补录）"], [], 3),
        ([entry(), entry(item="乱堆", points=-5)], ["清扫 3日 +3"], ["乱堆 3日 -5"], -2),
        ([entry(points=0)], ["清扫 3日 0"], [], 0),
    ],
)
def test_a_household_is_written_in_as_few_words_as_it_takes(
    entries: list[PublicEntry], plus: list[str], minus: list[str], total: int
) -> None:
    [found] = by_household(entries, OCTOBER)

    assert (found.plus, found.minus, found.total) == (plus, minus, whole(total))


def test_namesakes_are_two_households_and_told_apart_by_their_codes() -> None:
    first, second = by_household([entry(1), entry(2)], OCTOBER)

    assert (first.name, first.code, second.name, second.code) == ("王*国", "0101", "王*国", "0102")


@pytest.mark.parametrize(
    ("months", "usual"), [([], 0), ([10], 10), ([9, 10, 10], 10), ([10, 9], 9), ([12, 1, 12], 12)]
)
def test_the_month_that_is_not_written_is_that_of_most_deeds(months: list[int], usual: int) -> None:
    assert usual_month(entry(occurred_on=date(2026, month, 1)) for month in months) == usual


def test_a_group_s_name_ends_no_page() -> None:
    heads = [False] * 9 + [True] + [False] * 10

    pages = starts([10.0] * 20, first=100, other=150, close=40, heads=heads)

    assert pages == [(0, 9), (9, 20)]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 100])
def test_every_line_stands_on_one_page_and_the_last_page_has_room_for_the_seal(count: int) -> None:
    pages = starts([10.0] * count, first=100, other=150, close=40)

    assert [line for start, end in pages for line in range(start, end)] == list(range(count))
    start, end = pages[-1]
    assert (end - start) * 10 <= (100 if len(pages) == 1 else 150) - 40


def test_words_are_broken_between_what_they_say(fonts: Fonts) -> None:
    parts = [f"参加村内集中清扫 {day}日 +3" for day in range(1, 6)] + ["很长的条目" * 20]
    with fonts.opened(["扣分：；", *parts]) as case:
        lines = break_up(case, parts, 100.0, label="扣分：")
        wide = [case.width(line, 400, 9.0) for line in lines]

    assert "".join(lines).replace("；", "") == "扣分：" + "".join(parts)
    assert max(wide) <= 100 / 25.4 * 72
    assert not [line for line in lines if line.startswith("；") or line.endswith("；")]
    assert lines[0].count("；") == 1


def test_a_household_with_more_than_a_page_of_words_goes_on_in_another_row(fonts: Fonts) -> None:
    entries = tuple(entry(item=f"很长的条目{number:03}号" * 4) for number in range(120))
    with fonts.opened([one.item for one in entries] + ["月日各；+王*国（续）"]) as case:
        rows = household_rows(case, entries, grouped=True)
        words = "".join("".join([*row.plus, *row.minus]) for row in rows.rows)

    assert max(rows.heights) < 100
    assert [number for number in range(120) if words.count(f"条目{number:03}号") != 4] == []
    pdf = printed(replace(example(1), entries=entries), fonts)
    assert squeezed(text_of(pdf)).count("王*国（续）") == len(rows.rows) - 2


def test_each_group_has_a_copy_of_its_own_with_head_lines_and_seal(fonts: Fonts) -> None:
    entries = (entry(1, group="一组", item="甲事"), entry(2, group="二组", item="乙事"))
    pdf = printed(replace(example(1), entries=entries, apart=True, unpublished=2), fonts)

    assert page_count(pdf) == 2
    for page, (group, own, other) in enumerate([("一组", "甲事", "乙事"), ("二组", "乙事", "甲事")], start=1):
        words = squeezed(text_of(pdf, page=page))
        for part in (
            f"公示·{group}",
            own,
            "（盖章）",
            "有异议怎么办",
            "第1页共1页",
            "共1条，全村另有2条不公开",
        ):
            assert part in words
        assert other not in words


def test_one_line_a_household_takes_fewer_pages_than_a_line_an_entry(fonts: Fonts) -> None:
    entries = tuple(
        entry(position, item=item, name=f"户*{position}")
        for position in range(1, 61)
        for item in ("清扫", "助邻", "议事", "护林", "志愿")
    )
    by_household_, by_entry = (
        page_count(printed(replace(example(1), entries=entries, by_entry=chosen), fonts))
        for chosen in (False, True)
    )

    assert by_household_ * 2 <= by_entry
