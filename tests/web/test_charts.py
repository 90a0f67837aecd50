"""Bars are as long as their numbers, and start where nothing is."""

import pytest

from pointsbank.web.charts import bars


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
