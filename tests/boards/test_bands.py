"""Every mark falls in exactly one band."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank import boards, points
from pointsbank.boards.bands import Band, band_for, check_bands
from pointsbank.points import Points

STARS = [
    Band("不挂牌", None),
    Band("一星", points.whole(60)),
    Band("四星", points.whole(90)),
    Band("五星", points.whole(96)),
]


def test_95_5_falls_below_96() -> None:
    assert band_for(points.parse("95.5"), STARS).name == "四星"


def test_and_above_includes_the_number() -> None:
    assert band_for(points.whole(96), STARS).name == "五星"


@given(st.integers(-(10**9), 10**9))
def test_every_mark_has_a_band_whatever_the_order_of_the_table(mark: int) -> None:
    assert band_for(Points(mark), STARS) == band_for(Points(mark), STARS[::-1])


@pytest.mark.parametrize("bands", [STARS[1:], [*STARS, Band("六星", points.whole(96))], []])
def test_a_table_with_a_gap_or_two_equal_starts_is_refused(bands: list[Band]) -> None:
    with pytest.raises(boards.problems.BandsOverlap):
        check_bands(bands)
