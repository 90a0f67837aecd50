"""Bars are as long as their numbers, and start where nothing is."""

import pytest

from pointsbank.boards.standing import GroupLine
from pointsbank.points import Points
from pointsbank.web.charts import bars
from pointsbank.web.pages import boards as page


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], []),
        ([0, 0], [(0, 0), (0, 0)]),
        ([50, 100], [(0, 50), (0, 100)]),
        ([-100, 300], [(0, 25), (25, 75)]),
        ([-5], [(0, 100)]),
    ],
    ids=str,
)
def test_bars_are_as_long_as_their_numbers(values: list[int], drawn: list[tuple[float, float]]) -> None:
    assert [(bar.start, bar.length) for bar in bars(values)] == drawn
    assert [bar.is_below for bar in bars(values)] == [value < 0 for value in values]


def test_groups_that_are_nearly_alike_have_bars_that_are_not() -> None:
    lines = [
        GroupLine(str(place), f"{place}组", 50, Points(50 * each), Points(each), place)
        for place, each in enumerate((4120, 4100, 4060, 4000), start=1)
    ]

    drawn = page._group_rows(lines)

    assert page._group_mean(lines) == 4070
    assert [(bar.is_below, round(bar.length)) for _, _, bar, _ in drawn] == [
        (False, 42),
        (False, 25),
        (True, 8),
        (True, 58),
    ]
    assert [number for *_, number in drawn] == ["41.2", "41", "40.6", "40"]
